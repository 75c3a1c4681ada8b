import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { STORED_ARRAY } from '#engine/population/index.ts';
import type { Days, Origins, StoredArray } from '#engine/population/index.ts';
import type { Column } from '#engine/rules/index.ts';
import { isWhole, readArray } from './array-file.ts';
import type { Release } from './release.ts';
import { words } from './store.ts';
import type { SnapshotWriter } from './store.ts';

const ORIGINS = 'origins.json';
const storedDays = z.union([z.int(), STORED_ARRAY]);
/** Where the values of a release come from; it lies as `origins.json` beside the columns. Releases made before there was one have none. */
const storedOrigins = z.strictObject({
  format: z.literal(1),
  feeds: z.array(z.strictObject({ feed: z.string(), department: z.string(), entity: z.string(), observedOn: storedDays, validFrom: storedDays })),
  givers: z.array(z.strictObject({ fact: z.string(), feeds: z.array(z.int().nonnegative()), by: STORED_ARRAY.optional() })),
});
type StoredOrigins = z.infer<typeof storedOrigins>;

function readStored({ folder }: Pick<Release, 'folder'>): StoredOrigins | undefined {
  const path = join(folder, ORIGINS);
  return existsSync(path) ? storedOrigins.parse(JSON.parse(readFileSync(path, 'utf8'))) : undefined;
}

/** The origins of these facts in memory; undefined where the release has none. What nobody asks of is not read. */
export function loadOrigins(release: Pick<Release, 'folder'>, facts: ReadonlySet<string>): Origins | undefined {
  const stored = readStored(release);
  if (!stored) return undefined;
  const wanted = stored.givers.filter(({ fact }) => facts.has(fact));
  const read = new Set(wanted.flatMap(({ feeds }) => feeds));
  const days = (one: z.infer<typeof storedDays>, at: number): Days => (typeof one === 'number' ? one : read.has(at) ? words(readArray(release.folder, one)) : 0);
  return {
    feeds: stored.feeds.map(({ observedOn, validFrom, ...feed }, at) => {
      const observed = days(observedOn, at);
      return { ...feed, observedOn: observed, validFrom: isSame(observedOn, validFrom) ? observed : days(validFrom, at) };
    }),
    givers: new Map(wanted.map(({ fact, feeds, by }) => [fact, { feeds, by: by && bytes(readArray(release.folder, by)) }])),
  };
}

const isSame = (a: z.infer<typeof storedDays>, b: z.infer<typeof storedDays>): boolean => typeof a === 'object' && typeof b === 'object' && a.file === b.file;

function bytes(column: Column): Int8Array {
  if (!(column instanceof Int8Array)) throw new Error('who gave a value is not one byte a row');
  return column;
}

/** The file of a release's origins that is not as it was written; undefined where all are. */
export function damagedOrigin(release: Pick<Release, 'folder'>): string | undefined {
  const stored = readStored(release);
  const arrays = [...(stored?.feeds ?? []).flatMap(({ observedOn, validFrom }) => [observedOn, validFrom]), ...(stored?.givers ?? []).map(({ by }) => by)];
  return arrays.find((array): array is StoredArray => typeof array === 'object' && !isWhole(release.folder, array))?.file;
}

/** Whose days they are. */
interface AboutDays {
  readonly feed: string;
  readonly department: string;
  readonly entity: string;
}

/** Writes the origins of a release that is being made; the days of a feed and the givers of a fact piece by piece. */
export class OriginsWriter {
  readonly #writer: SnapshotWriter;
  readonly #feeds: StoredOrigins['feeds'] = [];
  readonly #givers: StoredOrigins['givers'] = [];
  readonly #places = new Map<string, number>();

  constructor(writer: SnapshotWriter) {
    this.#writer = writer;
  }

  /** Days of one feed; `close` notes them. Days that are all the same are noted as one, and a record that holds from the day on which it was seen has one array for both. */
  feed(about: AboutDays, apart: boolean): { readonly append: (days: { readonly observedOn: Int32Array; readonly validFrom: Int32Array }) => void; readonly close: () => void } {
    const observed = this.#writer.array('int32');
    const valid = apart ? this.#writer.array('int32') : undefined;
    return {
      append: ({ observedOn, validFrom }) => { observed.append(observedOn); valid?.append(validFrom); },
      close: () => {
        const observedOn = this.#days(observed.close());
        this.#note({ ...about, observedOn, validFrom: valid ? this.#days(valid.close()) : observedOn });
      },
    };
  }

  /** A feed all of whose rows were seen on one day. */
  feedOfOneDay(about: AboutDays & { readonly observedOn: number; readonly validFrom: number }): void {
    this.#note(about);
  }

  /** The feeds of a fact, the holder's first; `by` where there are several. */
  givers(fact: string, feeds: readonly string[], by: StoredArray | undefined): void {
    this.#givers.push({ fact, feeds: feeds.map((feed) => this.#places.get(feed) ?? 0), ...(by && { by }) });
  }

  finish(): void {
    this.#writer.note(ORIGINS, `${JSON.stringify({ format: 1, feeds: this.#feeds, givers: this.#givers } satisfies StoredOrigins, undefined, 1)}\n`);
  }

  #note(feed: StoredOrigins['feeds'][number]): void {
    this.#places.set(feed.feed, this.#feeds.length);
    this.#feeds.push(feed);
  }

  #days({ stored, min, max }: ReturnType<ReturnType<SnapshotWriter['array']>['close']>): number | StoredArray {
    if (min === undefined || min !== max) return stored;
    rmSync(this.#writer.beside(stored.file));
    return min;
  }
}
