import { actOnRun, approveBatch, bookThrough, changeGrants, objectToDebt, openStore, openVault, prepareBatches, readGrants, releaseBatch } from '#adapters/store/index.ts';
import { systemRandom } from '#adapters/clock/index.ts';
import type { ToAct } from '#engine/entitlement/index.ts';
import { parseDate } from '#engine/kernel/index.ts';
import { loadPack } from '#engine/pack/index.ts';
import { packFiles } from './pack-files.ts';
import type { Environment } from './spawn-cli.ts';

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
export async function seedMoney(place: Environment, { owing, objecting, unpaid }: SeededMoney): Promise<void> {
  const location = { folder: place['MINSHENG_DATA'] ?? '', databaseUrl: place['DATABASE_URL'] };
  const [opening, vaulting] = [await openStore(location, NOW), openVault({ ...location, keys: undefined, file: 'make' }, systemRandom)];
  const [{ pack }, respondBy, dueOn] = [loadPack(packFiles('lantern-bay')), parseDate('2031-06-20'), parseDate('2031-06-30')];
  if (opening.kind !== 'open' || vaulting.kind !== 'vault' || !pack || !respondBy || !dueOn) throw new Error('the store of the place does not open');
  const [{ database }, { vault }] = [opening, vaulting];
  const asking = { pack, respondBy, dueOn };
  const as = (actor: string) => ({ database, vault, by: { at: NOW, actor, random: systemRandom } });
  const grant = (run: string, subjects: readonly string[]) => actOnRun({ ...as('system') }, { ...asking, run, asOf: 20310501 }, [subjects.map(granted)]);
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
  await database.close();
}

function granted(subject: string): ToAct {
  return { change: { service: SERVICE, subject: 'person', row: 0, kind: 'new', wasFen: undefined, isFen: 80_000, clause: 'income' }, key: { service: SERVICE, subject }, household: null, areas: { registered: '990101', resident: '990101' }, standing: 'good', fact: '', unplaced: {} };
}
