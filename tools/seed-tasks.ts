import { appendEvents } from '#adapters/store/index.ts';
import { systemRandom } from '#adapters/clock/index.ts';
import { caseStream } from '#engine/casework/index.ts';
import type { TaskEvent, TaskKind } from '#engine/casework/index.ts';
import { inStore } from './in-store.ts';
import type { Environment } from './spawn-cli.ts';
import { day } from './town.ts';

/** A task that a test wants to be there before its city opens. */
export interface SeededTask {
  readonly subject: string;
  readonly department: string;
  readonly area: string;
  readonly kind: TaskKind;
  readonly service: string;
  readonly dueOn: string;
  readonly about?: Extract<TaskEvent, { kind: 'task-opened' }>['payload']['about'];
}

/** Opens tasks in the store of a place where no city runs. */
export async function seedTasks(place: Environment, tasks: readonly SeededTask[], at: string): Promise<void> {
  const opened = tasks.map(({ subject, department, area, kind, service, dueOn, about = null }) => ({
    stream: caseStream(service, subject), subjectKey: subject, householdKey: null, kind: 'task-opened', payload: { taskKind: kind, department, area, service, dueOn: day(dueOn), dueCounted: 'calendar', about },
  }));
  await inStore(place, at, async ({ database, vault }) => {
    await database.system('tasks of a test', (session) => appendEvents(session, vault, opened, { at, actor: 'system', random: systemRandom }));
  });
}
