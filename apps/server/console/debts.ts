import { grantId, readRecoveries, readTask, stepsOfRecovery } from '#adapters/store/index.ts';
import type { Session } from '#adapters/store/index.ts';
import { caseStream, complete } from '#engine/casework/index.ts';
import type { Task } from '#engine/casework/index.ts';
import type { DebtCommand, DebtProblem, Debts, PartsWanted, TaskKey } from '#engine/console/index.ts';
import { instalmentsOf } from '#engine/entitlement/index.ts';
import type { GrantKey, Recovery, RecoveryEvent } from '#engine/entitlement/index.ts';
import type { CalendarDate } from '#engine/kernel/index.ts';
import { may } from '#engine/permission/index.ts';
import type { Staff } from '#engine/permission/index.ts';
import type { RoomInput } from './console.ts';
import { isProven } from '../proven.ts';

/** What is decided about debts. They are looked at as the member of staff; a step is checked by the table of permissions and on record as theirs. */
export function openDebts({ database, vault, clock, random, city }: RoomInput): Debts {
  const seen = (who: Staff, key: TaskKey): Promise<Found | undefined> => database.read(who, 'look at a debt', (session) => debtOf(session, key));
  return {
    of: async (who, key) => {
      const found = await seen(who, key);
      return found && { recovery: found.recovery, mayDecide: mayDecide(who, found.task) };
    },
    act: async (who, key, command, provenAt) => {
      const found = await seen(who, key);
      if (!found) return { kind: 'task-unknown' };
      if (!mayDecide(who, found.task)) return { kind: 'not-allowed' };
      const reason = reasonOf(command);
      if (reason === '') return { kind: 'reason-missing' };
      // Whoever may not end the task does not decide what it is about: a colleague has it, or it is done.
      const ends = complete(found.task, who, { outcome: '', reason: null });
      if ('kind' in ends) return ends;
      const events = eventsOf(command, found.recovery, { by: who.id, today: city().today });
      if ('kind' in events) return events;
      // Money that is let go is gone.
      if (command.do !== 'instalments' && !isProven(clock, provenAt)) return { kind: 'prove-again' };
      const refused = await stepsOfRecovery({ database, vault, by: { at: clock.now(), actor: who.id, random } }, found.of, events);
      return refused === undefined ? undefined : { kind: refused };
    },
  };
}

interface Found {
  readonly task: Task;
  readonly of: GrantKey;
  readonly recovery: Recovery;
}

async function debtOf(session: Session, key: TaskKey): Promise<Found | undefined> {
  const task = await readTask(session, key);
  if (task?.kind !== 'recovery' || task.service === null || task.subjectKey === null) return undefined;
  const of = { service: task.service, subject: task.subjectKey };
  if (task.stream !== caseStream(of.service, of.subject)) return undefined;
  const stored = (await readRecoveries(session, [of])).get(grantId(of));
  return stored && { task, of, recovery: stored.recovery };
}

function mayDecide(who: Staff, task: Task): boolean {
  return may(who, 'recovery.decide', { of: 'case', tasks: [{ ...task, open: task.state.kind !== 'done' }] });
}

const LONGEST = 1_000;

/** What was said for it; undefined where nothing has to be. */
function reasonOf(command: DebtCommand): string | undefined {
  switch (command.do) {
    case 'decide': return command.because.trim().slice(0, LONGEST);
    case 'waive': return command.reason.trim().slice(0, LONGEST);
    case 'instalments': return undefined;
    default: return command satisfies never;
  }
}

function eventsOf(command: DebtCommand, { openFen }: Recovery, { by, today }: { readonly by: string; readonly today: CalendarDate }): readonly RecoveryEvent[] | DebtProblem {
  switch (command.do) {
    case 'decide': {
      const decided: RecoveryEvent = { kind: 'decided', by, keptFen: command.keptFen, because: reasonOf(command) ?? '' };
      if (!command.parts || command.keptFen <= 0) return [decided];
      const agreed = agreedOn(command.parts, command.keptFen, { by, today });
      return 'parts' in agreed ? [decided, agreed] : agreed;
    }
    case 'instalments': {
      const agreed = agreedOn(command.parts, openFen, { by, today });
      return 'parts' in agreed ? [agreed] : agreed;
    }
    case 'waive': return command.because === undefined ? { kind: 'ground-missing' } : [{ kind: 'waived', by, amountFen: command.amountFen, because: command.because, reason: reasonOf(command) ?? '' }];
    default: return command satisfies never;
  }
}

function agreedOn({ count, firstOn }: PartsWanted, openFen: number, { by, today }: { readonly by: string; readonly today: CalendarDate }): Extract<RecoveryEvent, { kind: 'agreed' }> | DebtProblem {
  if (firstOn === undefined || firstOn <= today) return { kind: 'first-day-wrong' };
  const parts = instalmentsOf(openFen, count, firstOn);
  return parts.length === 0 ? { kind: 'parts-wrong' } : { kind: 'agreed', by, parts: [...parts] };
}
