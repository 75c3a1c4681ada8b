import { actOnRun, approveBatch, bookThrough, changeGrants, objectToDebt, prepareBatches, readGrants, releaseBatch } from '#adapters/store/index.ts';
import type { Database, Vault } from '#adapters/store/index.ts';
import { systemRandom } from '#adapters/clock/index.ts';
import { loadPack } from '#engine/pack/index.ts';
import { inStore } from './in-store.ts';
import { packFiles } from './pack-files.ts';
import type { Environment } from './spawn-cli.ts';
import { closedSeasonGrant, day } from './town.ts';

const SERVICE = 'closed-season-grant';
const NOW = '2031-06-10T08:00:00.000Z';
const MONTH = 203106;

/** Whom a test wants paid: who owes June back, who of them objects, and who is still to be paid. */
export interface SeededMoney {
  readonly owing: readonly string[];
  readonly objecting: readonly string[];
  readonly unpaid: readonly string[];
}

/** Pays 800.00 yuan for May and June to people of the town in the store of a place where no city runs; June was not due to some. A batch of the others waits for its approval. */
export async function seedMoney(place: Environment, money: SeededMoney): Promise<void> {
  await inStore(place, NOW, (store) => payIn(store, money));
}

async function payIn({ database, vault }: { readonly database: Database; readonly vault: Vault }, { owing, objecting, unpaid }: SeededMoney): Promise<void> {
  const { pack } = loadPack(packFiles('lantern-bay'));
  if (!pack) throw new Error('the town does not load');
  const asking = { pack, respondBy: day('2031-06-20'), dueOn: day('2031-06-30') };
  const as = (actor: string) => ({ database, vault, by: { at: NOW, actor, random: systemRandom } });
  const grant = (run: string, subjects: readonly string[]) => actOnRun({ ...as('system') }, { ...asking, run, asOf: 20310501 }, [subjects.map((subject) => closedSeasonGrant(subject))]);
  await grant('may', owing);
  await bookThrough(database, pack, MONTH, NOW);
  for (const { id } of await prepareBatches(as('system'), MONTH, asking)) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    for (const refused of [await approveBatch(as('approver'), id), await releaseBatch(as('releaser'), id)]) if (refused !== undefined) throw new Error(refused);
  }
  const keys = owing.map((subject) => ({ service: SERVICE, subject }));
  await database.system('June is not due', async (session) => changeGrants(session, vault, keys.map((key) => ({ ...key, household: null, events: [{ kind: 'set', run: 'again', ground: 'facts', from: MONTH, clause: 'income' }] })), await readGrants(session, keys), as('system').by));
  await grant('late', unpaid);
  await bookThrough(database, pack, MONTH, NOW);
  await prepareBatches(as('system'), MONTH, asking);
  // oxlint-disable-next-line no-await-in-loop -- one after the other
  for (const subject of objecting) await objectToDebt({ database, vault, by: { at: NOW, random: systemRandom } }, { kind: 'person', id: subject, subjects: [subject] }, { service: SERVICE, subject }, '我按时报了');
}
