import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { baselineOf, consequencesOf, shownConsequence, shownEffect, simulate, stopsOf, totalNamed, USUAL_LIMITS } from '#engine/entitlement/index.ts';
import type { ServiceEffect, ShownConsequence, Simulation } from '#engine/entitlement/index.ts';
import { say } from '#engine/kernel/index.ts';
import type { CalendarDate, Diagnostic } from '#engine/kernel/index.ts';
import { printDiagnostic, readReform } from '#engine/pack/index.ts';
import type { Reform } from '#engine/pack/index.ts';
import { dayNumber, describeRuleDiagnostic } from '#engine/rules/index.ts';
import type { Call, Command } from './command.ts';
import { EXIT } from './exit.ts';
import type { Exit } from './exit.ts';
import { aboutWords, everybody, PEOPLE_OPTIONS, yuan } from './people.ts';
import type { Everybody } from './people.ts';
import { stopWords } from './told-totals.ts';

/** What a reform in a file would change for everybody, on the day asked for or the first on which all of it holds. */
export const simulateCommand: Command = {
  name: 'simulate',
  takes: ['FILE'],
  options: PEOPLE_OPTIONS,
  run: async (call) => {
    const { terminal, given: [name = ''] } = call;
    const file = resolve(name);
    const text = textOf(file);
    if (text === undefined) return terminal.refuse(EXIT.usage, 'file-missing', { file });
    const found = everybody(call);
    if (typeof found === 'number') return found;
    const { reform, diagnostics } = readReform(found.pack, basename(file), text);
    if (!reform) return faulty(call, diagnostics, (one) => printDiagnostic(one, new Map([[basename(file), text]]), terminal.locale));
    const asOf = found.isAsked ? found.asOf : firstDay(reform, found.asOf);
    terminal.note(terminal.word('everybody.deciding', { day: asOf }));
    const baseline = baselineOf(found.book, found.parsed, found.snapshot, dayNumber(asOf));
    const outcome = simulate(baseline, reform);
    if (outcome.kind === 'faulty') return faulty(call, outcome.diagnostics, (one) => describeRuleDiagnostic(one, terminal.locale).message);
    const { counts, movedFen } = outcome.changes;
    const stops = stopsOf(outcome.changes, USUAL_LIMITS);
    const consequences = consequencesOf(baseline, outcome, found.residuals).map(shownConsequence);
    terminal.result({ reform: reform.name, asOf, pack: { id: found.pack.plan.id, digest: found.digest }, people: found.about, counts, movedFen, stops, services: outcome.effects.map((effect, at) => ({ ...shownEffect(effect), ...consequences[at] })) }, () => printOutcome(call, found, asOf, { ...outcome, consequences }));
    return EXIT.ok;
  },
};

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/** The first day, not before a day, on which everything that a reform changes holds. */
function firstDay({ parameters, standards, openings, payers }: Reform, today: CalendarDate): CalendarDate {
  return [...parameters, ...standards, ...openings, ...payers].reduce((last, { from }) => (from > last ? from : last), today);
}

function faulty({ terminal }: Call, diagnostics: readonly Diagnostic[], print: (diagnostic: Diagnostic) => string): Exit {
  for (const one of diagnostics) terminal.note(print(one));
  return terminal.refuse(EXIT.failed, 'reform-faulty', { count: diagnostics.length });
}

function printOutcome(call: Call, found: Everybody, asOf: CalendarDate, { effects, changes, consequences }: Simulation & { readonly consequences: readonly ShownConsequence[] }): void {
  const { terminal } = call;
  terminal.print(aboutWords(call, found.about));
  if (effects.length === 0) terminal.print(terminal.word('simulate.nothing', { day: asOf }));
  for (const [at, effect] of effects.entries()) {
    printEffect(call, found, effect);
    const consequence = consequences[at];
    if (consequence) printConsequence(call, found, consequence);
  }
  for (const stop of stopsOf(changes, USUAL_LIMITS)) terminal.print(stopWords(terminal, stop));
}

function printEffect({ terminal }: Call, { pack }: Everybody, { service, before, after, counts, beforeFen, afterFen, cycle, payers }: ServiceEffect): void {
  const record = pack.services.get(service);
  terminal.print(terminal.word('simulate.line', { service: record ? say(record.name, terminal.locale) : service, before, after, new: counts.new, raised: counts.raised, lowered: counts.lowered, ended: counts.ended, unknown: counts['now-unknown'] }));
  if (beforeFen + afterFen > 0) terminal.print(`  ${terminal.word('simulate.money', { before: yuan(beforeFen), after: yuan(afterFen), difference: signed(afterFen - beforeFen), cycle: terminal.word(`cycle.${cycle ?? 'once'}`) })}`);
  for (const level of new Set(payers.map((payer) => payer.level))) {
    const own = payers.filter((payer) => payer.level === level);
    terminal.print(`  ${terminal.word('simulate.payer', { level: terminal.word(`level.${level}`), difference: signed(own.reduce((sum, one) => sum + one.afterFen - one.beforeFen, 0)) })}`);
  }
}

/** Cliffs before and after, and how far all of it may be off. */
function printConsequence({ terminal }: Call, { pack }: Everybody, { cliffs, error }: ShownConsequence): void {
  const count = (of: number | null): string => (of === null ? terminal.word('scope.few') : String(of));
  if (cliffs) terminal.print(`  ${terminal.word('simulate.cliffs', { before: count(cliffs.before.count), after: count(cliffs.after.count) })}`);
  switch (error.kind) {
    case 'everybody': return;
    case 'unknown': terminal.print(`  ${terminal.word('simulate.error-unknown')}`); return;
    case 'band': {
      const total = totalNamed(pack, error.worst);
      terminal.print(`  ${terminal.word('simulate.error-band', { percent: error.percent.toFixed(1), total: total ? say(total.name, terminal.locale) : error.worst })}`);
      return;
    }
    default: error satisfies never;
  }
}

const signed = (fen: number): string => (fen > 0 ? `+${yuan(fen)}` : yuan(fen));
