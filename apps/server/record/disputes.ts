import { appendEvents, digestOfEvidence, keepEvidence, readStream } from '#adapters/store/index.ts';
import type { ReadEntry, Session } from '#adapters/store/index.ts';
import { caseStream } from '#engine/casework/index.ts';
import type { Json } from '#engine/casework/index.ts';
import type { City } from '#engine/city.ts';
import { DISPUTE_CASE, disputesIn, evidenceName, isEvidence, MOST_EVIDENCE, readEvidence, sameStated } from '#engine/record/index.ts';
import type { Dispute, DisputeRefusal, DisputeStep, EvidenceRefusal, FactName, GivenFile, Person, Stated } from '#engine/record/index.ts';
import { aboutOf } from '#engine/ports.ts';
import { householdKeyOf } from '../household.ts';
import { dueOfTask } from '../time-to-act.ts';
import { catchUp } from './facts.ts';
import { heldNow } from './held-now.ts';
import type { HeldNow } from './held-now.ts';
import type { RecordInput } from './open.ts';

export async function disputesOf({ database, vault }: RecordInput, person: Person): Promise<readonly Dispute[]> {
  return database.read(person, 'my disputes', async (session) => disputesIn(await readStream(session, vault, caseStream(DISPUTE_CASE, aboutOf(person)))));
}

/** Goes one step on with the dispute of a fact, or begins it. */
export async function stepDispute(input: RecordInput, person: Person, name: FactName, step: DisputeStep): Promise<DisputeRefusal | undefined> {
  const done = await input.database.write(person, 'dispute a fact', (session) => inStream(input, session, person, name, (at) => events(input.city(), person, at, name, step)));
  if (done === undefined && step.do === 'send') await catchUp(input, person);
  return done;
}

/** Keeps a file for the dispute of a fact at once, sealed; the same file again is kept once. */
export async function keepEvidenceFor(input: RecordInput, person: Person, name: FactName, { name: given, bytes }: GivenFile): Promise<EvidenceRefusal | DisputeRefusal | undefined> {
  const type = readEvidence(bytes);
  if (!isEvidence(type)) return type;
  const sha256 = digestOfEvidence(bytes);
  const { database, vault } = input;
  return database.write(person, 'keep evidence', (session) => inStream<EvidenceRefusal | DisputeRefusal>(input, session, person, name, ({ draft }) => {
    if (!draft) return 'not-said';
    if (draft.evidence.some((one) => one.sha256 === sha256)) return [];
    if (draft.evidence.length >= MOST_EVIDENCE) return 'too-many';
    return [{ kind: 'dispute-evidence', payload: { dispute: draft.number, name: evidenceName(given), mediaType: type, size: bytes.length, sha256 } }];
  }, (number, about) => keepEvidence(session, vault, { stream: about.stream, number, subjectKey: aboutOf(person), householdKey: about.householdKey, mediaType: type, bytes })));
}

/** What a step starts from. */
interface At {
  /** The dispute of the fact that has not been sent; undefined where there is none. */
  readonly draft: Dispute | undefined;
  /** That of the fact that waits for an answer. */
  readonly waiting: Dispute | undefined;
  readonly entries: readonly ReadEntry[];
}
interface Drafted {
  readonly kind: string;
  readonly payload: Json;
}

/** Reads the stream of a person, and appends what follows from it; `kept` is told the number of the first entry. */
async function inStream<Refusal extends string = DisputeRefusal>({ vault, clock, random, city }: RecordInput, session: Session, person: Person, { fact, no }: FactName, of: (at: At) => readonly Drafted[] | Refusal, kept?: (number: number, about: { readonly stream: string; readonly householdKey: string | null }) => Promise<void>): Promise<Refusal | undefined> {
  const stream = caseStream(DISPUTE_CASE, aboutOf(person));
  const entries = await readStream(session, vault, stream);
  const disputes = disputesIn(entries).filter((one) => one.fact === fact && one.no === no);
  const drafts = of({ entries, draft: disputes.find(({ sent }) => sent === null), waiting: disputes.find(({ sent, answer }) => sent !== null && answer === null) });
  if (typeof drafts === 'string') return drafts;
  const about = { stream, subjectKey: aboutOf(person), householdKey: householdKeyOf(city(), aboutOf(person)) };
  const [first] = await appendEvents(session, vault, drafts.map((one) => ({ ...about, ...one })), { at: clock.now(), actor: person.id, random });
  if (first && kept) await kept(first.sequence, about);
  return undefined;
}

function events(city: City, person: Person, at: At, name: FactName, step: DisputeStep): readonly Drafted[] | DisputeRefusal {
  const held = heldNow(city, person, name);
  if (!held) return 'fact-unknown';
  const { department } = held;
  if (department === undefined) return 'no-department';
  const { draft, waiting } = at;
  if (waiting) return step.do === 'send' ? [] : 'under-way';
  switch (step.do) {
    case 'drop': return draft ? [{ kind: 'dispute-dropped', payload: { dispute: draft.number } }] : [];
    case 'state': return stating(held, at, name, step.value);
    case 'reason': return draft ? (draft.why === step.why ? [] : [{ kind: 'dispute-reasoned', payload: { dispute: draft.number, why: step.why } }]) : 'not-said';
    case 'send': return draft?.value && draft.why !== null ? sending(city, { ...held, department }, at, draft) : 'not-said';
    default: return step satisfies never;
  }
}

function stating(held: HeldNow, { draft, entries }: At, { fact, no }: FactName, value: Stated): readonly Drafted[] | DisputeRefusal {
  if (held.cellOf(value) === undefined) return 'fact-unknown';
  if (sameStated(held.value, value)) return 'same-value';
  if (draft && sameStated(draft.value ?? undefined, value)) return [];
  return [...(draft ? [] : [{ kind: 'dispute-begun', payload: { fact, no } }]), { kind: 'dispute-stated', payload: { dispute: draft?.number ?? entries.length + 1, value } }];
}

/** The task for the department, and that it was sent: a number in the stream is the place in it. */
function sending({ pack, today }: City, { value, department, county }: HeldNow & { readonly department: string }, { entries }: At, { number, fact }: Dispute): readonly Drafted[] {
  const due = dueOfTask(pack, today);
  const limit = { dueOn: due.on, dueCounted: due.counted };
  return [
    { kind: 'task-opened', payload: { taskKind: 'correction', department, area: county, service: null, ...limit, about: { dispute: number, fact } } },
    { kind: 'dispute-sent', payload: { dispute: number, on: today, was: value ?? null, department, task: entries.length + 1, ...limit } },
  ];
}
