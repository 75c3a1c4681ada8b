import { printDecimal } from '#engine/kernel/index.ts';
import type { CalendarDate, FilledRow } from '#engine/kernel/index.ts';
import { definitionsIn, serviceIn, setKey } from '#engine/pack/index.ts';
import type { Pack, PackFiles } from '#engine/pack/index.ts';
import { Draft, layPayers, settleValue, withHistory, withSource } from '../edit/index.ts';
import type { NewEntry } from '../edit/index.ts';
import type { ItemToVerify } from './item.ts';
import { isNoDocument } from './item.ts';
import { isTouched, readRow } from './read.ts';
import type { Reading, SheetFault } from './read.ts';
import { payersWords } from './sheet.ts';

/** What a sheet that came back comes to. */
export interface Verification {
  /** The pack with every good row in it; the same bytes where nothing was confirmed. */
  readonly files: PackFiles;
  /** The ids of the items that are now confirmed, in the order of the rows. */
  readonly confirmed: readonly string[];
  readonly faults: readonly SheetFault[];
}

const SOURCES = 'sources.yaml';

/**
 * The pack after the rows of a list to verify that somebody filled in.
 *
 * A value, the payers or the law of a text stand as the document says, with the document as a new source, and the
 * history tells what stood there before, who confirmed it and when. Rows that nobody wrote in are left alone; a row
 * with a fault changes nothing, and each of its faults is told. An item named twice is confirmed by its first row.
 */
export function verifyRows(pack: Pack, files: PackFiles, items: readonly ItemToVerify[], rows: readonly FilledRow[], today: CalendarDate): Verification {
  const left = new Map(items.map((item) => [item.id, item]));
  const editor = new Editor(pack, files);
  const confirmed: string[] = [];
  const faults: SheetFault[] = [];
  for (const row of rows.filter(isTouched)) {
    const read = readRow(pack, left, row, today);
    if (read.kind === 'faulty') faults.push(...read.faults);
    else {
      editor.apply(read.reading, today);
      confirmed.push(read.reading.item.id);
      left.delete(read.reading.item.id);
    }
  }
  return { files: editor.files(), confirmed, faults };
}

class Editor {
  readonly #pack: Pack;
  readonly #draft: Draft;
  readonly #entries: NewEntry[] = [];

  constructor(pack: Pack, files: PackFiles) {
    this.#pack = pack;
    this.#draft = new Draft(files);
  }

  files(): PackFiles {
    if (this.#entries.length > 0) this.#draft.edit('history.yaml', (text) => withHistory(text, this.#pack.history.keys(), this.#entries).text);
    return this.#draft.files();
  }

  apply(reading: Reading, at: CalendarDate): void {
    const { document, item } = reading;
    const source = withSource(this.#draft.text(SOURCES), 'V', { kind: 'official-doc', title: document.title, date: document.on, seen: document.page });
    this.#draft.set(SOURCES, source.text);
    const [before, after] = this.#change(reading, source.id);
    this.#entries.push({ kind: 'verified', at, by: document.by, item: item.id, before, after, document: source.id, page: document.page });
  }

  /** Changes the files, and says what stood there and what stands there now. */
  #change(reading: Reading, source: string): readonly [before: string, after: string] {
    const sure = { source, confidence: 'verified' } as const;
    switch (reading.kind) {
      case 'value': {
        const { item: { parameter, value }, since } = reading;
        this.#draft.edit(parameter.place.file, (text, file) => settleValue(text, file, value.area, value.from, { value: reading.value, from: since, ...sure }));
        return [`${printDecimal(value.value)} (${value.from}, ${value.source}, ${value.confidence})`, `${printDecimal(reading.value)} (${since}, ${source}, verified)`];
      }
      case 'payers': {
        const { item: { service, payers }, shares, since } = reading;
        this.#draft.edit(service.place.file, (text, file) => layPayers(text, file, { from: since, shares, ...sure }));
        return [payersWords(payers, 'zh'), payersWords(shares, 'zh')];
      }
      case 'text': {
        this.#confirmText(reading.item, source);
        return [reading.item.source, source];
      }
      default: return reading satisfies never;
    }
  }

  /** The law of a rule text: of a clause in every standard that has it, for the others where the record stands. */
  #confirmText({ of, service, name }: Extract<Reading, { kind: 'text' }>['item'], source: string): void {
    switch (of) {
      case 'clause': {
        this.#draft.edit(this.#pack.services.get(service)?.place.file ?? '', (text, file) => (serviceIn(file, text).standard ?? []).reduce((next, { conditions }, at) => conditions.reduce((inner, { id, law }, place) => (
          id === name && isNoDocument(this.#pack, law) ? setKey(inner, ['standard', at, 'conditions', place], 'law', source) : inner), next), text));
        break;
      }
      case 'definition': this.#draft.edit('definitions.yaml', (text) => setKey(text, [definitionsIn(text).findIndex((one) => one.name === name)], 'law', source)); break;
      case 'scope': this.#draft.edit('scopes.yaml', (text) => setKey(text, [name], 'law', source)); break;
      case 'table': this.#draft.edit(this.#pack.tables.get(name)?.place.file ?? '', (text) => setKey(text, [], 'law', source)); break;
      case 'precedence': this.#draft.edit(this.#pack.precedence.get(name)?.place.file ?? '', (text) => setKey(text, [], 'law', source)); break;
      default: of satisfies never;
    }
  }
}
