import { sql } from 'kysely';
import type { Observation } from '#engine/indicator/index.ts';
import { parseDecimal, printDecimal } from '#engine/kernel/index.ts';
import type { Session } from './database.ts';

/** An observation with the run that says who is entitled. */
export type StoredObservation = Observation & { readonly run: string; readonly observedAt: string };

/** To how many grants of each service money has left for a month, less what came back. */
export async function receivingIn(session: Session, services: readonly string[], month: number): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ service: string; count: number }>`
    select service, count(*)::integer as count from (
      select service, subject_key from ledger_line where period = ${month} and kind in ('paid', 'returned') and service = any (${[...services]}::text[])
      group by service, subject_key having sum(amount_fen) < 0) paid
    group by service`.execute(session);
  return new Map(rows.map(({ service, count }) => [service, count]));
}

/** Keeps an observation. One that says no more than the last of its month and run is not kept again. */
export async function keepObservation(session: Session, { indicator, month, run, numerator, denominator, value, formula, of, observedAt }: StoredObservation): Promise<void> {
  const last = await session.selectFrom('observation').select(['numerator', 'denominator', 'formula']).where('indicator', '=', indicator).where('month', '=', month).where('run', '=', run).orderBy('number', 'desc').limit(1).executeTakeFirst();
  if (last && last.numerator === numerator && last.denominator === denominator && last.formula === formula) return;
  await session.insertInto('observation').values({ indicator, month, run, numerator, denominator, value: value ? printDecimal(value) : null, formula, reached: JSON.stringify(of), observed_at: observedAt }).execute();
}

/** The observations of an indicator, the oldest first. */
export async function observationsOf(session: Session, indicator?: string): Promise<readonly StoredObservation[]> {
  const rows = await session.selectFrom('observation').selectAll().$if(indicator !== undefined, (query) => query.where('indicator', '=', indicator ?? '')).orderBy('month').orderBy('number').execute();
  return rows.map((row) => ({
    indicator: row.indicator, month: row.month, run: row.run, numerator: row.numerator, denominator: row.denominator, value: row.value === null ? undefined : parseDecimal(row.value),
    formula: row.formula, of: row.reached, observedAt: row.observed_at,
  }));
}
