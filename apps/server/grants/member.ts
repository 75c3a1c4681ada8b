import { listBatches, openAccount } from '#adapters/store/index.ts';
import type { Vault } from '#adapters/store/index.ts';
import { BATCH_ACTIONS } from '#engine/console/index.ts';
import { may, rolesThat } from '#engine/permission/index.ts';
import type { Action, Role, Staff } from '#engine/permission/index.ts';
import { readPack } from '../read-pack.ts';
import type { StoreHold } from '../store-command.ts';
import type { GrantOrder } from './command.ts';

/** Why somebody who is named may not do it. `member-unknown`: no open account is called so. `member-may-not`: that account has none of the roles, or does not cover the payer. */
export type MemberRefusal =
  | { readonly kind: 'member-unknown'; readonly as: string }
  | { readonly kind: 'member-may-not'; readonly as: string; readonly roles: readonly Role[] };

/** Money that is no county's, and what is about every payer: whoever does it covers the whole city. */
const WHOLE_CITY = 'city';

/**
 * What somebody must be able to do with money to give an order, one of these; undefined where nobody is named in it.
 *
 * A stopped run leads to money, and is let go on by whoever may prepare payments for the whole city: two others let that
 * money go. The same holds for money that is held back and is let go again.
 */
const NEEDED = {
  act: ['batch.prepare'], prepare: ['batch.prepare'], free: ['batch.prepare'],
  approve: BATCH_ACTIONS.approve, release: BATCH_ACTIONS.release, withdraw: BATCH_ACTIONS.withdraw, return: BATCH_ACTIONS.withdraw,
} as const satisfies Partial<Record<GrantOrder['do'], readonly Action[]>>;

type Named = Extract<GrantOrder, { do: keyof typeof NEEDED }>;

const isNamed = (order: GrantOrder): order is Named => Object.hasOwn(NEEDED, order.do);

/** Why whoever an order names may not give it; undefined: they may, or nobody is named. An unknown batch is left to whoever does the order. */
export async function refusedMember(hold: StoreHold, vault: Vault, order: GrantOrder): Promise<MemberRefusal | undefined> {
  if (!isNamed(order) || order.as === undefined || (order.do === 'act' && !order.accepted)) return undefined;
  const { as } = order;
  const who = await memberOf(hold, vault, as, order.pack);
  if (!who) return { kind: 'member-unknown', as };
  const batch = 'batch' in order ? (await hold.database.system('whose batch it is', (session) => listBatches(session))).find(({ id }) => id === order.batch) : undefined;
  if ('batch' in order && !batch) return undefined;
  const needed: readonly Action[] = NEEDED[order.do];
  const payer = batch?.payer ?? WHOLE_CITY;
  return needed.some((action) => may(who, action, { of: 'batch', payer })) ? undefined : { kind: 'member-may-not', as, roles: [...new Set(needed.flatMap(rolesThat))] };
}

/**
 * The member of staff whose open account is called so; undefined where there is none. The accounts of a demonstration are
 * those of its pack, even before its city has run for the first time; where residents are real they are nobody's.
 */
export async function memberOf({ database, mode }: Pick<StoreHold, 'database' | 'mode'>, vault: Vault, account: string, pack: string): Promise<Staff | undefined> {
  const found = await openAccount(database, vault, account);
  if (found) return found.isTest && mode === 'production' ? undefined : { kind: 'staff', id: found.id, department: found.department, areas: found.areas, roles: found.roles };
  if (mode === 'production') return undefined;
  const reading = readPack(pack);
  const member = reading.kind === 'pack' ? reading.pack.staff.get(account) : undefined;
  return member && { kind: 'staff', id: member.id, department: member.department, areas: member.areas, roles: member.roles };
}
