import { printDecimal, render, say } from '#engine/kernel/index.ts';
import type { Cell, Form, FormColumn, FormSheet, Locale } from '#engine/kernel/index.ts';
import type { Pack } from '#engine/pack/index.ts';
import { ENTITLEMENT_MESSAGES } from '../messages.ts';
import { isUnread } from './item.ts';
import type { ItemToVerify, Payers, PayersToVerify, TextToVerify, ValueToVerify } from './item.ts';

/** The levels of payers in the order of the sheet, and the areas that may pay. */
export const LEVELS = ['nation', 'province', 'city', 'county', 'fund', 'employer', 'person'] as const satisfies readonly Payers[number]['level'][];
export const BASES = ['registered', 'resident', 'insured', 'work'] as const satisfies readonly Payers[number]['of'][];

/** Columns that every sheet begins with, and what people write about the document they read. */
const DOCUMENT = ['document', 'document-date', 'page', 'by'] as const;

/** A word of this list in a language; a sheet that comes back is read in every language. */
export function verifyWord(locale: Locale, key: string, data: Readonly<Record<string, string | number>> = {}): string {
  return render(ENTITLEMENT_MESSAGES[locale], `verify.${key}`, data);
}

/** The list to verify as a workbook: values, payers and rule texts on a sheet each, given cells grey, cells to fill in yellow. */
export function verifyForm(pack: Pack, items: readonly ItemToVerify[], locale: Locale): Form {
  const words = wordsOf(pack, locale);
  const order = [...pack.departments.keys()];
  const place = ({ department }: ItemToVerify): number => (department === undefined ? order.length : order.indexOf(department));
  const sorted = items.toSorted((a, b) => place(a) - place(b));
  const sheets: readonly FormSheet[] = [
    sheetOf('values', [['unit', 8], ['area', 12], ['from', 12], ['value', 12], ['confidence', 12], ['source', 22]], [column('verified', 12), ...DOCUMENT.map((key) => column(key, 18)), column('since', 12), column('sure', 10, ['yes'])], sorted.filter((item) => item.kind === 'value').map((item) => [...words.head(item), ...words.value(item)])),
    sheetOf('payers', [['payers', 34], ['confidence', 12]], [...LEVELS.map((level) => column(level, 9)), column('of', 10, BASES), ...DOCUMENT.map((key) => column(key, 18)), column('since', 12)], sorted.filter((item) => item.kind === 'payers').map((item) => [...words.head(item), ...words.payers(item)])),
    sheetOf('texts', [['text', 60], ['source', 22]], [column('agrees', 10, ['yes', 'no']), ...DOCUMENT.map((key) => column(key, 18))], sorted.filter((item) => item.kind === 'text').map((item) => [...words.head(item), ...words.text(item)])),
  ];
  return { name: 'to-verify', sheets: sheets.filter(({ rows }) => rows.length > 0) };

  function column(key: string, width: number, choices?: readonly string[]): FormColumn {
    return { key, title: verifyWord(locale, `column.${key}`), width, entry: true, ...(choices && { choices: choices.map((choice) => verifyWord(locale, `choice.${choice}`)) }) };
  }

  function sheetOf(key: string, given: readonly (readonly [key: string, width: number])[], entries: readonly FormColumn[], rows: readonly (readonly Cell[])[]): FormSheet {
    const head = [['id', 16], ['department', 18], ['what', 34], ['services', 28], ...given] as const;
    return { key, title: verifyWord(locale, `sheet.${key}`), how: verifyWord(locale, `how.${key}`), columns: [...head.map(([name, width]): FormColumn => ({ key: name, title: verifyWord(locale, `column.${name}`), width, entry: false })), ...entries], rows };
  }
}

interface RowWords {
  head(item: ItemToVerify): readonly Cell[];
  value(item: ValueToVerify): readonly Cell[];
  payers(item: PayersToVerify): readonly Cell[];
  text(item: TextToVerify): readonly Cell[];
}

function wordsOf(pack: Pack, locale: Locale): RowWords {
  const source = (id: string): string => `${pack.sources.get(id)?.title ?? id}`;
  return {
    head: ({ id, department, what, services }) => [id, departmentWords(pack, department, locale), say(what, locale), services.map((one) => serviceName(pack, one, locale)).join(' · ')],
    value: (item) => [unitWords(pack, item, locale), areaName(pack, item.value.area, locale), item.value.from, item.value.value, confidenceWords(item, locale), source(item.value.source)],
    payers: (item) => [payersWords(item.payers, locale), confidenceWords(item, locale)],
    text: ({ text, source: of }) => [text, source(of)],
  };
}

export function departmentWords(pack: Pack, id: string | undefined, locale: Locale): string {
  const department = id === undefined ? undefined : pack.departments.get(id);
  return department ? say(department.name, locale) : verifyWord(locale, 'no-department');
}

export function serviceName(pack: Pack, id: string, locale: Locale): string {
  const service = pack.services.get(id);
  return service ? say(service.name, locale) : id;
}

export function areaName(pack: Pack, id: string, locale: Locale): string {
  const division = pack.divisions.get(id);
  return division ? say(division.name, locale) : id;
}

/** Shares in words: each level with its percentage. */
export function payersWords(payers: readonly Pick<Payers[number], 'level' | 'shareBp'>[] | undefined, locale: Locale): string {
  if (payers === undefined) return verifyWord(locale, 'confidence.unfilled');
  return payers.map(({ level, shareBp }) => `${verifyWord(locale, `column.${level}`)} ${printDecimal({ units: shareBp, scale: 2 }).replace(/\.?0+$/, '')}%`).join(' · ');
}

/** The unit of a value; a bare number has none to say. */
function unitWords(pack: Pack, { parameter }: ValueToVerify, locale: Locale): string {
  const unit = pack.units.get(parameter.unit);
  return unit?.dimension === 'none' ? '' : (unit?.[locale] ?? parameter.unit);
}

/** An item in one line of words: what stands there now. */
export function presentWords(pack: Pack, item: ItemToVerify, locale: Locale): string {
  switch (item.kind) {
    case 'value': return `${printDecimal(item.value.value)} ${unitWords(pack, item, locale)}`.trimEnd();
    case 'payers': return payersWords(item.payers, locale);
    case 'text': return item.text;
    default: return item satisfies never;
  }
}

/** How sure what stands there now is, in a word. */
export function confidenceWords(item: ItemToVerify, locale: Locale): string {
  switch (item.kind) {
    case 'value': return verifyWord(locale, `confidence.${item.value.confidence}`);
    case 'payers': return verifyWord(locale, `confidence.${item.payers === undefined ? 'unfilled' : (item.payers.find(isUnread)?.confidence ?? 'demo')}`);
    case 'text': return verifyWord(locale, `confidence.${item.confidence}`);
    default: return item satisfies never;
  }
}

/** The title of the source that stands for it now; null where nothing does. */
export function sourceOfItem(pack: Pack, item: ItemToVerify): string | null {
  const id = item.kind === 'value' ? item.value.source : item.kind === 'text' ? item.source : item.payers?.[0]?.source;
  return id === undefined ? null : (pack.sources.get(id)?.title ?? id);
}
