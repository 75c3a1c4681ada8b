import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { baselineOf, consequencesOf, shownChangeList, shownConsequence, shownEffect, simulate, stopsOf, totalNamed, USUAL_LIMITS } from '#engine/entitlement/index.ts';
import type { ShownChangeList, ShownConsequence, ShownEffect, Simulation } from '#engine/entitlement/index.ts';
import { say } from '#engine/kernel/index.ts';
import type { CalendarDate, Diagnostic } from '#engine/kernel/index.ts';
import { printDiagnostic, readReform } from '#engine/pack/index.ts';
import type { Reform } from '#engine/pack/index.ts';
import { dayNumber, describeRuleDiagnostic } from '#engine/rules/index.ts';
import type { Call, Command } from './command.ts';
import { count, printEffect, printLevels } from './effect.ts';
import { EXIT } from './exit.ts';
import type { Exit } from './exit.ts';
import { aboutWords, everybody, PEOPLE_OPTIONS } from './people.ts';
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
    const consequences = consequencesOf(baseline, outcome, found.residuals);
    const effects = outcome.effects.flatMap((effect, at) => { const consequence = consequences[at]; return consequence ? [{ effect: shownEffect(effect, consequence), whole: effect, consequence: shownConsequence(consequence) }] : []; });
    const changes = shownChangeList(outcome.changes, stopsOf(outcome.changes, USUAL_LIMITS), effects.map(({ effect }) => effect));
    terminal.result({ reform: reform.name, asOf, pack: { id: found.pack.plan.id, digest: found.digest }, people: found.about, ...changes, services: effects.map(({ effect, consequence }) => ({ ...effect, ...consequence })) }, () => printOutcome(call, found, asOf, { effects, changes }));
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

interface Outcome {
  readonly effects: readonly { readonly effect: ShownEffect; readonly whole: Simulation['effects'][number]; readonly consequence: ShownConsequence }[];
  readonly changes: ShownChangeList;
}

function printOutcome(call: Call, found: Everybody, asOf: CalendarDate, { effects, changes }: Outcome): void {
  const { terminal } = call;
  terminal.print(aboutWords(call, found.about));
  if (effects.length === 0) terminal.print(terminal.word('simulate.nothing', { day: asOf }));
  for (const { effect, whole, consequence } of effects) {
    printEffect(call, found, effect);
    printLevels(call, effect, whole.payers);
    printConsequence(call, found, consequence);
  }
  for (const { changed, ...stop } of changes.stops) terminal.print(changed === null ? terminal.word(`everybody.stop-${stop.of}-few`, { percent: stop.limitBp / 100 }) : stopWords(terminal, { ...stop, changed }));
}

/** Cliffs before and after, and how far all of it may be off. */
function printConsequence(call: Call, { pack }: Everybody, { cliffs, error }: ShownConsequence): void {
  const { terminal } = call;
  if (cliffs) terminal.print(`  ${terminal.word('simulate.cliffs', { before: count(call, cliffs.before.count), after: count(call, cliffs.after.count) })}`);
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
