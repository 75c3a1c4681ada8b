import type { Database } from './database.ts';

/** Whether a city has a case of anybody: something was granted, asked, or done for somebody. */
export async function hasCases(database: Database): Promise<boolean> {
  return database.system('has anything been done', async (session) => (await session.selectFrom('log_entry').select('stream').where('stream', 'like', 'case/%').limit(1).executeTakeFirst()) !== undefined);
}
