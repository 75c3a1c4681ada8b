import { digestOfEvidence, keepEvidence } from '#adapters/store/index.ts';
import { aboutOf } from '#engine/ports.ts';
import { evidenceName, isEvidence, MOST_EVIDENCE, readEvidence } from '#engine/record/index.ts';
import type { EvidenceRefusal, GivenFile, Person } from '#engine/record/index.ts';
import { stageOf } from '#engine/remedy/index.ts';
import type { RemedyRefusal } from '#engine/remedy/index.ts';
import type { RemedyInput } from './open.ts';
import { inOwnStream } from './own.ts';

/** Keeps a paper for a draft, or for what the organ asked for, at once and sealed; the same paper again is kept once. */
export async function keepPaper(input: RemedyInput, person: Person, number: number, { name, bytes }: GivenFile): Promise<EvidenceRefusal | RemedyRefusal | undefined> {
  const type = readEvidence(bytes);
  if (!isEvidence(type)) return type;
  const sha256 = digestOfEvidence(bytes);
  const { database, vault, city } = input;
  return database.write(person, 'keep a paper', (session) => inOwnStream<EvidenceRefusal | RemedyRefusal>(input, session, person, ({ own }) => {
    const one = own.find((each) => each.number === number);
    if (!one) return 'application-unknown';
    const stage = stageOf(one, city().today);
    if (stage !== 'draft' && stage !== 'to-complete') return 'not-asked';
    if (one.evidence.some((each) => each.sha256 === sha256)) return [];
    if (one.evidence.length >= MOST_EVIDENCE) return 'too-many';
    return [{ kind: 'reconsideration-evidence', payload: { reconsideration: number, name: evidenceName(name), mediaType: type, size: bytes.length, sha256 } }];
  }, (at) => keepEvidence(session, vault, { ...at, subjectKey: aboutOf(person), mediaType: type, bytes })));
}
