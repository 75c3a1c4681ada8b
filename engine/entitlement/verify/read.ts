import { compareDecimal, LOCALES, parseDate, parseDecimal } from '#engine/kernel/index.ts';
import type { CalendarDate, Decimal, FilledCell, FilledRow } from '#engine/kernel/index.ts';
import type { Pack } from '#engine/pack/index.ts';
import type { ItemToVerify, Payers, PayersToVerify, TextToVerify, ValueToVerify } from './item.ts';
import { BASES, LEVELS, verifyWord } from './sheet.ts';

/** What is wrong in a sheet that came back: which cell, and why; its words are `verify.fault.<code>`. */
export interface SheetFault {
  /** The cell, or the first of the row where nothing was written. */
  readonly at: string;
  readonly code: FaultCode;
  readonly data: Readonly<Record<string, string | number>>;
}

export type FaultCode =
  | 'item-unknown' | 'value-missing' | 'value-not-number' | 'value-too-fine' | 'value-negative' | 'value-far-off'
  | 'share-not-number' | 'shares-incomplete' | 'basis-unknown' | 'answer-unknown' | 'text-differs'
  | 'document-missing' | 'date-missing' | 'date-invalid' | 'date-ahead' | 'by-missing' | 'since-invalid' | 'since-taken';

/** The document that somebody read, and who. */
export interface Document {
  readonly title: string;
  readonly on: CalendarDate;
  /** Page or address; undefined where none was given. */
  readonly page: string | undefined;
  readonly by: string;
}

/** What a row says of its item. */
export type Reading =
  | { readonly kind: 'value'; readonly item: ValueToVerify; readonly document: Document; readonly value: Decimal; readonly since: CalendarDate }
  | { readonly kind: 'payers'; readonly item: PayersToVerify; readonly document: Document; readonly shares: readonly Pick<Payers[number], 'level' | 'of' | 'shareBp'>[]; readonly since: CalendarDate }
  | { readonly kind: 'text'; readonly item: TextToVerify; readonly document: Document };

export type ReadRow = { readonly kind: 'read'; readonly reading: Reading } | { readonly kind: 'faulty'; readonly faults: readonly SheetFault[] };

/** What people may write in; a row in which none of it is written was left alone. */
const ENTRIES: ReadonlySet<string> = new Set(['verified', 'sure', 'since', 'document', 'document-date', 'page', 'by', 'of', 'agrees', ...LEVELS]);

export const isTouched = ({ cells }: FilledRow): boolean => [...cells.keys()].some((key) => ENTRIES.has(key));

/** Reads a row that somebody filled in; everything wrong with it at once. Today is the last day that a document may have. */
export function readRow(pack: Pack, items: ReadonlyMap<string, ItemToVerify>, row: FilledRow, today: CalendarDate): ReadRow {
  const reader = new RowReader(pack, row, today);
  const item = items.get(reader.text('id'));
  if (!item) return { kind: 'faulty', faults: [reader.fault('id', 'item-unknown', { id: reader.text('id') })] };
  const reading = reader.reading(item);
  return reader.faults.length > 0 || !reading ? { kind: 'faulty', faults: reader.faults } : { kind: 'read', reading };
}

class RowReader {
  readonly faults: SheetFault[] = [];
  readonly #pack: Pack;
  readonly #cells: ReadonlyMap<string, FilledCell>;
  readonly #today: CalendarDate;

  constructor(pack: Pack, { cells }: FilledRow, today: CalendarDate) {
    this.#pack = pack;
    this.#cells = cells;
    this.#today = today;
  }

  text(key: string): string {
    return this.#cells.get(key)?.text ?? '';
  }

  fault(key: string, code: FaultCode, data: SheetFault['data'] = {}): SheetFault {
    return { at: (this.#cells.get(key) ?? this.#cells.get('id') ?? [...this.#cells.values()][0])?.at ?? '', code, data };
  }

  reading(item: ItemToVerify): Reading | undefined {
    const document = this.#document();
    switch (item.kind) {
      case 'value': {
        const value = this.#value(item);
        const since = this.#since(item.value.from, (day) => item.parameter.values.some((other) => other !== item.value && other.area === item.value.area && (other.from === day || (other.from < item.value.from) !== (other.from < day))));
        return document && value && since ? { kind: 'value', item, document, value, since } : undefined;
      }
      case 'payers': {
        const shares = this.#shares();
        const since = this.#since(firstDay(this.#pack, item), () => false);
        return document && shares && since ? { kind: 'payers', item, document, shares, since } : undefined;
      }
      case 'text': return this.#agrees() && document ? { kind: 'text', item, document } : undefined;
      default: return item satisfies never;
    }
  }

  #fail(key: string, code: FaultCode, data: SheetFault['data'] = {}): undefined {
    this.faults.push(this.fault(key, code, data));
    return undefined;
  }

  #document(): Document | undefined {
    const [title, by] = [this.text('document').replaceAll(/\s+/g, ' '), this.text('by')];
    if (title === '') this.#fail('document', 'document-missing');
    if (by === '') this.#fail('by', 'by-missing');
    const on = this.#day('document-date', 'date-invalid');
    if (this.text('document-date') === '') this.#fail('document-date', 'date-missing');
    if (on && on > this.#today) return this.#fail('document-date', 'date-ahead', { day: on, today: this.#today });
    return title === '' || by === '' || !on ? undefined : { title, by, on, page: this.text('page') || undefined };
  }

  #day(key: string, code: FaultCode): CalendarDate | undefined {
    const text = this.text(key);
    if (text === '') return undefined;
    // However the parts are set apart: 2031-03-01, 2031/3/1, with signs of year and month between.
    const [, year = '', month = '', date = ''] = /^(\d{4})\D+(\d{1,2})\D+(\d{1,2})\D*$/.exec(text) ?? [];
    const day = parseDate(`${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`);
    return day ?? this.#fail(key, code, { text });
  }

