import type { ReactNode } from 'react';
import { day } from '../../format.ts';
import { Text, usePage } from '../../page.tsx';
import type { CentreView } from '../place.ts';
import { Tag } from './blocks.tsx';

/** Centres with what is known of each; what nobody entered says so, and who has to enter it by when. */
export function CentreList({ centres, phone }: { readonly centres: readonly CentreView[]; readonly phone: string }): ReactNode {
  const { t, locale } = usePage();
  if (centres.length === 0) return <p>{t('near.none', { phone })}</p>;
  return (
    <>
      {centres.map((centre) => (
        <section className="centre" key={centre.id}>
          <h2><Text of={centre.name} /> {centre.confidence === 'demo' ? <Tag kind="demo" /> : null}</h2>
          <dl>
            <dt>{t('centre.hours')}</dt><dd>{centre.hours === 'unfilled' ? <Tag kind="unfilled" /> : <Text of={centre.hours} />}</dd>
            <dt>{t('centre.address')}</dt><dd>{centre.address === 'unfilled' ? <Tag kind="unfilled" /> : <Text of={centre.address} />}</dd>
            <dt>{t('centre.phone')}</dt><dd>{centre.phone === 'unfilled' ? <><Tag kind="unfilled" /> {t('centre.phone-instead')}<a href={`tel:${phone}`}>{phone}</a></> : <a href={`tel:${centre.phone}`}>{centre.phone}</a>}</dd>
            <dt>{t('centre.owner')}</dt><dd>{centre.owner ? <Text of={centre.owner} /> : <Tag kind="unfilled" />}</dd>
            <dt>{t('centre.review')}</dt><dd>{day(centre.reviewBy, locale)}</dd>
          </dl>
        </section>
      ))}
    </>
  );
}
