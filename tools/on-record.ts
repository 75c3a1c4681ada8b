import { openStore } from '#adapters/store/index.ts';

/** The readings of everybody's facts that the access log of a data folder has on record; nothing may have the folder open. */
export async function batchesOnRecord(folder: string, databaseUrl?: string): Promise<readonly string[]> {
  const opening = await openStore({ folder, databaseUrl }, '2031-01-01T00:00:00.000Z');
  if (opening.kind === 'refused') throw new Error(opening.refusal.kind);
  const rows = await opening.database.system('what is on record', (session) => session.selectFrom('access_log').select('batch').where('batch', 'is not', null).orderBy('at').execute());
  await opening.database.close();
  return rows.flatMap(({ batch }) => batch ?? []);
}
