import { dataFolder, packFolder } from '#apps/server/settings.ts';
import { printMonth } from '#engine/books/index.ts';
import { parseDate, printDecimal } from '#engine/kernel/index.ts';
import type { Command } from './command.ts';
import { EXIT } from './exit.ts';
import { askGrants } from './grants.ts';

/** Measures an indicator of reach for a month: how many receive what the run says they are entitled to. */
export const observeCommand: Command = {
  name: 'observe',
  takes: ['INDICATOR'],
  options: { data: { type: 'string' }, pack: { type: 'string' }, month: { type: 'string' }, run: { type: 'string' } },
  run: async (call) => {
    const { terminal, env, option, given: [indicator = ''] } = call;
    const [month, run] = [option('month'), option('run')];
    if (month === undefined || run === undefined) return terminal.refuse(EXIT.usage, 'option-missing', { action: 'observe', option: month === undefined ? '--month' : '--run' });
    if (!/^\d{4}-\d{2}$/.test(month) || !parseDate(`${month}-01`)) return terminal.refuse(EXIT.usage, 'month-invalid', { value: month });
    const folder = dataFolder(env, option('data'));
    const answer = await askGrants(call, folder, { do: 'observe', folder, pack: packFolder(env, option('pack')), indicator, month: Number(month.replace('-', '')), run });
    if (typeof answer === 'number') return answer;
    switch (answer.kind) {
      case 'observed': {
        const { value, numerator, denominator, formula, of } = answer.observation;
        terminal.result({ indicator, month, run, value: value ? printDecimal(value) : null, numerator, denominator, formula, of }, () => {
          terminal.say('observe.done', { indicator, month, numerator, denominator, value: value ? printDecimal(value) : terminal.word('observe.no-value') });
        });
        return EXIT.ok;
      }
      case 'run-of-other-month': return terminal.refuse(EXIT.usage, 'observe-other-month', { run, month, of: printMonth(answer.of) });
      case 'run-unknown': return terminal.refuse(EXIT.environment, 'observe-run-unknown', { run });
      case 'not-measured': return terminal.refuse(EXIT.usage, 'observe-not-measured', { indicator });
      default: throw new Error(`an answer of another kind: ${answer.kind}`);
    }
  },
};
