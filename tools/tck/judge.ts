import { dmn } from '#engine/rules/index.ts';
import { askFeelin } from './beside.ts';
import { isSame } from './compare.ts';
import { askProfile } from './profile.ts';
import type { Expectation } from './read-case.ts';

/** How an expectation came out. */
export interface Verdict {
  readonly expectation: Expectation;
  /**
   * `pass`: the answer is what the kit expects. `difference`: it is not, on purpose: the reason says which. `out`: it
   * needs what is no FEEL (a function in another language). `fail`: it is wrong.
   */
  readonly class: Class;
  readonly reason?: string | undefined;
  /** Which execution answered first: the typed profile of services' rules, or that of forms. */
  readonly answered: 'profile' | 'form';
  /** Where the profile answered: whether the compiled closure agrees. */
  readonly closure: boolean;
  readonly feelin: 'pass' | 'fail' | 'not-asked';
}

export const CLASSES = ['pass', 'difference', 'out', 'fail'] as const;
export type Class = (typeof CLASSES)[number];

/** Asks every expectation of all who can answer. */
export function judge(kit: readonly Expectation[]): readonly Verdict[] {
  const engines = new Map<dmn.Model, dmn.Engine>();
  return kit.map((expectation) => {
    const engine = engines.get(expectation.model) ?? dmn.engineOf(expectation.model, expectation.imported);
    engines.set(expectation.model, engine);
    return verdictOf(expectation, engine);
  });
}

function verdictOf(expectation: Expectation, engine: dmn.Engine): Verdict {
  const { kind, name, inputs, expected } = expectation;
  const typed = askProfile(expectation);
  const decided = kind === 'decision' ? engine.decide(name, inputs) : engine.serve(name, inputs);
  const beside = askFeelin(expectation, engine);
  const feelin = beside === undefined ? 'not-asked' : beside.kind === 'answer' && isSame(expected, beside.value) ? 'pass' : 'fail';
  const same = decided !== undefined && decided.problems.length === 0 && isSame(expected, decided.value);
  const found = { expectation, feelin, answered: 'form', closure: false } as const;
  if (typed.kind === 'answer') {
    const right = isSame(expected, typed.value);
    if (right) return { ...found, class: 'pass', answered: 'profile', closure: typed.closure };
    return { ...found, class: 'difference', answered: 'profile', reason: 'profile-answers-otherwise' };
  }
  if (same) return { ...found, class: 'pass' };
  if (decided && decided.problems.length > 0 && expected === null) return { ...found, class: 'difference', reason: `refused-at-compile-time ${decided.problems[0]?.code ?? ''}` };
  if (isForeign(expectation.model)) return { ...found, class: 'out', reason: 'function-in-another-language' };
  return { ...found, class: 'fail', reason: decided?.stopped ? 'stopped' : (decided?.problems[0]?.code ?? 'answer-differs') };
}

/** Whether a model calls what is written in another language. */
function isForeign({ functions, decisions }: dmn.Model): boolean {
  const inside = (logic: unknown): boolean => typeof logic === 'object' && logic !== null && (('external' in logic && logic.external === true) || Object.values(logic).some(inside));
  return functions.some((one) => one.logic === undefined) || [...functions, ...decisions].some((one) => inside(one.logic) || (one.logic?.kind === 'literal' && /\bexternal\s*\{/.test(one.logic.text)));
}
