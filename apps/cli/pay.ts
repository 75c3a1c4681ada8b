import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { toCsv } from '#adapters/documents/index.ts';
import type { StoredBatch } from '#adapters/store/index.ts';
import type { GrantOrder } from '#apps/server/grants/command.ts';
import { readPack } from '#apps/server/read-pack.ts';
import { dataFolder, packFolder } from '#apps/server/settings.ts';
import type { PayerKey } from '#engine/entitlement/index.ts';
import { parseDate } from '#engine/kernel/index.ts';
import type { Table } from '#engine/kernel/index.ts';
import type { Call, Command } from './command.ts';
import { EXIT } from './exit.ts';
import type { Exit } from './exit.ts';
import { askGrants } from './grants.ts';
import type { GrantDone } from './grants.ts';
import { payerName } from './payer.ts';
import { yuan } from './people.ts';

/** What can be done with money, and what has to be said for it. */
const ACTIONS = {
  book: ['month'], prepare: ['month'], list: [], approve: ['batch', 'as'], release: ['batch', 'as'], withdraw: ['batch', 'as', 'because'],
  export: ['batch', 'out'], shared: [], return: ['batch', 'service', 'subject', 'as', 'because'], free: ['service', 'subject', 'as'], reconcile: ['month'],
} as const satisfies Record<string, readonly string[]>;
type Action = keyof typeof ACTIONS;

const isAction = (text: string): text is Action => Object.hasOwn(ACTIONS, text);

/** Books what is due, and pays it: batches a payer and month, let go by two people. */
export const payCommand: Command = {
  name: 'pay',
  takes: ['ACTION'],
  options: { data: { type: 'string' }, pack: { type: 'string' }, month: { type: 'string' }, batch: { type: 'string' }, service: { type: 'string' }, subject: { type: 'string' }, as: { type: 'string' }, because: { type: 'string' }, out: { type: 'string' } },
  run: async (call) => {
    const { terminal, env, option, given: [action = ''] } = call;
    if (!isAction(action)) return terminal.refuse(EXIT.usage, 'action-unknown', { action, actions: Object.keys(ACTIONS).join(' ') });
    const missing = ACTIONS[action].find((name) => option(name) === undefined);
    if (missing !== undefined) return terminal.refuse(EXIT.usage, 'option-missing', { action, option: `--${missing}` });
    const month = option('month') === undefined ? undefined : monthIn(option('month') ?? '');
    if (option('month') !== undefined && month === undefined) return terminal.refuse(EXIT.usage, 'month-invalid', { value: option('month') ?? '' });
    const folder = dataFolder(env, option('data'));
    const answer = await askGrants(call, folder, orderOf(call, action, folder, month));
    return typeof answer === 'number' ? answer : tell(call, answer, namesOf(call));
  },
};

/** `2026-12` as 202612. */
function monthIn(text: string): number | undefined {
  return parseDate(`${text}-01`) ? Number(text.replace('-', '')) : undefined;
}

function orderOf(call: Call, action: Action, folder: string, month: number | undefined): GrantOrder {
  const of = (name: string): string => call.option(name) ?? '';
  const [place, batch, as, because] = [{ folder, pack: packFolder(call.env, call.option('pack')) }, of('batch'), of('as'), of('because')];
  const key = { service: of('service'), subject: of('subject') };
  switch (action) {
    case 'prepare': return { do: action, ...place, month: month ?? 0, ...(as === '' ? {} : { as }) };
    case 'book': case 'reconcile': return { do: action, ...place, month: month ?? 0 };
    case 'list': return { do: action, ...(month === undefined ? {} : { month }) };
    case 'export': return { do: action, pack: place.pack, batch, ...(as === '' ? {} : { as }) };
    case 'shared': return { do: action };
    case 'approve': case 'release': return { do: action, pack: place.pack, batch, as };
    case 'withdraw': return { do: action, pack: place.pack, batch, as, because };
    case 'return': return { do: action, ...place, batch, ...key, as, because };
    case 'free': return { do: action, pack: place.pack, ...key, as };
    default: return action satisfies never;
  }
}

/** The payers by the names of the pack; by their keys where it cannot be read. */
function namesOf(call: Call): (payer: PayerKey) => string {
  const reading = readPack(packFolder(call.env, call.option('pack')));
  return (payer) => (reading.kind === 'pack' ? payerName(call, reading.pack, payer) : payer);
}

