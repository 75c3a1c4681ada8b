import { z } from 'zod';
import { appendEvents, LogConflict, readStream, readTask } from '#adapters/store/index.ts';
import type { Session } from '#adapters/store/index.ts';
import { caseStream, complete } from '#engine/casework/index.ts';
import type { TaskRefusal } from '#engine/casework/index.ts';
import type { City } from '#engine/city.ts';
import type { Entitlements } from '#engine/entitlement/index.ts';
import { parseDate } from '#engine/kernel/index.ts';
import type { CalendarDate } from '#engine/kernel/index.ts';
import { MACHINE } from '#engine/population/index.ts';
import { correctionsOf, DISPUTE_CASE, disputesIn, noticeOfAnswer } from '#engine/record/index.ts';
import type { Dispute, DisputeEvent, ServiceOutcome } from '#engine/record/index.ts';
import { dayText } from '#engine/rules/index.ts';
import { householdKeyOf } from '../household.ts';
import { rowsOf } from './facts.ts';
import type { RecordInput } from './open.ts';

type Changes = Extract<DisputeEvent, { kind: 'dispute-answered' }>['payload']['changes'];

/** A department's answer to a dispute. */
export const ANSWER_ORDER = z.strictObject({
  /** The person's key and the number of the dispute in their stream. */
  person: z.string().min(1), dispute: z.int().positive(),
  as: z.strictObject({ kind: z.literal('staff'), id: z.string().min(1), department: z.string().min(1), areas: z.array(z.string()), roles: z.array(z.string()) }),
  outcome: z.enum(['accepted', 'refused']),
  because: z.string().trim().min(1).max(1_000),
  /** The day from which the accepted value holds; left out: since when the old one is said to. */
  from: z.string().optional(),
});
export type AnswerOrder = z.infer<typeof ANSWER_ORDER>;

/** What came of answering a dispute. */
export type Answered =
  | { readonly kind: 'answered'; readonly changes: Changes }
  /** There is none, it was answered, or it is not a matter of this department and area. */
  | { readonly kind: 'dispute-unknown' }
  | { readonly kind: 'day-wrong' }
  | { readonly kind: 'refused'; readonly refusal: TaskRefusal };

/**
 * Answers a dispute under the rights of the member of staff, who must have the open task about it. What was accepted
 * stands beside the release at once; what was refused is confirmed there. What it changes for the person is decided by
 * the machine, before and after.
 */
export async function answerDispute(input: RecordInput, { person, dispute: number, as, outcome, because, from }: AnswerOrder): Promise<Answered> {
  const { database, vault, city, correcting, clock, random } = input;
  const stream = caseStream(DISPUTE_CASE, person);
  const read = await database.read(as, 'answer a dispute', (session) => waiting(session, input, stream, number));
  if (!read) return { kind: 'dispute-unknown' };
  const { dispute, task } = read;
  const events = complete(task, as, { outcome, reason: because });
  if ('kind' in events) return { kind: 'refused', refusal: events };
  const since = from === undefined ? sinceWhen(city(), person, dispute) : parseDate(from);
  if (since === undefined) return { kind: 'day-wrong' };
  const at = clock.now();
  const answer = { outcome, value: outcome === 'accepted' ? dispute.value : (dispute.sent?.was ?? null), from: since, on: city().today, department: as.department, because };
  const changes = outcome === 'accepted' ? await changesOf(input, person, { ...dispute, answer: { ...answer, changes: [], at } }) : [];
  const about = { stream, subjectKey: person, householdKey: householdKeyOf(city(), person) };
  const appended = await database.write(as, 'answer a dispute', (session) => appendEvents(session, vault, [
    // Whoever answers sees the stream only while the task in it is open: the task is done last.
    { ...about, kind: 'dispute-answered', payload: { dispute: number, ...answer, changes } }, { ...about, kind: 'notice-given', payload: noticeOfAnswer(outcome, dispute.fact) }, ...events.map((event) => ({ ...about, ...event })),
  ], { at, actor: as.id, random })).catch((error: unknown) => { if (error instanceof LogConflict) return undefined; throw error; });
  if (!appended) return { kind: 'dispute-unknown' };
  const rows = rowsOf(city(), person);
  if (rows) correcting.correct(correctionsOf({ ...dispute, answer: { ...answer, changes, at } }, { rows, schema: city().rules.vocabulary.schema }));
  return { kind: 'answered', changes };
}

/** The dispute with this number that waits for an answer, and its task, as far as the session may see them. */
async function waiting(session: Session, { vault }: RecordInput, stream: string, number: number): Promise<{ readonly dispute: Dispute; readonly task: NonNullable<Awaited<ReturnType<typeof readTask>>> } | undefined> {
  const dispute = disputesIn(await readStream(session, vault, stream)).find((one) => one.number === number);
  const task = dispute?.sent && !dispute.answer ? await readTask(session, { stream, number: dispute.sent.task }) : undefined;
  return dispute && task && { dispute, task };
}

/** Since when the value that stands is said to hold; today where nobody said. */
function sinceWhen(city: City, person: string, { fact, no }: Dispute): CalendarDate {
  const entity = city.rules.vocabulary.schema.facts.get(fact)?.entity ?? '';
  const row = rowsOf(city, person)?.get(entity)?.[no ?? 0];
  const from = row === undefined ? undefined : city.standings()?.provenanceOf(fact, row)?.validFrom;
  return (from === undefined ? undefined : parseDate(dayText(from))) ?? city.today;
}

/** What an answer changes for the person: services whose answer or amount differs, before and after. */
async function changesOf({ city, correcting }: RecordInput, person: string, dispute: Dispute): Promise<Changes> {
  const rows = rowsOf(city(), person);
  if (!rows) return [];
  const decided = async (at: City): Promise<ReadonlyMap<string, ServiceOutcome>> => {
    const found = await at.decidePerson(MACHINE, 'decide-again', { key: person, through: 'answer-dispute' });
    return found.kind === 'decided' ? outcomes(found.entitlements) : new Map();
  };
  const before = await decided(city());
  const after = await decided(correcting.imagine(correctionsOf(dispute, { rows, schema: city().rules.vocabulary.schema })));
  return [...after].flatMap(([service, is]) => {
    const was = before.get(service);
    return was && (was.kind !== is.kind || was.amountFen !== is.amountFen) ? [{ service, was, is }] : [];
  });
}

function outcomes({ all }: Entitlements): ReadonlyMap<string, ServiceOutcome> {
  return new Map(all.map(({ service, verdict, amount }) => [service.id, { kind: verdict.kind, amountFen: verdict.kind === 'yes' ? (amount?.minFen ?? null) : null }]));
}

