import type { City } from '#engine/city.ts';
import { claim, complete, handOver, reopen } from '#engine/casework/index.ts';
import type { Task, TaskEvent } from '#engine/casework/index.ts';
import { isOutcome } from '#engine/console/index.ts';
import type { ConsoleRefusal, TaskCommand } from '#engine/console/index.ts';
import { may } from '#engine/permission/index.ts';
import type { Action, Staff } from '#engine/permission/index.ts';
import { dueOfTask } from '../time-to-act.ts';

const NEEDS = { claim: 'task.claim', complete: 'task.complete', 'put-back': 'task.hand-over', 'hand-over': 'task.hand-over', reopen: 'task.reopen' } as const satisfies Readonly<Record<TaskCommand['do'], Action>>;
/** Characters of a reason that are kept. */
export const LONGEST_REASON = 1_000;

/** Why a command is refused whatever the task says: the role does not do it, or it names what there is not. */
export function refusedAtOnce(task: Task, who: Staff, command: TaskCommand, { pack }: Pick<City, 'pack'>): ConsoleRefusal | undefined {
  if (!may(who, NEEDS[command.do], { of: 'task', task: { ...task, open: task.state.kind !== 'done' } })) return { kind: 'not-allowed' };
  if (command.do === 'complete' && !isOutcome(task.kind, command.outcome)) return { kind: 'outcome-unknown' };
  return command.do === 'hand-over' && !pack.departments.has(command.department) ? { kind: 'department-unknown' } : undefined;
}

/** What a command on a task gives: its events, or why nothing is done. The database asks the same once more. */
export function commandOn(task: Task, who: Staff, command: TaskCommand, { pack, today }: Pick<City, 'pack' | 'today'>): readonly TaskEvent[] | ConsoleRefusal {
  const refused = refusedAtOnce(task, who, command, { pack });
  if (refused) return refused;
  const reason = 'reason' in command ? command.reason.trim().slice(0, LONGEST_REASON) : '';
  switch (command.do) {
    case 'claim': return claim(task, who);
    case 'complete': return reason === '' ? { kind: 'reason-missing' } : complete(task, who, { outcome: command.outcome, reason });
    case 'put-back': return handOver(task, who, { department: task.department, area: task.area, reason });
    case 'hand-over': return handOver(task, who, { department: command.department, area: task.area, reason });
    case 'reopen': {
      const { on: dueOn, counted: dueCounted } = dueOfTask(pack, today);
      return reopen(task, who, { reason, dueOn, dueCounted });
    }
    default: return command satisfies never;
  }
}
