import type { ReactNode } from 'react';
import { say } from '#engine/kernel/index.ts';
import { areaName, confidenceWords, departmentWords, presentWords, serviceName, sourceOfItem } from '#engine/entitlement/index.ts';
import type { ItemToVerify } from '#engine/entitlement/index.ts';
import type { Route } from './+types/verify.ts';
import { asked } from '../context.ts';
import { DeskTable, State } from './table.tsx';
import type { DeskColumn, DeskRow } from './table.tsx';
import { deskWords, useDesk } from './words.ts';

interface Row extends DeskRow {
  readonly department: string;
  readonly kind: string;
  readonly what: string;
  readonly present: string;
  readonly area: string | null;
  readonly from: string | null;
  readonly sure: string;
  readonly source: string | null;
  readonly services: readonly string[];
}

/** What one department has still to verify. */
interface Share {
  /** As the address of its sheet names it. */
  readonly id: string;
  readonly name: string;
  readonly values: number;
  readonly payers: number;
  readonly texts: number;
}

/** How the address calls what no department is named for. */
const NOBODY = 'none';

export function loader(args: Route.LoaderArgs) {
  const { city, locale } = asked(args);
  const t = deskWords(locale);
  const { pack } = city;
  const items = city.toVerify();
  const rows = items.map((item): Row => ({
    key: item.id, department: departmentWords(pack, item.department, locale), kind: t(`verify.kind.${item.kind}`), what: say(item.what, locale), present: presentWords(pack, item, locale),
    area: item.kind === 'value' ? areaName(pack, item.value.area, locale) : null, from: item.kind === 'value' ? item.value.from : null,
    sure: confidenceWords(item, locale), source: sourceOfItem(pack, item), services: item.services.map((id) => serviceName(pack, id, locale)),
  }));
  const count = (of: readonly ItemToVerify[], kind: ItemToVerify['kind']): number => of.filter((item) => item.kind === kind).length;
  const shares = [...Map.groupBy(items, (item) => item.department)].map(([id, of]): Share => ({ id: id ?? NOBODY, name: departmentWords(pack, id, locale), values: count(of, 'value'), payers: count(of, 'payers'), texts: count(of, 'text') })).toSorted((a, b) => Number(a.id === NOBODY) - Number(b.id === NOBODY) || b.values + b.payers + b.texts - (a.values + a.payers + a.texts));
  const done = [...pack.history.values()].filter(({ kind }) => kind === 'verified').toReversed().map(({ id, at, by, item = '', before = '', after = '', document }) => ({ id, at, by, item, before, after, document: document === undefined ? '' : (pack.sources.get(document)?.title ?? document) }));
  return { rows, shares, done, demo: items.filter((item) => item.demo).length };
}

export default function Verify({ loaderData: { rows, shares, done, demo } }: Route.ComponentProps): ReactNode {
  const { t, locale } = useDesk();
  const columns: readonly DeskColumn<Row>[] = [
    { key: 'department', title: 'column.department', kind: 'choice', width: 150 },
    { key: 'kind', title: 'column.kind', kind: 'choice' },
    { key: 'what', title: 'column.what', kind: 'text', width: 300 },
    { key: 'present', title: 'column.present', kind: 'text', width: 220, draw: (row) => <span className="desk-lines">{row.present}</span> },
    { key: 'area', title: 'column.area', kind: 'choice', empty: 'none' },
    { key: 'from', title: 'column.from-day', kind: 'text', empty: 'none' },
    { key: 'sure', title: 'column.sure', kind: 'choice', draw: (row) => <State tone="warn">{row.sure}</State> },
    { key: 'services', title: 'column.used-in', kind: 'text', empty: 'none' },
  ];
  return (
    <>
      <title>{t('verify.title')}</title>
      <h1>{t('verify.title')}</h1>
      <p className="desk-lead">{t('verify.lead', { count: rows.length, demo })}</p>
      <h2>{t('verify.departments')}</h2>
      <p className="desk-note">{t('verify.how')} <code>minsheng verify apply</code> {t('verify.how-then')}</p>
      <div className="desk-scroll">
        <table className="desk-plain desk-narrow" id="departments">
          <thead><tr><th scope="col">{t('column.department')}</th><th scope="col" className="desk-num">{t('verify.kind.value')}</th><th scope="col" className="desk-num">{t('verify.kind.payers')}</th><th scope="col" className="desk-num">{t('verify.kind.text')}</th><th scope="col">{t('verify.sheet')}</th></tr></thead>
          <tbody>{shares.map(({ id, name, values, payers, texts }) => (
            <tr key={id}><th scope="row">{name}</th><td className="desk-num">{values}</td><td className="desk-num">{payers}</td><td className="desk-num">{texts}</td><td><a href={`/api/v1/to-verify.xlsx?department=${id}&lang=${locale}`} aria-label={t('verify.download-of', { department: name })}>{t('verify.download')}</a></td></tr>
          ))}</tbody>
        </table>
      </div>
      <h2>{t('verify.items')}</h2>
      <DeskTable rows={rows} columns={columns} set="verify" caption={t('verify.items')} extra={<a href={`/api/v1/to-verify.xlsx?lang=${locale}`}>{t('verify.download-all')}</a>} />
      <h2 id="done">{t('verify.done')}</h2>
      {done.length === 0 ? <p className="desk-lead">{t('verify.none-done')}</p> : (
        <table className="desk-plain desk-wide" aria-labelledby="done">
          <thead><tr><th scope="col">{t('verify.day')}</th><th scope="col">{t('column.what')}</th><th scope="col">{t('verify.before')}</th><th scope="col">{t('verify.after')}</th><th scope="col">{t('verify.document')}</th><th scope="col">{t('verify.by')}</th></tr></thead>
          <tbody>{done.map(({ id, at, by, item, before, after, document }) => <tr key={id}><td className="desk-cite">{at}</td><th scope="row">{item}</th><td>{before}</td><td>{after}</td><td>{document}</td><td>{by}</td></tr>)}</tbody>
        </table>
      )}
    </>
  );
}
