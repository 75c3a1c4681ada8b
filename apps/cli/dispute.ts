import { dataFolder, packFolder } from '#apps/server/settings.ts';
import { parseBearer } from '#apps/server/token.ts';
import type { AnswerCommand, AnswerGiven } from '#apps/server/record/command.ts';
import { describeCaseworkRefusal } from '#engine/casework/index.ts';
import type { Call, Command } from './command.ts';
import { EXIT } from './exit.ts';
import type { Exit } from './exit.ts';
import { giveOrder } from './order.ts';
import { refuse } from './refusal.ts';

/** A department answers somebody who says that a fact of theirs is wrong: the value then stands at once, and what it changes is decided anew. */
export const disputeAnswerCommand: Command = {
  name: 'dispute answer',
  takes: ['NUMBER'],
  options: { person: { type: 'string' }, as: { type: 'string' }, accept: { type: 'boolean' }, refuse: { type: 'boolean' }, because: { type: 'string' }, from: { type: 'string' }, data: { type: 'string' }, pack: { type: 'string' } },
  run: async (call) => {
    const { terminal, env, option, flag, given: [number = ''] } = call;
    const as = parseBearer(option('as') ?? '');
    const because = option('because')?.trim() ?? '';
    if (as?.kind !== 'staff') return terminal.refuse(EXIT.usage, 'staff-missing');
    if (because === '') return terminal.refuse(EXIT.usage, 'because-missing');
    if (flag('accept') === flag('refuse')) return terminal.refuse(EXIT.usage, 'accept-or-refuse');
    const folder = dataFolder(env, option('data'));
    const order: AnswerCommand = { folder, pack: packFolder(env, option('pack')), answer: { person: option('person') ?? '', dispute: Number(number), as, outcome: flag('accept') ? 'accepted' : 'refused', because, from: option('from') } };
    const found = await giveOrder(call, folder, 'answer-dispute', order);
    return typeof found === 'number' ? found : told(call, found.answer as AnswerGiven, folder);
  },
};

function told({ terminal, option, given: [number = ''] }: Call, answer: AnswerGiven, folder: string): Exit {
  switch (answer.kind) {
    case 'answered':
      terminal.result({ dispute: Number(number), changes: answer.changes }, () => { terminal.say('dispute.answered', { count: answer.changes.length }); });
      return EXIT.ok;
    case 'refused': return terminal.refuse(EXIT.failed, 'task-refused', { problem: describeCaseworkRefusal(answer.refusal, terminal.locale) });
    case 'day-wrong': return terminal.refuse(EXIT.usage, 'date-invalid', { option: '--from', value: option('from') ?? '' });
    case 'dispute-unknown': case 'order-wrong': return terminal.refuse(EXIT.usage, 'dispute-unknown', { number });
    case 'key-missing': return refuse(terminal, { kind: 'key-missing' });
    case 'pack-unusable': return terminal.refuse(EXIT.failed, 'pack-changed');
    case 'no-release': return terminal.refuse(EXIT.environment, 'no-release', { folder });
    default: return answer satisfies never;
  }
}
