import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Verdict } from './judge.ts';
import { tableOf } from './report.ts';

const PAGE = join(import.meta.dirname, '../../docs/conformance.md');
const [START, END] = ['<!-- made by npm run -s tck -- --update -->', '<!-- end of what is made -->'];

/** The page with its table as the runner finds it now. */
export function pageWith(verdicts: readonly Verdict[]): string {
  const page = readFileSync(PAGE, 'utf8');
  const [before = '', rest = ''] = page.split(START);
  return `${before}${START}\n\n${tableOf(verdicts)}\n\n${END}${rest.split(END)[1] ?? ''}`;
}

export const pageAsWritten = (): string => readFileSync(PAGE, 'utf8');

export function writePage(verdicts: readonly Verdict[]): void {
  writeFileSync(PAGE, pageWith(verdicts));
}
