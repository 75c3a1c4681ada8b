import { itemsIn, listBatches, nameOfChoice, openAccessLog, openChoices, sharedChoices } from '#adapters/store/index.ts';
import type { SharedAccount, StoredItem, Vault } from '#adapters/store/index.ts';
import type { BankAccount } from '#engine/mine/index.ts';
import { may } from '#engine/permission/index.ts';
import type { StoreHold } from '../store-command.ts';
import { memberOf } from './member.ts';

/** An item as it goes to the bank. `opened`: the account, where one was chosen and the batch has been let go. */
export type ExportedItem = StoredItem & { readonly opened: BankAccount | undefined };

/** Why nothing was exported. `not-allowed`: accounts are opened only for somebody who may let batches of this payer go. */
export type ExportRefusal = 'batch-unknown' | 'not-allowed';

/**
 * The items of a batch for the bank. Numbers of accounts are opened only here, only once two people have let the batch go,
 * only for somebody who might have been one of them, and each that is opened leaves an entry that its owner can see.
 */
export async function exportBatch(hold: StoreHold, vault: Vault, { pack, batch, as }: { readonly pack: string; readonly batch: string; readonly as?: string | undefined }): Promise<readonly ExportedItem[] | ExportRefusal> {
  const { database } = hold;
  const { found, items } = await database.system(`export ${batch}`, async (session) => ({ found: (await listBatches(session)).find(({ id }) => id === batch), items: await itemsIn(session, batch) }));
  if (!found) return 'batch-unknown';
  const chosen = items.flatMap(({ subject, account }) => (account === null ? [] : [{ subject, account }]));
  if (found.stage !== 'released' || chosen.length === 0) return items.map((item) => ({ ...item, opened: undefined }));
  const who = as === undefined ? undefined : await memberOf(hold, vault, as, pack);
  if (!who || !may(who, 'batch.release', { of: 'batch', payer: found.payer })) return 'not-allowed';
  await noteLooks(hold, { actor: who.id, department: who.department, purpose: 'pay', through: 'pay export' }, chosen.map(({ subject }) => subject));
  const opened = await database.system(`open accounts of ${batch}`, (session) => openChoices(session, vault, chosen));
  return items.map((item) => ({ ...item, opened: item.account === null ? undefined : opened.get(nameOfChoice({ subject: item.subject, account: item.account })) }));
}

/** Accounts to which the money of several people goes, by whoever runs the machine; no number is opened, and each of them can see that it was looked for. */
export async function accountsShared(hold: StoreHold): Promise<readonly SharedAccount[]> {
  const shared = await hold.database.system('look for accounts of several people', sharedChoices);
  await noteLooks(hold, { actor: 'system', purpose: 'account-check', through: 'pay shared' }, shared.flatMap(({ subjects }) => subjects));
  return shared;
}

/** Who looks at whose accounts, and what for: on record before anything is shown. */
async function noteLooks({ database, clock, random }: StoreHold, look: { readonly actor: string; readonly department?: string; readonly purpose: string; readonly through: string }, subjects: readonly string[]): Promise<void> {
  if (subjects.length === 0) return;
  const log = openAccessLog(database, 'payments', { now: () => clock.now(), random });
  await log.write([...new Set(subjects)].map((subjectKey) => ({ ...look, about: { kind: 'subject', subjectKey, householdKey: null }, columns: ['pay_account'] })));
  await log.close();
}
