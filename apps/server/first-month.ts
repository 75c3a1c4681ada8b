import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { dayOfMonth, monthOf, USUAL_LIMITS } from '#engine/entitlement/index.ts';
import type { CalendarDate } from '#engine/kernel/index.ts';
import type { Pack } from '#engine/pack/index.ts';
import { dayNumber } from '#engine/rules/index.ts';
import { doGrantCommand } from './grants/command.ts';
import type { GrantAnswer, GrantOrder } from './grants/command.ts';
import type { InForce } from './grants/in-force.ts';
import { runInChild } from './run/spawn.ts';
import type { StoreHold } from './store-command.ts';

/** Whom the records of a demonstration name as those who let its first month go: accounts of its staff, two different ones for the money. */
export interface Hands {
  readonly accepts: string;
  readonly approves: string;
  readonly releases: string;
}

/** Undefined where the pack has not two who let money go: nothing is paid in its demonstration by itself. */
export function handsOf({ staff }: Pick<Pack, 'staff'>): Hands | undefined {
  const [approves, releases] = [...staff.values()].filter(({ roles }) => roles.includes('payments-approver')).map(({ id }) => id);
  const accepts = [...staff.values()].find(({ roles }) => roles.includes('payments-preparer'))?.id;
  return approves === undefined || releases === undefined || accepts === undefined ? undefined : { accepts, approves, releases };
}

export interface FirstMonth {
  readonly hold: StoreHold;
  readonly folder: string;
  readonly pack: string;
  readonly today: CalendarDate;
  /** Undefined where the pack has not the people for it: nothing is lived through then. */
  readonly hands: Hands | undefined;
  /** Ends it between two steps, and the process that decides at once; what was done stays. */
  readonly signal: AbortSignal;
}

/** How many grants were made and how many payments let go. */
export interface FirstMonthLived {
  readonly granted: number;
  readonly paid: number;
}

/**
 * Lives through the first month of a demonstration as a city does: everybody is decided, granted, and what two people let
 * go is paid. Gives what it came to; undefined where something was decided here before, or it was ended on the way.
 *
 * Each step is the command that staff would give, and is on record as theirs. A minute or so; the city answers meanwhile.
 * One that was cut off goes on at the next start.
 */
export async function liveFirstMonth(life: FirstMonth): Promise<FirstMonthLived | undefined> {
  const { hold, folder, pack, today, hands, signal } = life;
  if (!hands) return undefined;
  const [month, place, mark] = [monthOf(dayNumber(today)), { folder, pack }, join(folder, 'first-month')];
  const order = <Kind extends GrantAnswer['kind']>(kind: Kind, what: GrantOrder): Promise<Extract<GrantAnswer, { kind: Kind }>> => ordered(hold, kind, what);
  const { inForce } = await order('in-force', { do: 'in-force', ...place, month });
  const begun = existsSync(mark) ? readFileSync(mark, 'utf8') : undefined;
  if (begun === undefined ? Object.keys(inForce.services).length > 0 : begun !== String(month)) return undefined;
  writeFileSync(mark, String(month));
  const run = await decided(life, inForce);
  if (run === undefined) return undefined;
  await order('done', { do: 'note-run', folder, run });
  const acted = await doGrantCommand(hold, { do: 'act', ...place, run, accepted: true, as: hands.accepts });
  if (acted.kind !== 'acted' && acted.kind !== 'acted-before') throw stoppedAt('act', acted);
  if (signal.aborted) return undefined;
  await order('booked', { do: 'book', ...place, month });
  await order('batches', { do: 'prepare', ...place, month });
  const { batches } = await order('batches', { do: 'list', month });
  for (const { id, stage } of batches) {
    if (signal.aborted) return undefined;
    // oxlint-disable-next-line no-await-in-loop -- one batch after the other, as two people sign them
    if (stage === 'prepared') await order('done', { do: 'approve', pack, batch: id, as: hands.approves });
    // oxlint-disable-next-line no-await-in-loop -- as above
    if (stage === 'prepared' || stage === 'approved') await order('done', { do: 'release', pack, batch: id, as: hands.releases });
  }
  writeFileSync(mark, 'lived');
  return { granted: acted.counts.set.count, paid: batches.reduce((sum, { items }) => sum + items, 0) };
}

/** The run that decides everybody against what is in force; undefined where it was ended. */
async function decided({ hold, folder, pack, today, signal }: FirstMonth, inForce: InForce): Promise<string | undefined> {
  try {
    const reply = await runInChild({ pack, data: folder, asOf: dayOfMonth(monthOf(dayNumber(today))), limits: USUAL_LIMITS, knownAt: hold.clock.now(), threads: Math.max(1, availableParallelism() - 1), before: { kind: 'grants', inForce } }, { signal });
    return reply.kind === 'finished' && !signal.aborted ? reply.run : undefined;
  } catch (error) {
    if (signal.aborted) return undefined;
    throw error;
  }
}

async function ordered<Kind extends GrantAnswer['kind']>(hold: StoreHold, kind: Kind, what: GrantOrder): Promise<Extract<GrantAnswer, { kind: Kind }>> {
  const answer = await doGrantCommand(hold, what);
  if (isOf(answer, kind)) return answer;
  throw stoppedAt(what.do, answer);
}

function stoppedAt(step: GrantOrder['do'], { kind }: GrantAnswer): Error {
  return new Error(`the first month of the demonstration stopped at ${step}: ${kind}`);
}

function isOf<Kind extends GrantAnswer['kind']>(answer: GrantAnswer, kind: Kind): answer is Extract<GrantAnswer, { kind: Kind }> {
  return answer.kind === kind;
}
