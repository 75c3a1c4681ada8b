import type { LogRecord } from './log.ts';

/**
 * How the things of a kind (tasks, notices) follow from the entries of a stream. Each is opened by one entry, whose
 * sequence is its number in the stream, and changed by later entries that name this number.
 */
export interface Folding<Item> {
  /** The number of the thing that an entry opens or changes; undefined where it concerns none, or was erased. */
  readonly concerns: (record: LogRecord) => number | undefined;
  /** The thing after the entry; undefined where there is none: its opening was erased. */
  readonly step: (item: Item | undefined, record: LogRecord) => Item | undefined;
}

/** The things of a stream by number, as they stand after these entries from its beginning. */
export function fold<Item>({ concerns, step }: Folding<Item>, records: Iterable<LogRecord>): ReadonlyMap<number, Item> {
  const items = new Map<number, Item>();
  for (const record of records) {
    const number = concerns(record);
    const next = number === undefined ? undefined : step(items.get(number), record);
    if (number !== undefined && next !== undefined) items.set(number, next);
  }
  return items;
}