  /** From which day the document says so; the day of the item where the row says none. */
  #since(usual: CalendarDate, taken: (day: CalendarDate) => boolean): CalendarDate | undefined {
    if (this.text('since') === '') return usual;
    const day = this.#day('since', 'since-invalid');
    return day && day !== usual && taken(day) ? this.#fail('since', 'since-taken', { day }) : day;
  }

  #value({ parameter, value: { value: present } }: ValueToVerify): Decimal | undefined {
    const text = this.text('verified').replaceAll(/[,\uff0c\s]/g, '');
    if (text === '') return this.#fail('verified', 'value-missing');
    const value = parseDecimal(text);
    if (!value) return this.#fail('verified', 'value-not-number', { text: this.text('verified') });
    const most = finest(this.#pack.units.get(parameter.unit)?.dimension ?? '');
    if (value.scale > most && !/^0*$/.test(text.slice(text.indexOf('.') + 1 + most))) return this.#fail('verified', 'value-too-fine', { text, most });
    if (value.units < 0 && present.units >= 0) return this.#fail('verified', 'value-negative', { text });
    if (this.text('sure') === '' && isFarOff(value, present)) return this.#fail('verified', 'value-far-off', { text });
    return value;
  }

  #shares(): Extract<Reading, { kind: 'payers' }>['shares'] | undefined {
    const of = BASES.find((basis) => LOCALES.some((locale) => verifyWord(locale, `choice.${basis}`) === this.text('of')));
    if (!of) return this.#fail('of', 'basis-unknown', { text: this.text('of') });
    const before = this.faults.length;
    const shares = LEVELS.flatMap((level) => {
      const text = this.text(level).replaceAll(/[%\uff05\s]/g, '');
      if (text === '') return [];
      const percent = parseDecimal(text);
      if (!percent || percent.units < 0 || percent.scale > 2) return this.#fail(level, 'share-not-number', { text }) ?? [];
      const shareBp = percent.units * 10 ** (2 - percent.scale);
      return shareBp === 0 ? [] : [{ level, of, shareBp }];
    });
    if (this.faults.length > before) return undefined;
    const sum = shares.reduce((total, { shareBp }) => total + shareBp, 0);
    return sum === 10_000 ? shares : this.#fail('nation', 'shares-incomplete', { sum: sum / 100 });
  }

  #agrees(): boolean {
    const text = this.text('agrees');
    const said = (['yes', 'no'] as const).find((choice) => LOCALES.some((locale) => verifyWord(locale, `choice.${choice}`) === text));
    if (said === undefined) this.#fail('agrees', 'answer-unknown', { text });
    else if (said === 'no') this.#fail('agrees', 'text-differs');
    return said === 'yes';
  }
}

/** How many decimals a value of a dimension may have: money to the fen, whole people, days, months and years. */
function finest(dimension: string): number {
  if (dimension === 'money') return 2;
  return /^(?:persons|age|duration-.*|years|months|days|things)$/.test(dimension) ? 0 : 6;
}

/** Ten times as much or as little as what stands there: a slip of unit or point, unless somebody says that it is so. */
function isFarOff(value: Decimal, present: Decimal): boolean {
  if (value.units === 0 || present.units === 0) return false;
  const times = (one: Decimal): Decimal => ({ units: one.units * 10, scale: one.scale });
  return compareDecimal(value, times(present)) >= 0 || compareDecimal(times(value), present) <= 0;
}

/** The first day of the payers that are there (those of before keep their days); else of the first standard; else of the plan. */
export function firstDay({ plan }: Pick<Pack, 'plan'>, { service, payers }: PayersToVerify): CalendarDate {
  const days = [...(payers ?? []), ...(payers ? [] : (service.standard ?? []))].map(({ from }) => from).sort();
  return days[0] ?? plan.period.from;
}
