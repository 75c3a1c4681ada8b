import { restsOn, signedRows, worldAround } from '#engine/population/index.ts';
import type { Reach, Snapshot, Standings } from '#engine/population/index.ts';
import { memoOf, seenFact, traceOf } from '#engine/rules/index.ts';
import type { Program, Provenance, RuleBook } from '#engine/rules/index.ts';
import { entitlementOf, lawOf } from './decide.ts';
import type { Entitlements } from './decide.ts';
import { screened, screenedSnapshot } from './screening.ts';
import { NOTHING_TOLD } from './told.ts';

/** Whose facts one person's answers are read from. */
export interface People {
  /** With the corrections that hold at the moment asked of, if there are any (`withOverlay`). */
  readonly snapshot: Snapshot;
  /** Where the facts come from; traces then say so. */
  readonly standings?: Standings | undefined;
}

/**
 * What somebody of the population is entitled to by the law of a day (yyyymmdd), with the reasons: the same answers as
 * in a run over everybody, for the same facts are read by the same right. What nobody has signed for is missing, and
 * says so. Opening it is for a case or the person; whoever calls answers for that.
 */
export function decideResident(plain: RuleBook, people: People, row: number, lawOn: number): Entitlements {
  const book = screened(plain);
  const rules = book.rulesAt(lawOn);
  const program = programOf(book, lawOn);
  const snapshot = screenedSnapshot(program, people.snapshot);
  const { schema } = snapshot;
  const subject = schema.links.get(snapshot.layout.primary ?? '')?.from ?? 'person';
  const rests = restsOf(program);
  const asked = rules.flatMap((rule) => {
    const at = rule.subject === subject ? row : groupOf(snapshot, subject, rule.subject, row);
    const record = plain.pack.services.get(rule.service);
    return at === undefined || !record ? [] : [{ record, entity: rule.subject, row: at, reaches: rests.get(rule.service) ?? [] }];
  });
  const { situation, places } = worldAround(snapshot, asked, (fact, at) => provenanceOf(people, fact, at));
  const world = { schema, rules, situation };
  const memo = memoOf(world);
  const all = asked.map(({ record }, at) => {
    const place = places[at] ?? 0;
    const verdict = memo.verdict(record.id, place);
    const trace = traceOf({ ...world, lawOn, lawOf: lawOf(plain) }, record.id, place);
    return entitlementOf(plain, record, { verdict, trace, amounts: verdict.kind === 'yes' && verdict.amountFen !== undefined ? [verdict.amountFen] : [], told: NOTHING_TOLD, lawOn });
  });
  const decided = new Set(all.map(({ service }) => service.id));
  return { lawOn, all, beyond: rules.flatMap(({ service }) => (decided.has(service) ? [] : (plain.pack.services.get(service) ?? []))) };
}

function provenanceOf({ snapshot, standings }: People, id: string, row: number): Provenance | undefined {
  const { fact, signed } = seenFact(id);
  if (signed !== undefined && signedRows(snapshot, signed, snapshot.schema.facts.get(fact)?.entity ?? '')[row] !== 1) return { withheld: true };
  const from = standings?.provenanceOf(fact, row);
  return from && { source: from.feed, holder: from.department, observedOn: from.observedOn, validFrom: from.validFrom };
}

/** The group of a kind that a row is in; undefined where it is in none. */
function groupOf(snapshot: Snapshot, subject: string, entity: string, row: number): number | undefined {
  const link = [...snapshot.schema.links.values()].find(({ kind, from, to }) => kind === 'grouping' && from === subject && to === entity);
  if (!link) return undefined;
  const { rows } = worldAround(snapshot, [{ entity: subject, row, reaches: [{ path: [{ link: link.id, way: 'group' }], fact: '' }] }]);
  return rows.get(entity)?.[0];
}

const programs = new WeakMap<RuleBook, Map<number, Program>>();
const reaches = new WeakMap<Program, ReadonlyMap<string, readonly Reach[]>>();

/** The program of a day, kept: a screened book builds one each time. */
function programOf(book: RuleBook, lawOn: number): Program {
  const kept = programs.get(book) ?? new Map<number, Program>();
  programs.set(book, kept);
  const found = kept.get(lawOn) ?? book.programAt(lawOn);
  kept.set(lawOn, found);
  return found;
}

function restsOf(program: Program): ReadonlyMap<string, readonly Reach[]> {
  const found = reaches.get(program) ?? restsOn(program);
  reaches.set(program, found);
  return found;
}
