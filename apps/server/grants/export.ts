import { itemsIn, listBatches, nameOfChoice, openAccessLog, openChoices } from '#adapters/store/index.ts';
import type { StoredItem, Vault } from '#adapters/store/index.ts';
import type { BankAccount } from '#engine/mine/index.ts';
import type { StoreHold } from '../store-command.ts';

/** An item as it goes to the bank. `opened`: the account, where one was chosen and the batch has been let go. */
export type ExportedItem = StoredItem & { readonly opened: BankAccount | undefined };

/**
 * The items of a batch for the bank. Numbers of accounts are opened only here, only once two people have let the batch go,
 * and each that is opened leaves an entry that its owner can see.
 */
export async function exportBatch({ database, clock, random }: StoreHold, vault: Vault, batch: string): Promise<readonly ExportedItem[]> {
  const { items, opened } = await database.system(`export ${batch}`, async (session) => {
    const found = await itemsIn(session, batch);
    const isOut = (await listBatches(session)).some(({ id, stage }) => id === batch && stage === 'released');
    const chosen = found.flatMap(({ subject, account }) => (account === null ? [] : [{ subject, account }]));
    return { items: found, opened: isOut ? await openChoices(session, vault, chosen) : new Map<string, BankAccount>() };
  });
  const exported = items.map((item): ExportedItem => ({ ...item, opened: item.account === null ? undefined : opened.get(nameOfChoice({ subject: item.subject, account: item.account })) }));
  const seen = [...new Set(exported.flatMap((item) => (item.opened ? [item.subject] : [])))];
  if (seen.length > 0) {
    const log = openAccessLog(database, 'payments', { now: () => clock.now(), random });
    await log.write(seen.map((subjectKey) => ({ actor: 'system', purpose: 'pay', through: 'pay export', about: { kind: 'subject', subjectKey, householdKey: null }, columns: ['pay_account'] })));
    await log.close();
  }
  return exported;
}
