import type { ReactNode } from 'react';
import { Demo, DemoNote } from './demo.tsx';
import type { BeforeAfterLine, EffectLine, GroupLine } from './simulated.ts';
import { useDesk } from './words.ts';
import type { DeskMessage } from './words.ts';

const COUNTS = ['simulate.new', 'simulate.raised', 'simulate.lowered', 'simulate.ended', 'simulate.now-unknown'] as const satisfies readonly DeskMessage[];

/** What a change does: all services in one table, then each by who pays and for whom. */
export function Effects({ lines }: { readonly lines: readonly EffectLine[] }): ReactNode {
  const { t, locale } = useDesk();
  return (
    <>
      <h2>{t('simulate.effects')}</h2>
      <DemoNote share={{ of: lines.length, standards: lines.filter(({ demo }) => demo.standard).length, payers: lines.filter(({ demo }) => demo.payers).length }} money />
      <div className="desk-scroll">
        <table className="desk-plain" id="effects">
          <thead><tr>
            <th scope="col">{t('simulate.service')}</th><th scope="col" className="desk-num">{t('simulate.before')}</th><th scope="col" className="desk-num">{t('simulate.after')}</th>
            {COUNTS.map((id) => <th key={id} scope="col" className="desk-num">{t(id)}</th>)}
            <th scope="col">{t('simulate.cycle')}</th><th scope="col" className="desk-num">{t('simulate.before-money')}</th><th scope="col" className="desk-num">{t('simulate.after-money')}</th><th scope="col" className="desk-num">{t('simulate.difference')}</th>
          </tr></thead>
          <tbody>{lines.map((line) => (
            <tr key={line.service}>
              <th scope="row"><a href={`/services/${line.service}`}>{line.name}</a><Demo is={line.demo.standard} /></th><Shown of={line.before} /><Shown of={line.after} />
              {line.counts.map((count, at) => <Shown key={COUNTS[at]} of={count} />)}
              <td>{line.cycle}</td><Shown of={line.beforeMoney} /><Shown of={line.afterMoney} /><Shown of={line.difference} strong />
            </tr>
          ))}</tbody>
        </table>
      </div>
      {lines.map((line) => <Detail key={line.service} line={line} />)}
      <p className="desk-muted">{t('simulate.notes')}</p>
      <p><a href={`/desk/reforms${locale === 'en' ? '?lang=en' : ''}#how`}>{t('simulate.schedule')}</a></p>
    </>
  );
}

function Detail({ line }: { readonly line: EffectLine }): ReactNode {
  const { t } = useDesk();
  return (
    <section aria-label={line.name}>
      <h2>{line.name}</h2>
      {line.error === null ? null : <p className="desk-muted" data-of="error">{line.error}</p>}
      <div className="desk-pair">
        <table className="desk-plain" data-of="payers">
          <caption>{t('simulate.by-payer')}<Demo is={line.demo.payers} /></caption>
          <thead><tr><th scope="col">{t('simulate.payer')}</th><th scope="col" className="desk-num">{t('simulate.before-money')}</th><th scope="col" className="desk-num">{t('simulate.after-money')}</th><th scope="col" className="desk-num">{t('simulate.difference')}</th></tr></thead>
          <tbody>{line.payers.map(({ key, name, before, after, difference }) => <tr key={key}><th scope="row">{name}</th><Shown of={before} /><Shown of={after} /><Shown of={difference} /></tr>)}</tbody>
        </table>
        <Groups of="counties" caption="simulate.by-county" heading="column.county" lines={line.counties} />
      </div>
      <div className="desk-pair desk-even">
        <Groups of="places" caption="simulate.by-place" heading="simulate.place" lines={line.places} />
        <Groups of="incomes" caption="simulate.by-income" heading="simulate.income" lines={line.incomes} />
        <BeforeAfter of="near" caption="simulate.near" heading="simulate.clause" lines={line.near} />
        <BeforeAfter of="cliffs" caption="simulate.cliffs" heading="simulate.cliff-who" lines={line.cliffs === null ? [] : [line.cliffs]} />
      </div>
    </section>
  );
}

function Groups({ of, caption, heading, lines }: { readonly of: string; readonly caption: DeskMessage; readonly heading: DeskMessage; readonly lines: readonly GroupLine[] }): ReactNode {
  const { t } = useDesk();
  if (lines.length === 0) return null;
  return (
    <table className="desk-plain" data-of={of}>
      <caption>{t(caption)}</caption>
      <thead><tr><th scope="col">{t(heading)}</th>{COUNTS.map((id) => <th key={id} scope="col" className="desk-num">{t(id)}</th>)}<th scope="col" className="desk-num">{t('simulate.difference')}</th></tr></thead>
      <tbody>{lines.map(({ key, name, counts, difference }) => (
        <tr key={key}><th scope="row">{name}</th>
          {counts.map((count, at) => <Shown key={COUNTS[at]} of={count} />)}<Shown of={difference} />
        </tr>
      ))}</tbody>
    </table>
  );
}

function BeforeAfter({ of, caption, heading, lines }: { readonly of: string; readonly caption: DeskMessage; readonly heading: DeskMessage; readonly lines: readonly BeforeAfterLine[] }): ReactNode {
  const { t } = useDesk();
  if (lines.length === 0) return null;
  return (
    <table className="desk-plain" data-of={of}>
      <caption>{t(caption)}</caption>
      <thead><tr><th scope="col">{t(heading)}</th><th scope="col" className="desk-num">{t('simulate.before-count')}</th><th scope="col" className="desk-num">{t('simulate.after-count')}</th></tr></thead>
      <tbody>{lines.map(({ key, says, before, after }) => <tr key={key}><th scope="row">{says}</th><Shown of={before} /><Shown of={after} /></tr>)}</tbody>
    </table>
  );
}

/** A number, or the word for one that is few or would give few away. */
function Shown({ of, strong = false }: { readonly of: number | string | null; readonly strong?: boolean }): ReactNode {
  const { t } = useDesk();
  return of === null ? <td className="desk-num desk-muted">{t('scope.few')}</td> : <td className="desk-num">{strong ? <b>{of}</b> : of}</td>;
}