function tell(call: Call, answer: GrantDone, nameOf: (payer: PayerKey) => string): Exit {
  const { terminal } = call;
  switch (answer.kind) {
    case 'booked':
      terminal.result({ booked: answer.booked }, () => terminal.say('pay.booked', { lines: answer.booked.lines, added: yuan(answer.booked.addedFen), taken: yuan(answer.booked.takenFen) }));
      return EXIT.ok;
    case 'batches':
      terminal.result({ batches: answer.batches }, () => {
        if (answer.batches.length === 0) terminal.say('pay.no-batch');
        for (const one of answer.batches) terminal.print(lineOf(call, one, nameOf));
      });
      return EXIT.ok;
    case 'items': {
      const file = resolve(call.option('out') ?? '');
      writeFileSync(file, toCsv(exportOf(call, answer.items)));
      terminal.result({ file, items: answer.items.length }, () => terminal.say('pay.exported', { file, items: answer.items.length }));
      return EXIT.ok;
    }
    case 'shared':
      terminal.result({ accounts: answer.accounts }, () => {
        if (answer.accounts.length === 0) terminal.say('pay.no-shared');
        for (const { subjects } of answer.accounts) terminal.say('pay.shared', { count: subjects.length, subjects: subjects.join(' ') });
      });
      return EXIT.ok;
    case 'books': {
      const isWhole = answer.books.every(({ holds }) => holds);
      terminal.result({ books: answer.books, holds: isWhole }, () => {
        for (const one of answer.books) terminal.print(terminal.word('pay.books', { payer: nameOf(one.payer), decided: yuan(one.decidedFen), booked: yuan(one.bookedFen), paid: yuan(one.paidFen), returned: yuan(one.returnedFen), owed: yuan(one.owedFen), debt: yuan(one.debtFen) }));
        terminal.say(isWhole ? 'pay.whole' : 'pay.broken');
      });
      return isWhole ? EXIT.ok : EXIT.failed;
    }
    case 'done': terminal.result({ done: true }, () => terminal.say('pay.done')); return EXIT.ok;
    case 'refused': return terminal.refuse(EXIT.failed, REFUSALS[answer.because]);
    default: throw new Error(`an answer of another kind: ${answer.kind}`);
  }
}

const REFUSALS = {
  'batch-unknown': 'pay-batch-unknown', 'not-prepared': 'pay-not-prepared', 'not-approved': 'pay-not-approved', 'not-released': 'pay-not-released', 'same-person': 'pay-same-person',
  'item-unknown': 'pay-item-unknown', 'already-returned': 'pay-already-returned', 'batch-stale': 'pay-batch-stale', 'not-allowed': 'pay-not-allowed', 'not-held': 'pay-not-held',
} as const satisfies Record<Extract<GrantDone, { kind: 'refused' }>['because'], string>;

function lineOf({ terminal }: Call, { id, payer, items, totalFen, stage }: StoredBatch, nameOf: (payer: PayerKey) => string): string {
  return terminal.word('pay.batch', { id, payer: nameOf(payer), items, total: yuan(totalFen), stage: terminal.word(`pay.stage.${stage}`) });
}

/** What goes to the treasury: opaque keys, whose social security cards its own register holds, and the accounts that people chose themselves. */
function exportOf({ terminal, option }: Call, items: Extract<GrantDone, { kind: 'items' }>['items']): Table {
  const column = (key: string): Table['columns'][number] => ({ key, title: terminal.word(`pay.column.${key}`) });
  return {
    name: option('batch') ?? '', title: terminal.word('pay.export-title', { batch: option('batch') ?? '' }), note: terminal.word('pay.export-note'),
    columns: ['service', 'subject', 'periods', 'amount', 'to', 'bank', 'number', 'returned'].map(column),
    rows: items.map(({ service, subject, periods, amountFen, account, opened, returned }) => [service, subject, periods.map(({ period }) => period).join(' '), { units: amountFen, scale: 2 }, terminal.word(`pay.to.${account === null ? 'card' : 'account'}`), opened?.bank ?? null, opened?.number ?? null, returned]),
  };
}
