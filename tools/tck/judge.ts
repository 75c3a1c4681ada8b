import { dmn, form } from '#engine/rules/index.ts';
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
  /** Who answered first: the typed profile (interpreter and compiled closure), or the dynamic evaluator of forms. */
  readonly answered: 'profile' | 'form';
  /** Where the typed profile answered: whether the compiled closure agrees, and whether rules of services may say it too. */
  readonly closure: boolean;
  readonly services: boolean;
  readonly feelin: 'pass' | 'fail' | 'not-asked';
  /** Whether forms give what the kit expects, whoever answered first. */
  readonly forms: boolean;
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
  const { expected } = expectation;
  const judgedForms = judged(expectation, decidedBy(expectation, engine));
  const found = { expectation, feelin: feelinOf(expectation, engine), forms: judgedForms.class === 'pass' } as const;
  const typed = askProfile(expectation);
  // An answer that the closure does not give is no answer of the profile; `tck.test.ts` says that there is none.
  if (typed.kind === 'answer' && typed.closure) {
    const by = { ...found, answered: 'profile', closure: true, services: typed.services } as const;
    return isSame(expected, typed.value) ? { ...by, class: 'pass' } : { ...by, class: 'difference', reason: 'profile-answers-otherwise' };
  }
  return { ...found, answered: 'form', closure: false, services: false, ...judgedForms };
}

function feelinOf(expectation: Expectation, engine: dmn.Engine): Verdict['feelin'] {
  const beside = askFeelin(expectation, engine);
  if (beside === undefined) return 'not-asked';
  return beside.kind === 'answer' && isSame(expectation.expected, beside.value) ? 'pass' : 'fail';
}

/** The value that the expectation asks for: of a service with several outputs the one it names. */
function decidedBy({ kind, name, output, inputs }: Expectation, engine: dmn.Engine): dmn.Decided | undefined {
  if (kind === 'decision') return engine.decide(name, inputs);
  const decided = engine.serve(name, inputs);
  const { value = null } = decided ?? {};
  const one = form.is(value, 'context') && output !== name ? value.entries.get(output) : undefined;
  return decided && one !== undefined ? { ...decided, value: one } : decided;
}

function judged({ expected, model }: Expectation, decided: dmn.Decided | undefined): Pick<Verdict, 'class' | 'reason'> {
  const [problem] = decided?.problems ?? [];
  if (decided && !problem && isSame(expected, decided.value)) return { class: 'pass' };
  if (problem && expected === null) return { class: 'difference', reason: `refused-at-compile-time ${problem.code}` };
  if (isForeign(model)) return { class: 'out', reason: 'function-in-another-language' };
  return { class: 'fail', reason: decided?.stopped ? 'stopped' : (problem?.code ?? 'answer-differs') };
}

/** Whether a model calls what is written in another language. */
function isForeign({ functions, decisions }: dmn.Model): boolean {
  const inside = (logic: unknown): boolean => typeof logic === 'object' && logic !== null && (('external' in logic && logic.external === true) || Object.values(logic).some(inside));
  return functions.some((one) => one.logic === undefined) || [...functions, ...decisions].some((one) => inside(one.logic) || (one.logic?.kind === 'literal' && /\bexternal\s*\{/.test(one.logic.text)));
}
