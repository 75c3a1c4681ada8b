import { parseArgs } from 'node:util';
import { judge } from './tck/judge.ts';
import { writePage } from './tck/page.ts';
import { entryOf, fallen, readLedger, writeLedger } from './tck/ledger.ts';
import { readKit } from './tck/read-case.ts';
import { suitesOf, tableOf, totalsOf } from './tck/report.ts';

/*
 * Runs a folder of the DMN TCK: `npm run -s tck -- [FOLDER] [--json] [--update]`.
 *
 * Exit 1 where something that the committed ledger says passes does not. `--update` writes the ledger and the table
 * of docs/conformance.md anew.
 */

const { values, positionals } = parseArgs({ allowPositionals: true, options: { json: { type: 'boolean' }, update: { type: 'boolean' } } });
const folder = positionals[0] ?? 'conformance/dmn-tck';
const verdicts = judge(readKit(folder));
if (values.update) {
  writeLedger(verdicts);
  writePage(verdicts);
}
const lost = fallen(verdicts, readLedger());
const open = verdicts.filter((verdict) => verdict.class !== 'pass').map((verdict) => ({ id: verdict.expectation.id, is: entryOf(verdict) }));

if (values.json) {
  console.log(JSON.stringify({ kit: folder, totals: totalsOf(verdicts), suites: suitesOf(verdicts), open, fallen: lost }));
} else {
  console.log(tableOf(verdicts));
  for (const { id, is } of open) console.log(`${id}: ${is}`);
  for (const { id, was, is } of lost) console.log(`fallen back: ${id}: ${was} -> ${is}`);
}
if (lost.length > 0) process.exitCode = 1;
