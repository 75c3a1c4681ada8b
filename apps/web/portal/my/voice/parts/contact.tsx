import type { ReactNode } from 'react';
import { day } from '../../../../format.ts';
import { usePage } from '../../../../page.tsx';
import type { ContactView } from '../view.ts';

/** What a contact was, in a few words: what happened, of which service. */
export function useContactName(): (of: Pick<ContactView, 'kind' | 'service'>) => string {
  const { t, say } = usePage();
  return ({ kind, service }) => (service ? t(`voice.contact.${kind}`, { service: say(service) }) : t(`voice.contact.${kind}-bare`));
}

/** A contact in a list: rated or not, and until when something can be said of it. */
export function ContactLine({ of }: { readonly of: ContactView }): ReactNode {
  const { t, say, href, locale } = usePage();
  const name = useContactName();
  return (
    <li>
      <a href={href(`/my/rate/${of.id}`)}>{name(of)}</a>
      <span className="kind">{day(of.on, locale)} · {say(of.department)}</span>
      <p>{of.level === undefined ? t('voice.contact.until', { day: day(of.until, locale) }) : t('voice.contact.rated', { level: of.level })}{of.matter === undefined ? null : <> <a href={href(`/my/voice/${of.matter}`)}>{t('voice.contact.follow')}</a></>}</p>
    </li>
  );
}
