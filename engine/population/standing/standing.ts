import { LANE, seenFact } from '#engine/rules/index.ts';
import { counts, openDisputes, overlaid } from '../overlay/index.ts';
import type { Correction, Look } from '../overlay/index.ts';
import type { Snapshot } from '../snapshot/index.ts';
import { firstFreshDay } from './duty.ts';
import type { Duty } from './duty.ts';
import { CONFLICT, dayIn, inConflict, provenanceOf } from './origin.ts';
import type { CellOrigin, Origins } from './origin.ts';
import { walkerOf } from './reach.ts';
import type { Reach } from './reach.ts';

/**
 * How far a value may be relied on by a machine that decides alone.
 *
 * **Authoritative**: from the record of whoever holds it, and undisputed. **Fresh**: seen there no longer ago than its
 * record is renewed. Both together are `good`.
 */
export type Standing =
  | { readonly kind: 'good' }
  /** Nobody told the value, or its holder does not know it. */
  | { readonly kind: 'missing' }
  | { readonly kind: 'stale'; readonly observedOn: number; readonly limitDays: number }
  /** From another department than the holder; `from` undefined where nobody noted who told it, `holder` where the pack names none. */
  | { readonly kind: 'not-authoritative'; readonly from: string | undefined; readonly holder: string | undefined }
  /** Told by the resident, and by nobody else yet. */
  | { readonly kind: 'self-declared' }
  /** Two feeds told different values. */
  | { readonly kind: 'conflict' }
  /** Somebody says that the value is wrong; it stands until its holder has answered. */
  | { readonly kind: 'disputed' };

/** From the best to the worst; the codes of `worst`. What is missing spoils no yes and no no, for learning it changes neither. */
export const STANDINGS = ['good', 'missing', 'stale', 'not-authoritative', 'self-declared', 'conflict', 'disputed'] as const satisfies readonly Standing['kind'][];
export const STANDING = Object.fromEntries(STANDINGS.map((kind, code) => [kind, code])) as Readonly<Record<Standing['kind'], number>>;

/** What standings are found from. */
export interface StandingInput {
  /** The values as they are in the release; of what is corrected the correction counts. */
  readonly snapshot: Pick<Snapshot, 'columns' | 'layout' | 'links'>;
  readonly origins: Origins;
  readonly duties: ReadonlyMap<string, Duty>;
  readonly corrections?: readonly Correction[] | undefined;
  readonly look: Look;
}

/** How the values of a release stand at one look. A fact that is seen by signature stands as the fact does. */
export interface Standings {
  /** Where a value comes from, corrections included. */
  provenanceOf(fact: string, row: number): CellOrigin | undefined;
  /** `onDay` as yyyymmdd: the day on which somebody would act. */
  standingOf(fact: string, row: number, onDay: number): Standing;
  /**
   * For each row of a subject the code in `STANDINGS` of the worst value that is reached. A run acts alone on a yes or a
   * no where it is `missing` or better.
   */
  worst(reaches: readonly Reach[], rows: ArrayLike<number>, onDay: number): Uint8Array;
}

export function standingsOf({ snapshot, origins, duties, corrections = [], look }: StandingInput): Standings {
  const cells = overlaid(corrections, look);
  const disputes = openDisputes(corrections, look);
  /** The correction that stands in a row. */
  const corrected = (fact: string, row: number): Correction | undefined => {
    const one = cells.get(fact)?.get(row);
    return one && counts(one, isUnknown(snapshot, fact, row)) ? one : undefined;
  };
  const provenance = (fact: string, row: number): CellOrigin | undefined => {
    const one = corrected(fact, row);
    return one ? { feed: one.source, department: one.by, observedOn: one.observedOn, validFrom: one.validFrom } : provenanceOf(origins, fact, row);
  };
  const standing = (fact: string, row: number, onDay: number): Standing => {
    if (disputes.get(fact)?.has(row) === true) return { kind: 'disputed' };
    const one = corrected(fact, row);
    if (one ? one.value === unknownOf(snapshot, fact) : isUnknown(snapshot, fact, row)) return { kind: 'missing' };
    if (one?.source === 'self-declared') return { kind: 'self-declared' };
    if (!one && inConflict(origins, fact, row)) return { kind: 'conflict' };
    const duty = duties.get(fact);
    const { holder, limitDays } = duty ?? { holder: undefined, limitDays: undefined };
    const from = provenance(fact, row);
    if (!from || from.department !== holder) return { kind: 'not-authoritative', from: from?.department, holder };
    if (limitDays !== undefined && from.observedOn < firstFreshDay(duty, onDay)) return { kind: 'stale', observedOn: from.observedOn, limitDays };
    return { kind: 'good' };
  };
  return {
    provenanceOf: (id, row) => provenance(seenFact(id).fact, row),
    standingOf: (id, row, onDay) => standing(seenFact(id).fact, row, onDay),
    worst: (reaches, rows, onDay) => {
      const codes = new Uint8Array(rows.length);
      for (const { path, fact: id } of reaches) {
        const { fact } = seenFact(id);
        const plain = codeOf(snapshot, origins, fact, duties.get(fact), onDay);
        const [told, disputed] = [cells.get(fact), disputes.get(fact)];
        // What no correction touches is read straight from its columns.
        const code = told || disputed ? (row: number): number => (told?.has(row) === true || disputed?.has(row) === true ? STANDING[standing(fact, row, onDay).kind] : plain(row)) : plain;
        const walk = walkerOf(snapshot.links, path);
        let worst = 0;
        const each = (row: number): void => { const one = code(row); if (one > worst) worst = one; };
        for (let at = 0; at < rows.length; at++) {
          worst = codes[at] ?? 0;
          walk(rows[at] ?? 0, each);
          codes[at] = worst;
        }
      }
      return codes;
    },
  };
}

/** The mark of what is not known in the column of a fact. */
function unknownOf({ layout }: Pick<Snapshot, 'layout'>, fact: string): number | undefined {
  const lane = layout.columns.get(fact)?.lane;
  return lane && LANE[lane].unknown;
}

function isUnknown(snapshot: Pick<Snapshot, 'columns' | 'layout'>, fact: string, row: number): boolean {
  const unknown = unknownOf(snapshot, fact);
  return unknown === undefined || (snapshot.columns.get(fact)?.[row] ?? unknown) === unknown;
}

/** The standing of the values of one fact as a function of the row, without making an object of each. */
function codeOf(snapshot: Pick<Snapshot, 'columns' | 'layout'>, { feeds, givers }: Origins, fact: string, duty: Duty | undefined, onDay: number): (row: number) => number {
  const [column, unknown] = [snapshot.columns.get(fact), unknownOf(snapshot, fact)];
  if (!column || unknown === undefined) return () => STANDING.missing;
  const given = givers.get(fact);
  const told = (given?.feeds ?? []).map((feed) => {
    const days = feeds[feed];
    return { days: days?.observedOn ?? 0, isHolder: days !== undefined && days.department === duty?.holder };
  });
  const fresh = firstFreshDay(duty, onDay);
  return (row) => {
    if ((column[row] ?? unknown) === unknown) return STANDING.missing;
    const by = given?.by ? (given.by[row] ?? -1) : 0;
    if (by >= CONFLICT) return STANDING.conflict;
    const one = told[by];
    const day = one ? dayIn(one.days, row) : 0;
    if (!one || day === 0 || !one.isHolder) return STANDING['not-authoritative'];
    return day < fresh ? STANDING.stale : STANDING.good;
  };
}
