import { approveBatch, bookThrough, listAccounts, listBatches, prepareBatches, releaseBatch, servicesOfBatch, withdrawBatch } from '#adapters/store/index.ts';
import type { PaymentDoor, StoredBatch } from '#adapters/store/index.ts';
import { BATCH_ACTIONS } from '#engine/console/index.ts';
import type { BatchCommand, BatchView, Payments, PaymentsRefusal } from '#engine/console/index.ts';
import { monthOf } from '#engine/entitlement/index.ts';
import { may } from '#engine/permission/index.ts';
import type { Staff } from '#engine/permission/index.ts';
import { dayNumber } from '#engine/rules/index.ts';
import { askingOf } from '../grants/acting.ts';
import type { RoomInput } from './console.ts';
import { isProven } from '../proven.ts';

/** Money of no county needs somebody who covers the whole city: what is prepared is everybody's. */
const WHOLE_CITY = { of: 'batch', payer: 'city' } as const;

/** The batches of a city with a store: read as the member of staff who looks, done after the table of permissions was asked. */
export function openPayments({ database, vault, clock, random, city }: RoomInput): Payments {
  const door = (who: Staff): PaymentDoor => ({ database, vault, by: { at: clock.now(), actor: who.id, random } });
  const month = (): number => monthOf(dayNumber(city().today));
  const named = async (): Promise<(id: string | null) => string | null> => {
    const names = new Map((await listAccounts(database, vault)).map(({ id, name }) => [id, name]));
    return (id) => (id === null ? null : (names.get(id) ?? id));
  };
  const view = (who: Staff, batch: StoredBatch, nameOf: (id: string | null) => string | null): BatchView => ({
    ...batch, services: undefined, may: mayDo(who, batch), preparedBy: nameOf(batch.preparedBy) ?? '', approvedBy: nameOf(batch.approvedBy), releasedBy: nameOf(batch.releasedBy),
  });
  return {
    list: async (who) => {
      const nameOf = await named();
      const batches = await database.read(who, 'look at batches', (session) => listBatches(session));
      return { batches: batches.map((batch) => view(who, batch, nameOf)).toReversed(), month: may(who, 'batch.prepare', WHOLE_CITY) ? month() : undefined };
    },
    batch: async (who, id) => {
      const nameOf = await named();
      return database.read(who, 'look at a batch', async (session) => {
        const found = (await listBatches(session)).find((one) => one.id === id);
        return found && { ...view(who, found, nameOf), services: await servicesOfBatch(session, id) };
      });
    },
    prepare: async (who) => {
      if (!may(who, 'batch.prepare', WHOLE_CITY)) return { kind: 'not-allowed' };
      const { pack, today } = city();
      await bookThrough(database, pack, month(), clock.now());
      return { batches: (await prepareBatches(door(who), month(), askingOf(pack, today))).length };
    },
    act: async (who, id, command, provenAt) => {
      const batch = await database.read(who, 'look at a batch', async (session) => (await listBatches(session)).find((one) => one.id === id));
      if (!batch) return { kind: 'batch-unknown' };
      if (!BATCH_ACTIONS[command.do].some((action) => may(who, action, { of: 'batch', payer: batch.payer }))) return { kind: 'not-allowed' };
      if (command.do !== 'withdraw' && !isProven(clock, provenAt)) return { kind: 'prove-again' };
      return done(door(who), id, command);
    },
  };
}

async function done(door: PaymentDoor, id: string, command: BatchCommand): Promise<PaymentsRefusal | undefined> {
  const told = (kind: PaymentsRefusal['kind'] | undefined): PaymentsRefusal | undefined => (kind === undefined ? undefined : { kind });
  switch (command.do) {
    case 'approve': return told(await approveBatch(door, id));
    case 'release': return told(await releaseBatch(door, id));
    case 'withdraw': return command.because.trim() === '' ? { kind: 'reason-missing' } : told(await withdrawBatch(door, id, command.because.trim().slice(0, 200)));
    default: return command satisfies never;
  }
}

/** What somebody may do with a batch as it stands: nobody lets go what they prepared or approved themselves. */
function mayDo(who: Staff, { payer, stage, preparedBy, approvedBy }: StoredBatch): readonly BatchCommand['do'][] {
  const has = (command: BatchCommand['do']): boolean => BATCH_ACTIONS[command].some((action) => may(who, action, { of: 'batch', payer }));
  const isTheirs = [preparedBy, approvedBy].includes(who.id);
  return [
    ...(stage === 'prepared' && !isTheirs && has('approve') ? ['approve' as const] : []),
    ...(stage === 'approved' && !isTheirs && has('release') ? ['release' as const] : []),
    ...((stage === 'prepared' || stage === 'approved') && has('withdraw') ? ['withdraw' as const] : []),
  ];
}
