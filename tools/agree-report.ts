import type { Value, Verdict } from '#engine/rules/index.ts';
import { prepared } from '#engine/rules/testing/agree.ts';
import { told } from '#engine/rules/testing/shrink.ts';
import type { FormOutcome } from './agree-forms.ts';
import type { Finding, Outcome } from './agree-run.ts';

export interface Report extends Outcome {
  readonly seed: number;
  readonly programs: number;
  readonly people: number;
  readonly skipped: readonly string[];
  /** What expressions of forms came to, where they were asked. */
  readonly forms?: FormOutcome | undefined;
}

/** The report as one JSON object, or as lines to read. */
export function printed(report: Report, json: boolean): string {
  const { seed, programs, people, skipped, samples, verdicts, meantSeconds, executors, findings, faults, forms } = report;
  const peakMiB = Math.round(process.resourceUsage().maxRSS / 1024);
  if (json) return JSON.stringify({ bench: 'agree', seed, programs, people, samples, verdicts, meantSeconds, peakMiB, executors, skipped, faults, findings: findings.map(plainFinding), ...(forms ? { forms } : {}) });
  const total = verdicts.yes + verdicts.no + verdicts.unknown;
  return [
    `seeds ${String(seed)} to ${String(seed + programs - 1)}, ${String(people)} people each: ${String(samples)} samples, ${String(total)} verdicts (${String(verdicts.yes)} yes, ${String(verdicts.no)} no, ${String(verdicts.unknown)} unknown)`,
    `${'interpreter'.padEnd(11)} ${String(total).padStart(8)} rows    meant         ${meantSeconds.toFixed(1).padStart(8)} s`,
    ...executors.map((one) => `${one.name.padEnd(10)} ${String(one.rows).padStart(9)} rows ${String(one.differing).padStart(7)} differ ${one.seconds.toFixed(1).padStart(8)} s`),
    `at most ${String(peakMiB)} MiB`,
    ...(forms ? formLines(forms) : []),
    ...skipped.map((line) => `not run    ${line}`),
    ...faults.map((fault) => `fault      ${fault.executor} at seed ${String(fault.seed)}: ${fault.message}`),
    ...findings.flatMap((finding) => ['', ...Object.entries(plainFinding(finding)).map(([key, value]) => `${key.padEnd(10)} ${Array.isArray(value) ? value.join('\n           ') : String(value)}`)]),
  ].join('\n');
}

function formLines({ expressions, refused, closure, forms, findings }: FormOutcome): readonly string[] {
  const differing = (by: string): string => String(findings.filter((one) => one.by === by).length).padStart(7);
  const total = Object.values(refused).reduce((sum, next) => sum + next, 0);
  return [
    `forms      ${String(expressions).padStart(9)} expressions, ${String(total)} refused before anything is computed`,
    `  closure  ${String(closure).padStart(9)} values ${differing('closure')} differ, ${differing('type').trim()} beyond their type`,
    `  dynamic  ${String(forms).padStart(9)} values ${differing('forms')} differ`,
    ...findings.slice(0, 3).flatMap((one) => ['', ...Object.entries(one).map(([key, value]) => `${key.padEnd(11)} ${String(value)}`)]),
  ];
}

function plainFinding({ executor, seed, difference, smallest }: Finding) {
  return {
    executor,
    seed,
    service: difference.service,
    place: difference.place,
    meant: verdictText(difference.meant),
    found: difference.found === undefined ? 'nothing' : verdictText(difference.found),
    smallest: smallest.rules.flatMap((rule) => [`${rule.service} of ${rule.subject}`, ...rule.clauses.map((clause) => `  ${clause.id}: ${told(clause.when)}`), ...(rule.amount ? [`  amount: ${told(rule.amount)}`] : [])]),
    facts: factsOf({ smallest, difference }),
  };
}

/** What is known of the thing that the difference is about, as far as the smallest rules read it. */
function factsOf({ smallest, difference }: Pick<Finding, 'smallest' | 'difference'>): readonly string[] {
  const { schema, program, situation } = prepared(smallest);
  const subject = program.decisions.find((decision) => decision.service === difference.service)?.subject ?? '';
  const thing = situation.get(subject)?.[difference.place];
  const read = program.facts.filter((fact) => schema.facts.get(fact)?.entity === subject);
  return [...read.map((fact) => `${fact} = ${valueText(thing?.facts.get(fact))}`), ...[...(thing?.links ?? [])].map(([link, places]) => `${link} -> ${places.join(', ')}`)];
}

function valueText(value: Value | undefined): string {
  return value?.kind === 'known' ? String(value.value) : (value?.kind ?? 'unknown');
}

function verdictText(verdict: Verdict): string {
  return verdict.kind === 'yes' ? `yes${verdict.amountFen === undefined ? '' : `, ${String(verdict.amountFen)} fen`}` : `${verdict.kind} at ${verdict.clause}`;
}
