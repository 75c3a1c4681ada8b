import { buildSnapshot, restsOn, worldAround } from '#engine/population/index.ts';
import type { Asked, Snapshot } from '#engine/population/index.ts';
import { compileKernel, REASON, runKernel } from '#engine/rules/index.ts';
import type { Answers } from '#engine/rules/index.ts';
import { fenByRow } from './run.ts';
import type { Run } from './run.ts';
import { screenedSnapshot } from './screening.ts';

/**
 * A run in which some rows are decided again, by the same program, over people as they are now (contract 13: base and
 * dirty rows again). `dirty` gives rows by service, as `dirtyRows` does; everything else stays as it was decided.
 * The outcome is that of deciding everybody again.
 */
export function decideAgain(run: Run, people: Snapshot, dirty: ReadonlyMap<string, readonly number[]>): Run {
  const { program } = run;
  const snapshot = screenedSnapshot(program, people);
  const rests = restsOn(program);
  const asked = program.decisions.flatMap(({ service, subject }) => (dirty.get(service) ?? []).map((row): Asked & { readonly service: string } => ({ service, entity: subject, row, reaches: rests.get(service) ?? [] })));
  if (asked.length === 0) return run;
  const world = worldAround(snapshot, asked);
  // A small city of everything that the dirty rows may rest on; of whatever else is in it nobody asks.
  const small = buildSnapshot(program.schema, world.situation, undefined);
  const again = new Map(runKernel(compileKernel(program, small.layout), small).map((answers) => [answers.decision.service, { reasons: answers.reasons, fen: fenByRow(answers) }]));
  const places = new Map<string, (readonly [row: number, place: number])[]>();
  for (const [at, { service, row }] of asked.entries()) places.set(service, [...(places.get(service) ?? []), [row, world.places[at] ?? 0]]);
  return { program, answers: new Map([...run.answers].map(([service, answers]) => {
    const own = places.get(service);
    const fresh = again.get(service);
    return [service, own && fresh ? patched(answers, own, fresh) : answers] as const;
  })) };
}

function patched(answers: Answers, places: readonly (readonly [row: number, place: number])[], fresh: { readonly reasons: Uint8Array; readonly fen: Float64Array | undefined }): Answers {
  const reasons = answers.reasons.slice();
  const fen = fenByRow(answers);
  for (const [row, place] of places) {
    reasons[row] = fresh.reasons[place] ?? REASON.no;
    if (fen) fen[row] = fresh.fen?.[place] ?? 0;
  }
  return { ...answers, reasons, amounts: fen?.filter((_, row) => reasons[row] === REASON.yes) };
}
