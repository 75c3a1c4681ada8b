import { CLASSES } from './judge.ts';
import type { Class, Verdict } from './judge.ts';

/** Counts of expectations; feelin's are of those that it could be asked, beside ours of the same. */
export interface Totals extends Readonly<Record<Class, number>> {
  readonly expectations: number;
  /** Test cases, and how many have all their expectations met. */
  readonly cases: number;
  readonly casesPassed: number;
  /** Passes by who answered: the typed profile, which is interpreter and closure alike, or the dynamic evaluator; and how many of the former rules of services may say too. */
  readonly profile: number;
  readonly form: number;
  readonly services: number;
  readonly feelin: { readonly asked: number; readonly pass: number; readonly ours: number };
}

export function totalsOf(verdicts: readonly Verdict[]): Totals {
  const count = (holds: (verdict: Verdict) => boolean): number => verdicts.filter(holds).length;
  const passes = (verdict: Verdict): boolean => verdict.class === 'pass';
  const cases = Map.groupBy(verdicts, (verdict) => verdict.expectation.testCase);
  return {
    expectations: verdicts.length, cases: cases.size, casesPassed: [...cases.values()].filter((all) => all.every(passes)).length,
    ...byClass((found) => count((verdict) => verdict.class === found)),
    profile: count((verdict) => passes(verdict) && verdict.answered === 'profile'), form: count((verdict) => passes(verdict) && verdict.answered === 'form'), services: count((verdict) => passes(verdict) && verdict.services),
    feelin: { asked: count((verdict) => verdict.feelin !== 'not-asked'), pass: count((verdict) => verdict.feelin === 'pass'), ours: count((verdict) => verdict.feelin !== 'not-asked' && passes(verdict)) },
  };
}

function byClass(count: (found: Class) => number): Readonly<Record<Class, number>> {
  const [pass, difference, out, fail] = CLASSES;
  return { pass: count(pass), difference: count(difference), out: count(out), fail: count(fail) };
}

/** A row for each suite, in the order of the kit. */
export function suitesOf(verdicts: readonly Verdict[]): readonly ({ readonly suite: string } & Totals)[] {
  return [...Map.groupBy(verdicts, (verdict) => verdict.expectation.suite)].map(([suite, own]) => ({ suite, ...totalsOf(own) }));
}

const share = (part: number, whole: number): string => (whole === 0 ? '–' : `${((100 * part) / whole).toFixed(1)} %`);

/** The totals as a table in Markdown, a line for each suite and one for all. */
export function tableOf(verdicts: readonly Verdict[]): string {
  const row = (name: string, { expectations, pass, profile, form, services, difference, out, fail, feelin }: Totals): string =>
    `| ${[name, expectations, pass, profile, services, form, difference, out, fail, feelin.asked === 0 ? '–' : `${String(feelin.pass)} of ${String(feelin.asked)}`].join(' | ')} |`;
  const total = totalsOf(verdicts);
  return [
    '| suite | expectations | pass | typed: interpreter and closure | of these rules of services too | dynamic evaluator | documented difference | out of profile | fail | feelin |',
    '| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |',
    ...suitesOf(verdicts).map(({ suite, ...own }) => row(suite, own)),
    row(`**all**: ${share(total.pass, total.expectations)}`, total), '',
    `Test cases with all their expectations met: ${String(total.casesPassed)} of ${String(total.cases)}. Of the ${String(total.feelin.asked)} expectations that feelin can be asked it meets ${String(total.feelin.pass)} (${share(total.feelin.pass, total.feelin.asked)}), we meet ${String(total.feelin.ours)} (${share(total.feelin.ours, total.feelin.asked)}).`,
  ].join('\n');
}
