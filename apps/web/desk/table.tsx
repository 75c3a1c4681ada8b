import { useState } from 'react';
import type { ReactNode } from 'react';
import { useDesk } from './words.ts';
import type { DeskMessage, DeskWords } from './words.ts';

/** A row of a desk table: texts and numbers by column, and the key that names it. */
export interface DeskRow {
  readonly key: string;
  readonly [column: string]: string | number | null | readonly string[];
}

/** How a column is titled, sorted, filtered and drawn. */
export interface DeskColumn<Row extends DeskRow> {
  readonly key: string & keyof Row;
  readonly title: DeskMessage;
  /** A number is set to the right and sorts by size, with what is missing last; a choice has a filter with its values. */
  readonly kind: 'text' | 'number' | 'choice';
  readonly width?: number;
  readonly draw?: (row: Row) => ReactNode;
  /** What is said where the cell is empty; 未填 unless the plan should have printed it. */
  readonly empty?: DeskMessage;
  /** What the cell sorts by, where that is not what it shows. */
  readonly order?: (row: Row) => string | number | null;
}

/** By which column the rows stand, and whether from the large end. */
interface Order {
  readonly key: string;
  readonly descending: boolean;
}

/**
 * A table that sorts, filters by words and by choices, and exports the whole data set behind it.
 *
 * Our own rather than a library's: it is a plain table before scripts arrive, every control is a button or a select
 * that a keyboard reaches, and it needs no style that the content security policy would refuse.
 */
export function DeskTable<Row extends DeskRow>({ rows, columns, set, caption, extra }: { readonly rows: readonly Row[]; readonly columns: readonly DeskColumn<Row>[]; readonly set: string; readonly caption: string; readonly extra?: ReactNode }): ReactNode {
  const { t, locale } = useDesk();
  const [words, setWords] = useState('');
  const [chosen, setChosen] = useState<Readonly<Record<string, string>>>({});
  const [order, setOrder] = useState<Order>();
  const kept = rows.filter((row) => holds(row, words) && columns.every(({ key }) => chosen[key] === undefined || chosen[key] === valueOf(row, key)));
  const sorted = order === undefined ? kept : sortRows(kept, columns, order, locale);
  const toggle = (key: string): void => setOrder(order?.key !== key ? { key, descending: false } : order.descending ? undefined : { key, descending: true });
  const choose = (key: string, value: string | undefined): void => setChosen(Object.fromEntries(Object.entries({ ...chosen, [key]: value }).filter((pair): pair is [string, string] => pair[1] !== undefined)));
  return (
    <>
      <div className="desk-tools">
        <label>{t('filter')}<input type="search" value={words} placeholder={t('filter.hint')} onChange={(event) => setWords(event.target.value)} /></label>
        <output className="desk-muted">{t('filter.count', { shown: kept.length, total: rows.length })}</output>
        {kept.length === rows.length ? null : <button type="button" className="desk-plain-button" onClick={() => { setWords(''); setChosen({}); }}>{t('filter.clear')}</button>}
        <span className="desk-push">
          {extra}
          <a href={`/api/v1/data/${set}.csv?lang=${locale}`} title={t('export.whole')}>{t('export.csv')}</a>
          <a href={`/api/v1/data/${set}.xlsx?lang=${locale}`} title={t('export.whole')}>{t('export.xlsx')}</a>
        </span>
      </div>
      <table className="desk-table">
        <caption className="desk-hidden">{caption}</caption>
        <thead><tr>{columns.map((column) => <Heading key={column.key} column={column} rows={rows} order={order} chosen={chosen[column.key]} onSort={toggle} onChoose={choose} t={t} />)}</tr></thead>
        <tbody>{sorted.map((row) => <tr key={row.key}>{columns.map((column) => <td key={column.key} className={column.kind === 'number' ? 'desk-num' : undefined}><Cell row={row} column={column} t={t} /></td>)}</tr>)}</tbody>
      </table>
      {kept.length === 0 ? <p className="desk-lead">{t('filter.none')}</p> : null}
    </>
  );
}

function Heading<Row extends DeskRow>({ column: { key, title, kind, width, empty = 'empty' }, rows, order, chosen, onSort, onChoose, t }: { readonly column: DeskColumn<Row>; readonly rows: readonly Row[]; readonly order: Order | undefined; readonly chosen: string | undefined; readonly onSort: (key: string) => void; readonly onChoose: (key: string, value: string | undefined) => void; readonly t: DeskWords }): ReactNode {
  const sorted = order?.key === key ? (order.descending ? 'descending' : 'ascending') : 'none';
  return (
    <th scope="col" aria-sort={sorted} className={kind === 'number' ? 'desk-num' : undefined} style={width === undefined ? undefined : { width }}>
      <button type="button" onClick={() => onSort(key)} title={t('sort')}>{t(title)}<span aria-hidden="true"> {{ none: '↕', ascending: '↑', descending: '↓' }[sorted]}</span></button>
      {kind === 'choice' ? (
        <select aria-label={t('filter.by', { column: t(title) })} value={chosen ?? ALL} onChange={(event) => onChoose(key, event.target.value === ALL ? undefined : event.target.value)}>
          <option value={ALL}>{t('filter.all')}</option>
          {choicesOf(rows, key).map((value) => <option key={value} value={value}>{value === '' ? t(empty) : value}</option>)}
        </select>
      ) : null}
    </th>
  );
}

/** No cell says this. */
const ALL = '*';

function Cell<Row extends DeskRow>({ row, column: { key, draw, empty = 'empty' }, t }: { readonly row: Row; readonly column: DeskColumn<Row>; readonly t: DeskWords }): ReactNode {
  const value = row[key];
  if (value === null || value === undefined || value === '') return <span className="desk-muted">{t(empty)}</span>;
  return draw ? draw(row) : typeof value === 'object' ? value.join(' · ') : value;
}

function valueOf(row: DeskRow, key: string): string {
  const value = row[key];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : (value ?? []).join(' ');
}

function holds(row: DeskRow, words: string): boolean {
  return words.trim().toLowerCase().split(/\s+/).every((word) => Object.keys(row).some((key) => valueOf(row, key).toLowerCase().includes(word)));
}

function choicesOf(rows: readonly DeskRow[], key: string): readonly string[] {
  return [...new Set(rows.map((row) => valueOf(row, key)))].sort((a, b) => a.localeCompare(b, 'zh-CN'));
}

/** What is missing comes last in both directions. */
function sortRows<Row extends DeskRow>(rows: readonly Row[], columns: readonly DeskColumn<Row>[], { key, descending }: Order, locale: string): readonly Row[] {
  const by = columns.find((column) => column.key === key)?.order;
  const value = (row: Row): string | number | null => {
    const found = by ? by(row) : row[key];
    return found === undefined || found === '' ? null : typeof found === 'object' && found !== null ? found.join(' ') : found;
  };
  const compare = (a: string | number, b: string | number): number => (typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b), locale === 'zh' ? 'zh-CN' : 'en', { numeric: true }));
  return [...rows].sort((one, two) => {
    const [a, b] = [value(one), value(two)];
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    return compare(a, b) * (descending ? -1 : 1);
  });
}

/** A state in a word, a shape and a colour, never in colour alone. */
export function State({ tone, children }: { readonly tone: 'ok' | 'warn' | 'stop' | 'quiet'; readonly children: ReactNode }): ReactNode {
  const shape = { ok: '●', warn: '◆', stop: '▼', quiet: '○' }[tone];
  return <span className={`desk-state ${tone}`}><span aria-hidden="true">{shape} </span>{children}</span>;
}
