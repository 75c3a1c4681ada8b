import { evidenceAt, readStream, readTask } from '#adapters/store/index.ts';
import type { Staff } from '#engine/permission/index.ts';
import { purposeOfTask } from '#engine/permission/index.ts';
import { RECONSIDERATION_CASE, reconsiderationsIn } from '#engine/remedy/index.ts';
import type { FileAsked, FileRead, KeptPaper, TaskPlaceName } from '#engine/remedy/index.ts';
import { isProven } from '../proven.ts';
import type { RemedyInput } from './open.ts';

/** The application that an open task is about. Whoever reads it has proved lately who they are, and the applicant sees that they did. */
export async function readApplication({ database, vault, clock, log }: RemedyInput, who: Staff, key: TaskPlaceName, { provenAt, through }: FileAsked): Promise<FileRead | undefined> {
  if (!key.stream.startsWith(`case/${RECONSIDERATION_CASE}/`)) return undefined;
  const found = await database.read(who, 'read an application', async (session) => {
    const [task, entries] = [await readTask(session, key), await readStream(session, vault, key.stream)];
    const opening = entries.find(({ sequence }) => sequence === key.number)?.payload;
    const number = aboutNumber(opening);
    const application = reconsiderationsIn(entries).find((one) => one.number === number);
    return task && task.state.kind !== 'done' && application ? { task, application } : undefined;
  });
  if (!found) return undefined;
  if (!isProven(clock, provenAt)) return { kind: 'prove-again' };
  const { task, application } = found;
  await log.write([{ actor: who.id, department: who.department, purpose: purposeOfTask(task.kind), through, about: { kind: 'subject', subjectKey: application.subjectKey, householdKey: task.householdKey }, columns: [RECONSIDERATION_CASE] }]);
  return { kind: 'application', application };
}

/** A paper of such an application; undefined where it is none of it. */
export async function readPaper(input: RemedyInput, who: Staff, key: TaskPlaceName, { paper, ...asked }: FileAsked & { readonly paper: number }): Promise<KeptPaper | undefined> {
  const read = await readApplication(input, who, key, asked);
  if (read?.kind !== 'application' || !read.application.evidence.some(({ number }) => number === paper)) return undefined;
  return input.database.read(who, 'read a paper', (session) => evidenceAt(session, input.vault, { stream: key.stream, number: paper }));
}

function aboutNumber(opening: unknown): number | undefined {
  if (typeof opening !== 'object' || opening === null || !('about' in opening)) return undefined;
  const { about } = opening;
  return typeof about === 'object' && about !== null && 'reconsideration' in about && typeof about.reconsideration === 'number' ? about.reconsideration : undefined;
}
