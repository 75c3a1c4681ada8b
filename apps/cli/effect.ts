import { CHANGES } from '#engine/entitlement/index.ts';
import type { ShownChanges, ShownEffect } from '#engine/entitlement/index.ts';
import { say } from '#engine/kernel/index.ts';
import type { Call } from './command.ts';
import { yuan } from './people.ts';
import type { Everybody } from './people.ts';

/** Prints what a reform does to one service: how many, how much, and who pays how much more or less. */
export function printEffect(call: Call, { pack }: Everybody, { service, before, after, counts, beforeFen, afterFen, cycle }: ShownEffect): void {
  const { terminal } = call;
  const record = pack.services.get(service);
  terminal.print(terminal.word('simulate.line', { service: record ? say(record.name, terminal.locale) : service, before: count(call, before), after: count(call, after), ...countWords(call, counts) }));
  if (beforeFen === null || afterFen === null) {
    terminal.print(`  ${terminal.word('simulate.money-few')}`);
    return;
  }
  if (beforeFen + afterFen > 0) terminal.print(`  ${terminal.word('simulate.money', { before: yuan(beforeFen), after: yuan(afterFen), difference: signed(afterFen - beforeFen), cycle: terminal.word(`cycle.${cycle ?? 'once'}`) })}`);
}

/** Prints by how much each level pays more or less; its counties together. What few make is not told. */
export function printLevels({ terminal }: Call, effect: ShownEffect, whole: readonly { readonly level: ShownEffect['payers'][number]['level']; readonly beforeFen: number; readonly afterFen: number }[]): void {
  if (effect.beforeFen === null || effect.afterFen === null) return;
  for (const level of new Set(whole.map((payer) => payer.level))) {
    const own = whole.filter((payer) => payer.level === level);
    terminal.print(`  ${terminal.word('simulate.payer', { level: terminal.word(`level.${level}`), difference: signed(own.reduce((sum, one) => sum + one.afterFen - one.beforeFen, 0)) })}`);
  }
}

/** A number of people; null is few. */
export const count = ({ terminal }: Call, of: number | null): string => (of === null ? terminal.word('scope.few') : String(of));

export const signed = (fen: number): string => (fen > 0 ? `+${yuan(fen)}` : yuan(fen));

function countWords(call: Call, counts: ShownChanges): Readonly<Record<string, string>> {
  return Object.fromEntries(CHANGES.map((kind) => [kind === 'now-unknown' ? 'unknown' : kind, count(call, counts[kind])]));
}
