import type { Step, Trace } from './trace-format.ts';

/**
 * The steps that a trace rests on, in their order: what its clauses and its amount lead to. The table that it stands on
 * is that of all services that were decided together, so it holds what was asked for others too.
 */
export function restsOn({ steps, clauses, amount }: Pick<Trace, 'steps' | 'clauses' | 'amount'>): readonly Step[] {
  const wanted = new Set<number>();
  const open = [...clauses.map(({ step }) => step), ...(amount === undefined ? [] : [amount])];
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    if (wanted.has(at)) continue;
    wanted.add(at);
    open.push(...(steps[at]?.of ?? []).map(({ step }) => step));
  }
  return steps.filter((_, at) => wanted.has(at));
}
