import type { ReactNode } from 'react';
import { Text, usePage } from '../../page.tsx';
import type { PersonaView } from '../shape.ts';
import { Tag } from './blocks.tsx';

/** The residents of the demonstration, each with the button that signs in as them. */
export function PersonaList({ personas, to = '', again = false }: { readonly personas: readonly PersonaView[]; readonly to?: string; readonly again?: boolean }): ReactNode {
  const { t, say } = usePage();
  if (personas.length === 0) return <p>{t('personas.none')}</p>;
  return (
    <section aria-labelledby="personas">
      <h2 id="personas">{t('personas.title')} <Tag kind="demo" /></h2>
      <p className="muted">{t('personas.says')}</p>
      <ul className="personas">
        {personas.map(({ id, name, life, helper }) => (
          <li key={id}>
            <form method="post" action="/sign-in">
              <input type="hidden" name="as" value={id} />
              <input type="hidden" name="to" value={to} />
              {again ? <input type="hidden" name="again" value="1" /> : null}
              <button type="submit" aria-describedby={`life-${id}`}><span className="away">{t('personas.as')}</span><b>{say(name)}</b></button>
            </form>
            <p id={`life-${id}`}><Text of={life} />{helper ? <> <span className="muted">{t('personas.helped')}</span></> : null}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
