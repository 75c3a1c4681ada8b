import type { GrantAnswer, GrantOrder } from '#apps/server/grants/command.ts';
import { nameOfRole } from '#engine/permission/index.ts';
import type { Call } from './command.ts';
import { EXIT } from './exit.ts';
import type { Exit } from './exit.ts';
import { giveOrder } from './order.ts';
import { refuse } from './refusal.ts';

/** An answer that carries something out or tells something; the others are refused here. */
export type GrantDone = Exclude<GrantAnswer, { kind: 'no-release' | 'pack-unusable' | 'key-missing' | 'order-wrong' | 'member-unknown' | 'member-may-not' }>;

/** Gives an order about grants and money to the city of a data folder; an exit where it was refused. */
export async function askGrants({ terminal, env, option }: Pick<Call, 'terminal' | 'env' | 'option'>, folder: string, order: GrantOrder): Promise<GrantDone | Exit> {
  const found = await giveOrder({ terminal, env }, folder, 'grants', order);
  if (typeof found === 'number') return found;
  const given = found.answer as GrantAnswer;
  switch (given.kind) {
    case 'key-missing': return refuse(terminal, { kind: 'key-missing' });
    case 'no-release': return terminal.refuse(EXIT.environment, 'no-release', { folder });
    case 'order-wrong': return terminal.refuse(EXIT.usage, MISTYPED[given.field], { value: option(given.field) ?? '' });
    case 'member-unknown': return terminal.refuse(EXIT.usage, 'member-unknown', { as: given.as });
    case 'member-may-not': return terminal.refuse(EXIT.failed, 'member-may-not', { as: given.as, roles: given.roles.map((role) => nameOfRole(role, terminal.locale)).join(terminal.word('list-comma')) });
    case 'pack-unusable': return terminal.refuse(EXIT.failed, 'pack-changed');
    default: return given;
  }
}

/** What is said of a field that somebody has mistyped. */
const MISTYPED = { as: 'order-as', because: 'order-because', batch: 'order-batch', month: 'order-month' } as const satisfies Record<Extract<GrantAnswer, { kind: 'order-wrong' }>['field'], string>;
