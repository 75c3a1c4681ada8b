import { z } from 'zod';
import { hoursAfter } from '#adapters/clock/index.ts';
import { addAccount, disableAccount, listAccounts, resetAccount } from '#adapters/store/index.ts';
import type { AccountDoor, AccountRefusal, Enrolment, StaffAccount } from '#adapters/store/index.ts';
import { readPack } from '../read-pack.ts';
import type { StoreHold } from '../store-command.ts';
import { ACCOUNT_ID, ACCOUNT_NAME, ENROL_HOURS, wrongIn } from './member.ts';
import type { MemberProblem } from './member.ts';

/*
 * Accounts of staff, by whoever runs the machine: the same through the socket of a running city and from a command line
 * that found none running. In the console a platform administrator does the same (apps/server/console/accounts.ts).
 */

const as = z.string().regex(/^[\w.@-]{1,64}$/);

export const STAFF_ORDER = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('add'), pack: z.string(), id: ACCOUNT_ID, name: ACCOUNT_NAME, department: z.string(), areas: z.array(z.string()), roles: z.array(z.string()).min(1), as }),
  z.strictObject({ do: z.literal('list') }),
  z.strictObject({ do: z.literal('disable'), id: ACCOUNT_ID, as }),
  z.strictObject({ do: z.literal('reset'), id: ACCOUNT_ID, as }),
]);
export type StaffOrder = z.output<typeof STAFF_ORDER>;

/** What people write into an order. Anything else that is wrong in one is a fault of whoever sent it. */
const WRITTEN = ['as', 'id', 'name', 'roles'] as const;

export type StaffAnswer =
  | AccountRefusal
  | { readonly kind: 'key-missing' | 'pack-unusable' }
  | { readonly kind: 'order-wrong'; readonly field: (typeof WRITTEN)[number] }
  | MemberProblem
  /** The code with which somebody enrols, at `/staff/enrol`. */
  | { readonly kind: 'enrol'; readonly id: string; readonly enrolment: Enrolment }
  | { readonly kind: 'accounts'; readonly accounts: readonly StaffAccount[] }
  | { readonly kind: 'done' };

/** Does what is asked. */
export async function doStaffCommand({ database, vault, clock, random }: StoreHold, input: unknown): Promise<StaffAnswer> {
  if (!vault) return { kind: 'key-missing' };
  const reading = STAFF_ORDER.safeParse(input);
  if (!reading.success) {
    const field = WRITTEN.find((one) => one === reading.error.issues[0]?.path[0]);
    if (field === undefined) throw reading.error;
    return { kind: 'order-wrong', field };
  }
  const order = reading.data;
  const now = clock.now();
  const until = hoursAfter(now, ENROL_HOURS);
  const door = (actor: string): AccountDoor => ({ database, vault, by: { at: now, actor, random } });
  const enrol = (made: Enrolment | AccountRefusal, of: string): StaffAnswer => ('kind' in made ? made : { kind: 'enrol', id: of, enrolment: made });
  switch (order.do) {
    case 'add': {
      const packed = readPack(order.pack);
      if (packed.kind !== 'pack') return { kind: 'pack-unusable' };
      return wrongIn(packed.pack, order) ?? enrol(await addAccount(door(order.as), order, until), order.id);
    }
    case 'list': return { kind: 'accounts', accounts: await listAccounts(database, vault) };
    case 'disable': return (await disableAccount(door(order.as), order.id)) ?? { kind: 'done' };
    case 'reset': return enrol(await resetAccount(door(order.as), order.id, until), order.id);
    default: return order satisfies never;
  }
}
