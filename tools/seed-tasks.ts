import { appendEvents, openStore, openVault } from '#adapters/store/index.ts';
import { systemRandom } from '#adapters/clock/index.ts';
import { caseStream } from '#engine/casework/index.ts';
import type { TaskEvent, TaskKind } from '#engine/casework/index.ts';
import { parseDate } from '#engine/kernel/index.ts';
import type { Environment } from './spawn-cli.ts';

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
  const location = { folder: place['MINSHENG_DATA'] ?? '', databaseUrl: place['DATABASE_URL'] };
  const opening = await openStore(location, at);
  const vaulting = openVault({ ...location, keys: undefined, file: 'make' }, systemRandom);
  if (opening.kind !== 'open' || vaulting.kind !== 'vault') throw new Error('the store of the place does not open');
  await opening.database.system('tasks of a test', (session) => appendEvents(session, vaulting.vault, tasks.map(({ subject, department, area, kind, service, dueOn, about = null }) => {
    const due = parseDate(dueOn);
    if (!due) throw new Error(dueOn);
    return { stream: caseStream(service, subject), subjectKey: subject, householdKey: null, kind: 'task-opened', payload: { taskKind: kind, department, area, service, dueOn: due, dueCounted: 'calendar', about } };
  }), { at, actor: 'system', random: systemRandom }));
  await opening.database.close();
}
