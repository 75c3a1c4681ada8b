import { ACTS, CYCLES } from '#engine/entitlement/index.ts';
import { dataFolder, packFolder } from '#apps/server/settings.ts';
import type { ActCounts } from '#adapters/store/index.ts';
import type { Call, Command } from './command.ts';
import { EXIT } from './exit.ts';
import { askGrants } from './grants.ts';
import { yuan } from './people.ts';
import { moneyWords } from './told-totals.ts';

/** Acts on the change list of a finished run: grants, questions to residents, requests to departments, tasks. */
export const actCommand: Command = {
  name: 'act',
  takes: ['RUN'],
  options: { data: { type: 'string' }, pack: { type: 'string' }, accept: { type: 'boolean' }, as: { type: 'string' } },
  run: async (call) => {
    const { terminal, env, option, flag, given: [run = ''] } = call;
    const as = option('as');
    if (flag('accept') && as === undefined) return terminal.refuse(EXIT.usage, 'who-missing', { option: '--as' });
    const folder = dataFolder(env, option('data'));
    const answer = await askGrants(call, folder, { do: 'act', folder, pack: packFolder(env, option('pack')), run, accepted: flag('accept'), as: as ?? 'system' });
    if (typeof answer === 'number') return answer;
    switch (answer.kind) {
      case 'run-unknown': return terminal.refuse(EXIT.usage, 'run-unknown', { run });
      case 'run-outdated': return terminal.refuse(EXIT.failed, 'run-outdated', { run });
      case 'run-waits': {
        const [stop] = answer.stops;
        return terminal.refuse(EXIT.failed, 'run-waits', { run, changed: stop?.of === 'money' ? yuan(stop.changed) : (stop?.changed ?? 0), before: stop?.of === 'money' ? yuan(stop.before) : (stop?.before ?? 0) });
      }
      case 'acted-before':
        terminal.result({ run: answer.run, acts: answer.counts, before: true }, () => {
          terminal.say('act.before', { run: answer.run });
          sayActs(terminal, answer.counts);
        });
        return EXIT.ok;
      case 'acted':
        terminal.result({ run: answer.run, acts: answer.counts, before: false, moved: answer.moved, gone: answer.gone }, () => {
          sayActs(terminal, answer.counts);
          terminal.say('act.moved', { count: answer.moved });
          if (Object.values(answer.gone).some((count) => count > 0)) terminal.say('act.gone', { ...answer.gone });
        });
        return EXIT.ok;
      default: throw new Error(`an answer of another kind: ${answer.kind}`);
    }
  },
};

function sayActs(terminal: Call['terminal'], counts: ActCounts): void {
  for (const kind of ACTS) if (counts[kind].count > 0) terminal.print(terminal.word(`act.${kind}`, { count: counts[kind].count, amount: moneyWords(terminal, CYCLES.map((cycle) => [cycle, counts[kind].byCycle?.[cycle] ?? 0])) }));
}
