import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { parseDate } from '#engine/kernel/index.ts';
import { onePerEvent } from '#engine/voice/index.ts';
import type { Contact, ContactKind } from '#engine/voice/index.ts';
import type { Session } from '../database.ts';
import { contactText } from './read-model.ts';

export interface ContactRow {
  readonly kind: ContactKind;
  readonly stream: string;
  readonly number: number;
  readonly service: string | null;
  /** Null: of who decides the service. */
  readonly department: string | null;
  readonly at: string;
  readonly day: string;
}

/** What the principal has had to do with the city, the newest first. What is said to them about what they, or somebody for them, said or did is no contact. */
export async function contactsOf(session: Session, subjects: readonly string[], zone: string, departmentOf: (service: string | null) => string): Promise<readonly Contact[]> {
  const mine = sql`subject_key = any (${[...subjects]}::text[]) and `;
  const { rows } = await sql<ContactRow>`
    select found.*, to_char(found.at at time zone ${zone}, 'YYYY-MM-DD') as day from (
      select 'grant' as kind, stream, min(sequence) as number, split_part(stream, '/', 2) as service, null as department, min(at) as at from log_entry where ${mine} kind = 'grant-set' group by stream
      union all
      select 'notice', stream, number, service, null, given_at from notice where ${mine} service is not null and kind not in ('answered', 'done-for')
      union all
      select 'task', stream, number, service, department, state_at from task where ${mine} state = 'done'
      union all
      select 'payment', 'case/' || service || '/' || subject_key, min(line)::integer, service, null, min(booked_at) from ledger_line where ${mine} kind = 'paid' group by service, subject_key, cause
    ) found order by found.at desc, found.kind, found.stream, found.number`.execute(session);
  return onePerEvent(rows).flatMap((row) => {
    const [key, on] = [{ kind: row.kind, stream: row.stream, number: row.number }, parseDate(row.day)];
    return on ? [{ id: createHash('sha256').update(contactText(key)).digest('hex').slice(0, 16), key, service: row.service, department: row.department ?? departmentOf(row.service), on }] : [];
  });
}
