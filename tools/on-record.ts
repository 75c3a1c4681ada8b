import { openStore } from '#adapters/store/index.ts';

/** The readings of everybody's facts that the access log of a data folder has on record; nothing may have the folder open. */
export async function batchesOnRecord(folder: string, databaseUrl?: string): Promise<readonly string[]> {
  const opening = await openStore({ folder, databaseUrl }, '2031-01-01T00:00:00.000Z');
  if (opening.kind === 'refused') throw new Error(opening.refusal.kind);
  const rows = await opening.database.system('what is on record', (session) => session.selectFrom('access_log').select('batch').where('batch', 'is not', null).orderBy('at').execute());
  await opening.database.close();
  return rows.flatMap(({ batch }) => batch ?? []);
}

/** The notices that were given in a data folder; nothing may have the folder open. */
export async function noticesIn(folder: string): Promise<readonly { readonly service: string | null; readonly template: string }[]> {
  const opening = await openStore({ folder, databaseUrl: undefined }, '2031-01-01T00:00:00.000Z');
  if (opening.kind === 'refused') throw new Error(opening.refusal.kind);
  const rows = await opening.database.system('which notices were given', (session) => session.selectFrom('notice').select(['service', 'template']).execute());
  await opening.database.close();
  return rows;
}
