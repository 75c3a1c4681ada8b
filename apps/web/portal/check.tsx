import type { ReactNode } from 'react';
import { numeral } from '#engine/rules/index.ts';
import type { Route } from './+types/check.ts';
import { asked } from '../context.ts';
import { day } from '../format.ts';
import { Head, Text, usePage } from '../page.tsx';
import { perOf } from './entitled/parts/line.tsx';
import { Answer, Crumbs, Note, Title } from './parts/blocks.tsx';

/** Whoever checks a paper leaves nothing that others could find. */
export const handle = { own: true };

/** What the code of a paper proves, for anybody who holds the paper. */
export async function loader(args: Route.LoaderArgs) {
  const { city, query } = asked(args);
  const code = (query.get('code') ?? '').slice(0, 40);
  const found = code.trim() === '' ? undefined : await city.proofs?.check(code);
  const service = found && city.pack.services.get(found.proof.service);
  return {
    code, here: city.proofs !== undefined, isOver: found !== undefined && city.today > found.until,
    found: found && {
      ...found.proof, until: found.until, givenOn: found.givenAt.slice(0, 10), service: service ? service.name : { zh: found.proof.service },
    },
  };
}

export default function Check({ loaderData: { code, here, found, isOver } }: Route.ComponentProps): ReactNode {
  const { t, say, locale, view } = usePage();
  return (
    <>
      <Head title={t('check.title')} />
      <Crumbs to={[]} />
      <Title lead={t('check.lead')}>{t('check.title')}</Title>
      {code.trim() === '' ? null : (
        <div role="status">
          {found ? (
            <Answer>
              <h2>{t(isOver ? 'check.over' : 'check.true')}</h2>
              <p>{t(`proofs.paper-${found.verdict}`, { name: found.name, service: say(found.service), day: day(found.lawOn, locale) })}</p>
              <dl className="facts">
                <dt>{t('check.service')}</dt><dd><Text of={found.service} /></dd>
                {found.amountFen === null ? null : <><dt>{t('proofs.amount')}</dt><dd>{t('proofs.yuan', { amount: numeral(found.amountFen, 2) })}{perOf({ per: found.per ?? undefined }, t)}</dd></>}
                <dt>{t('proofs.until')}</dt><dd>{day(found.until, locale)}</dd>
                <dt>{t('proofs.release')}</dt><dd>{found.release.slice(0, 12)}</dd>
              </dl>
              {isOver ? <p>{t('check.over-says')}</p> : <p>{t('check.compare')}</p>}
            </Answer>
          ) : <Note title={t('check.false')}><p>{t('check.false-says')}</p></Note>}
        </div>
      )}
      {here ? (
        <form method="get" className="typed">
          {view.locale === 'zh' ? null : <input type="hidden" name="lang" value={view.locale} />}
          {view.size === 'normal' ? null : <input type="hidden" name="size" value={view.size} />}
          <label htmlFor="code">{t('check.code')}</label>
          <input id="code" name="code" defaultValue={code} autoComplete="off" autoCapitalize="characters" spellCheck={false} required />
          <button type="submit" className="button">{t('check.look')}</button>
        </form>
      ) : <Note title={t('check.not-here')}><p>{t('check.not-here-says')}</p></Note>}
    </>
  );
}
