import { availableParallelism } from 'node:os';
import { systemClock } from '#adapters/clock/index.ts';
import { monthsFrom } from '#apps/server/grants/redecide.ts';
import { readPack } from '#apps/server/read-pack.ts';
import { runInChild } from '#apps/server/run/spawn.ts';
import { dataFolder, packFolder } from '#apps/server/settings.ts';
import { firstDayOf, USUAL_LIMITS } from '#engine/entitlement/index.ts';
import { parseDate } from '#engine/kernel/index.ts';
import { dayNumber, dayText } from '#engine/rules/index.ts';
import type { Command } from './command.ts';
import { refusedRun, tellProgress } from './decide-stored.ts';
import { EXIT } from './exit.ts';
import { askGrants } from './grants.ts';
import { refuse } from './refusal.ts';

/** Decides past months again with what is known now, and brings the grants to it; the difference is booked with the next booking. */
export const redecideCommand: Command = {
  name: 'redecide',
  takes: ['MONTH'],
  options: { data: { type: 'string' }, pack: { type: 'string' }, 'as-of': { type: 'string' } },
  run: async (call) => {
    const { terminal, env, option, given: [from = ''] } = call;
    const first = parseDate(`${from}-01`);
    if (!first) return terminal.refuse(EXIT.usage, 'month-invalid', { value: from });
    const pack = packFolder(env, option('pack'));
    const reading = readPack(pack);
    if (reading.kind !== 'pack') return refuse(terminal, reading);
    const asked = option('as-of');
    const today = asked === undefined ? systemClock().today(reading.pack.plan.calendar.zone) : parseDate(asked);
    if (!today) return terminal.refuse(EXIT.usage, 'date-invalid', { option: '--as-of', value: asked ?? '' });
    const folder = dataFolder(env, option('data'));
    const knownAt = systemClock().now();
    const months: { readonly month: number; readonly run: string }[] = [];
    for (const month of monthsFrom(Math.floor(dayNumber(first) / 100), dayNumber(today))) {
      const asOf = dayText(firstDayOf(month));
      // oxlint-disable-next-line no-await-in-loop -- one run takes the whole machine
      const reply = await runInChild({ pack, data: folder, asOf, knownAt, before: { kind: 'nothing' }, limits: USUAL_LIMITS, threads: availableParallelism() }, { progress: (news) => tellProgress(call, news) });
      if (reply.kind !== 'finished') return refusedRun(call, folder, reply);
      months.push({ month, run: reply.run });
    }
    const answer = await askGrants(call, folder, { do: 'decide-again', folder, pack, months });
    if (typeof answer === 'number') return answer;
    if (answer.kind !== 'again') throw new Error(`an answer of another kind: ${answer.kind}`);
    terminal.result({ months, settled: answer.settled, left: answer.left }, () => terminal.say('redecide.done', { months: months.length, settled: answer.settled, left: answer.left }));
    return EXIT.ok;
  },
};
