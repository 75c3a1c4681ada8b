import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { systemClock } from '#adapters/clock/index.ts';
import { toDocx } from '#adapters/documents/index.ts';
import { readPack } from '#apps/server/read-pack.ts';
import type { PackReading } from '#apps/server/read-pack.ts';
import { findingsMemo, memoLabels } from '#engine/open-data/index.ts';
import { describeFinding, packDigest, printCitation } from '#engine/pack/index.ts';
import { describeAny, printAny } from '#engine/delivery/index.ts';
import { checkPeople } from '#engine/entitlement/index.ts';
import { interpretProgram, reviewStandards, runExamples } from '#engine/rules/index.ts';
import type { Finding } from '#engine/pack/index.ts';
import type { Diagnostic, Locale } from '#engine/kernel/index.ts';
import type { Command } from './command.ts';
import { EXIT } from './exit.ts';
import { refuse } from './refusal.ts';
import type { Terminal } from './terminal.ts';

/** Says what is wrong with the files of a pack (exit 1), else with the plan that it holds (exit 0). */
export const packCheckCommand: Command = {
  name: 'pack check',
  takes: ['FOLDER'],
  options: { docx: { type: 'string' } },
  run: async ({ terminal, option, given: [name = ''] }) => {
    const reading = readPack(resolve(name));
    if (reading.kind === 'pack-missing') return refuse(terminal, reading);
    const { texts } = reading.load;
    // Examples take seconds, so they are run here and not at each start; one that fails makes the pack faulty all the same.
    const examples = reading.kind === 'pack' ? runExamples(reading.linked.rules, interpretProgram) : undefined;
    const diagnostics = [...reading.load.diagnostics, ...(examples?.diagnostics ?? []), ...(reading.kind === 'pack' ? [...checkPeople(reading.linked.rules), ...reviewStandards(reading.linked.rules)] : [])];
    const good = reading.kind === 'pack' && !diagnostics.some(({ severity }) => severity === 'error');
    const findings = reading.kind === 'pack' ? reading.findings : [];
    const docx = option('docx');
    if (docx !== undefined && reading.kind === 'pack') {
      const problem = await writeMemo(resolve(docx), reading, terminal.locale);
      if (problem !== undefined) return terminal.refuse(EXIT.environment, 'file-unwritable', { file: resolve(docx), problem });
    }
    terminal.result([...diagnostics.map((one) => diagnosticItem(one, texts, terminal.locale)), ...findings.map((one) => findingItem(one, terminal.locale))], () => {
      for (const diagnostic of diagnostics) terminal.print(`${printAny(diagnostic, texts, terminal.locale)}\n`);
      printFindings(terminal, findings);
      if (examples) terminal.say('pack-check.examples', { count: examples.results.length, failed: examples.results.filter(({ holds }) => !holds).length });
      if (reading.kind === 'pack' && good) terminal.say('pack-check.good', { plan: reading.pack.plan.id, findings: findings.length });
      else terminal.say('pack-check.faulty', { count: diagnostics.filter(({ severity }) => severity === 'error').length });
      if (docx !== undefined && reading.kind === 'pack') terminal.say('pack-check.memo', { file: resolve(docx) });
    });
    return good ? EXIT.ok : EXIT.failed;
  },
};

const SEVERITIES = ['error', 'warning', 'info'] as const satisfies readonly Finding['severity'][];

/** The findings by how grave they are, each with its places as printed. */
function printFindings(terminal: Terminal, findings: readonly Finding[]): void {
  for (const severity of SEVERITIES) {
    const group = findings.filter((finding) => finding.severity === severity);
    if (group.length > 0) terminal.print(`── ${terminal.word(`pack-check.${severity}`, { count: group.length })}\n`);
    for (const finding of group) {
      const { title, explanation } = describeFinding(finding, terminal.locale);
      const places = finding.places.map(({ citation, file, line, raw }) => `    ${printCitation(citation)}  ${file}:${line}  “${raw}”`);
      terminal.print([`${finding.code}  ${title}`, `  ${explanation}`, ...places, ''].join('\n'));
    }
  }
}

/** One thing of the JSON: what is wrong with a file of the pack. */
function diagnosticItem(diagnostic: Diagnostic, texts: ReadonlyMap<string, string>, locale: Locale): unknown {
  const { code, severity, place: { file, line, column, endLine, endColumn } } = diagnostic;
  const { message, hint } = describeAny(diagnostic, locale);
  const text = texts.get(file)?.split('\n')[line - 1] ?? '';
  const raw = text.slice(column - 1, endLine === line ? endColumn - 1 : undefined);
  return { kind: 'diagnostic', code, severity, places: [{ citation: null, file, line, column, raw }], subjects: [], title: message, explanation: hint, plain: message };
}

/** One thing of the JSON: what is wrong with the plan itself. */
function findingItem(finding: Finding, locale: Locale): unknown {
  const { code, severity, subjects } = finding;
  const places = finding.places.map(({ citation, file, line, raw }) => ({ citation: printCitation(citation), file, line, raw }));
  return { kind: 'finding', code, severity, places, subjects, ...describeFinding(finding, locale) };
}

/** Writes the memo; gives the problem, if any. */
async function writeMemo(file: string, { pack, findings, files }: Extract<PackReading, { kind: 'pack' }>, locale: Locale): Promise<string | undefined> {
  const clock = systemClock();
  const memo = findingsMemo({ pack, findings, today: clock.today(pack.plan.calendar.zone), release: { digest: packDigest(files), activatedAt: clock.now() } }, locale);
  try {
    writeFileSync(file, await toDocx(memo, memoLabels(locale)));
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
