import { buildSnapshot } from './index.ts';
import { compileKernel, interpretProgram, runKernel, verdictsOf } from '#engine/rules/index.ts';
import type { Program, Schema, Situation, Verdict } from '#engine/rules/index.ts';

/** The verdicts of the kernel by service, in the order in which the things came in. */
export function decided(schema: Schema, program: Program, situation: Situation, primary: string | undefined): ReadonlyMap<string, readonly Verdict[]> {
  const snapshot = buildSnapshot(schema, situation, primary);
  return new Map(runKernel(compileKernel(program, snapshot.layout), snapshot).map((answers) => {
    const order = snapshot.order.get(answers.decision.subject) ?? new Int32Array();
    const byRow = verdictsOf(answers);
    const byPlace: Verdict[] = [];
    order.forEach((place, row) => { const verdict = byRow[row]; if (verdict) byPlace[place] = verdict; });
    return [answers.decision.service, byPlace];
  }));
}

/** What the interpreter says about the same. */
export function meant(program: Program, situation: Situation): ReadonlyMap<string, readonly Verdict[]> {
  return new Map(program.decisions.map(({ service, subject }) => [service, (situation.get(subject) ?? []).map((_, place) => interpretProgram(program, situation, service, place))]));
}
