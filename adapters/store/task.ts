import { sql } from 'kysely';
import { caseStream } from '#engine/casework/index.ts';
import type { TaskKind } from '#engine/casework/index.ts';
import type { Acting, GrantKey } from '#engine/entitlement/index.ts';
import { decidingDepartment } from '#engine/entitlement/index.ts';
import type { Append } from './log.ts';
import type { Session } from './database.ts';

/** Under what a department is asked for something. */
export type Asking = Pick<Acting, 'pack' | 'respondBy' | 'dueOn'>;

/** What opens a task of the department that decides a service, about one grant. */
export function taskOpened({ pack, dueOn }: Asking, kind: TaskKind, { service, subject, household, area }: GrantKey & { readonly household: string | null; readonly area: string }, about: Readonly<Record<string, string | number>>): Append {
  return {
    stream: caseStream(service, subject), subjectKey: subject, householdKey: household, kind: 'task-opened',
    payload: { taskKind: kind, department: decidingDepartment(pack.services.get(service)), area, service, dueOn, dueCounted: 'calendar', about },
  };
}

/** What closes the open tasks of a kind about these grants, by what the system found done. */
export async function tasksDone(session: Session, kind: TaskKind, keys: readonly (GrantKey & { readonly household: string | null })[], outcome: string): Promise<readonly Append[]> {
  if (keys.length === 0) return [];
  const streams = new Map(keys.map((key) => [caseStream(key.service, key.subject), key]));
  const { rows } = await sql<{ stream: string; number: number }>`select stream, number from task where kind = ${kind} and state <> 'done' and stream = any (${[...streams.keys()]}::text[]) order by stream, number`.execute(session);
  return rows.flatMap(({ stream, number }): readonly Append[] => {
    const key = streams.get(stream);
    return key ? [{ stream, subjectKey: key.subject, householdKey: key.household, kind: 'task-completed', payload: { task: number, outcome, reason: null } }] : [];
  });
}
