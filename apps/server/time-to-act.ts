import { addWorkingDays, workingCalendar } from '#engine/casework/index.ts';
import type { CalendarDate } from '#engine/kernel/index.ts';
import type { Pack } from '#engine/pack/index.ts';

/** Working days where the pack says nothing: our own choice, as in the packs that do. */
const USUAL_WORKING_DAYS = { answerWorkingDays: 15, taskWorkingDays: 10 } as const;

/** The last day on which a resident can answer what they are asked today. */
export function dueOfAnswer(pack: Pack, today: CalendarDate): ReturnType<typeof addWorkingDays> {
  return within(pack, today, 'answerWorkingDays');
}

/** The last day on which a department can do what it is asked today. */
export function dueOfTask(pack: Pack, today: CalendarDate): ReturnType<typeof addWorkingDays> {
  return within(pack, today, 'taskWorkingDays');
}

function within({ calendar, plan }: Pack, today: CalendarDate, limit: keyof typeof USUAL_WORKING_DAYS): ReturnType<typeof addWorkingDays> {
  return addWorkingDays(workingCalendar(calendar), today, (plan.acting ?? USUAL_WORKING_DAYS)[limit]);
}
