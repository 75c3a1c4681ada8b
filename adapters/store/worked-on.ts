import { sql } from 'kysely';
import type { Session } from './database.ts';

/** Whether the one who acts has worked on a case that an application in this stream challenges. It shows nothing of that case. */
export async function hasWorkedOn(session: Session, stream: string): Promise<boolean> {
  const { rows } = await sql<{ worked: boolean }>`select minsheng.has_worked_on(${stream}) as worked`.execute(session);
  return rows[0]?.worked ?? false;
}
