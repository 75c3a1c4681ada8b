import { sql } from 'kysely';
import type { CalendarDate } from '#engine/kernel/index.ts';
import type { Session } from './database.ts';

/** Looks of one day by one person for one purpose through one door, counted. */
export interface LookCount {
  readonly on: CalendarDate;
  /** `resident`, `machine`, or `staff` and the account behind a space. */
  readonly by: string;
  readonly department: string | null;
  readonly purpose: string;
  readonly through: string;
  readonly looks: number;
  readonly people: number;
  readonly everybody: number;
}

/** Which days of a time zone, both included, and by whom. */
export interface LooksWanted {
  readonly zone: string;
  readonly from: CalendarDate;
  readonly until: CalendarDate;
  readonly by: string | undefined;
  readonly limit: number;
}

/** Residents are one: the keys of people are left where they are. */
const WHO = sql`case when department is not null then 'staff ' || actor when actor like 'staff:%' then 'staff ' || substring(actor from 7) when actor = 'system' then 'machine' else 'resident' end`;

/** Who looked when, for what and through what, the latest day first: no key of anybody leaves the database. */
export async function countLooks(session: Session, { zone, from, until, by, limit }: LooksWanted): Promise<readonly LookCount[]> {
  const { rows } = await sql<LookCount>`
    select to_char(at at time zone ${zone}::text, 'YYYY-MM-DD') as "on", ${WHO} as "by", department, purpose, through,
      count(*)::integer as looks, count(distinct subject_key)::integer as people, count(batch)::integer as everybody
    from access_log where ${within({ zone, from, until })} and (${by ?? null}::text is null or ${WHO} = ${by ?? null})
    group by 1, 2, 3, 4, 5 order by 1 desc, 7 desc, 2, 4, 5 limit ${limit}`.execute(session);
  return rows;
}

/** How often each looked in these days, and on how many lines `countLooks` tells it. */
export async function lookersIn(session: Session, wanted: Omit<LooksWanted, 'by' | 'limit'>): Promise<readonly { readonly by: string; readonly looks: number; readonly lines: number }[]> {
  const { rows } = await sql<{ by: string; looks: number; lines: number }>`
    select "by", sum(looks)::integer as looks, count(*)::integer as lines from (
      select ${WHO} as "by", count(*) as looks from access_log where ${within(wanted)}
      group by 1, to_char(at at time zone ${wanted.zone}::text, 'YYYY-MM-DD'), department, purpose, through) as line
    group by 1 order by 2 desc, 1`.execute(session);
  return rows;
}

function within({ zone, from, until }: Pick<LooksWanted, 'zone' | 'from' | 'until'>): ReturnType<typeof sql> {
  return sql`at >= ${from}::date::timestamp at time zone ${zone}::text and at < (${until}::date + 1)::timestamp at time zone ${zone}::text`;
}
