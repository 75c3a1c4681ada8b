import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Verdict } from './judge.ts';

/** Every expectation by suite, with how it came out when the ledger was last written. */
export type Ledger = Readonly<Record<string, Readonly<Record<string, string>>>>;

export const LEDGER = join(import.meta.dirname, '../../conformance/ledger.json');

/** One line of the ledger: `pass profile closure services`, `difference form refused-at-compile-time …`; and feelin beside it. */
export function entryOf({ class: found, answered, closure, services, reason, feelin }: Verdict): string {
  return [found, answered, ...(closure ? ['closure'] : []), ...(services ? ['services'] : []), ...(reason === undefined ? [] : [reason]), '| feelin', feelin].join(' ');
}

const keyOf = ({ expectation: { id, suite } }: Verdict): string => id.slice(suite.length + 1);

export function readLedger(): Ledger {
  const read: unknown = JSON.parse(readFileSync(LEDGER, 'utf8'));
  return isLedger(read) ? read : {};
}

function isLedger(read: unknown): read is Ledger {
  return typeof read === 'object' && read !== null && Object.values(read).every((suite) => typeof suite === 'object' && suite !== null && Object.values(suite).every((entry) => typeof entry === 'string'));
}

export function writeLedger(verdicts: readonly Verdict[]): void {
  const suites = new Map<string, Record<string, string>>();
  for (const verdict of verdicts) suites.set(verdict.expectation.suite, { ...suites.get(verdict.expectation.suite), [keyOf(verdict)]: entryOf(verdict) });
  writeFileSync(LEDGER, `${JSON.stringify(Object.fromEntries(suites), null, 1)}\n`);
}

/** What the ledger says passes and does not, or no longer by the execution that it names; what it does not know has not fallen. */
export function fallen(verdicts: readonly Verdict[], ledger: Ledger): readonly { readonly id: string; readonly was: string; readonly is: string }[] {
  return verdicts.flatMap((verdict) => {
    const was = ledger[verdict.expectation.suite]?.[keyOf(verdict)];
    const is = entryOf(verdict);
    return was?.startsWith('pass') && !heldUp(was, is) ? [{ id: verdict.expectation.id, was, is }] : [];
  });
}

/** Still passing, and by no weaker execution than before. */
function heldUp(was: string, is: string): boolean {
  const words = (entry: string): readonly string[] => (entry.split(' | ')[0] ?? '').split(' ');
  return words(was).every((word) => word === 'form' || words(is).includes(word));
}
