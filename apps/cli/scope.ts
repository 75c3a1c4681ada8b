import { baselineOf, consequencesOf, isHiddenCell, openingReform, scopeBoardOf, shownChangeList, shownEffect, shownScope, simulate } from '#engine/entitlement/index.ts';
import type { Baseline, ScopeBoard, ShownScope } from '#engine/entitlement/index.ts';
import { say } from '#engine/kernel/index.ts';
import { dayNumber } from '#engine/rules/index.ts';
import type { Call, Command } from './command.ts';
import { count as shown, printEffect } from './effect.ts';
import { EXIT } from './exit.ts';
import type { Exit } from './exit.ts';
import { aboutWords, everybody, PEOPLE_OPTIONS, yuan } from './people.ts';
import type { Everybody } from './people.ts';

/** Whom each service reaches and whom its scope leaves out; of one service, by county; of one cell, what opening it costs. */
export const scopeCommand: Command = {
  name: 'scope',
  takes: [],
  options: { service: { type: 'string' }, open: { type: 'string' }, county: { type: 'string' }, ...PEOPLE_OPTIONS },
  run: async (call) => {
    const { terminal, option } = call;
    const [service, group] = [option('service'), option('open')];
    if (group !== undefined && service === undefined) return terminal.refuse(EXIT.usage, 'scope-service-missing');
    const found = everybody(call);
    if (typeof found === 'number') return found;
    const { book, parsed, snapshot, asOf } = found;
    if (service !== undefined && !found.pack.services.has(service)) return terminal.refuse(EXIT.usage, 'service-unknown', { service });
    terminal.note(terminal.word('everybody.deciding', { day: asOf }));
    const baseline = baselineOf(book, parsed, snapshot, dayNumber(asOf));
    if (service !== undefined && group !== undefined) return opened(call, found, baseline, { service, group, area: option('county') });
    const board = scopeBoardOf(baseline);
    const rows = board.rows.filter((row) => service === undefined || row.service === service).map((row) => ({ service: row.service, subject: row.subject, cycle: row.cycle ?? null, paysMoney: row.paysMoney, ...shownScope(board, row) }));
    const undecided = [...found.pack.services.keys()].filter((id) => (service === undefined || id === service) && !board.rows.some((row) => row.service === id));
    terminal.result({ ...aboutOf(found), services: rows, undecided }, () => printBoard(call, found, board, { rows, undecided, inFull: service !== undefined }));
    return EXIT.ok;
  },
};

const aboutOf = ({ asOf, pack, digest, about }: Everybody): object => ({ asOf, pack: { id: pack.plan.id, digest }, people: about });

interface Shown {
  readonly rows: readonly (ShownScope & { readonly service: string; readonly paysMoney: boolean; readonly cycle: string | null })[];
  readonly undecided: readonly string[];
  /** Whether the counties are told one by one. */
  readonly inFull: boolean;
}

function printBoard(call: Call, found: Everybody, board: ScopeBoard, { rows, undecided, inFull }: Shown): void {
  const { terminal } = call;
  terminal.print(aboutWords(call, found.about));
  for (const row of rows) {
    terminal.print(terminal.word('scope.line', { service: nameOf(call, found, row.service), left: shown(call, row.leftOut), money: row.paysMoney ? terminal.word('scope.money', { amount: money(call, row.leftOutFen), cycle: terminal.word(`cycle.${row.cycle ?? 'once'}`) }) : '' }).trimEnd());
    for (const cell of inFull ? row.groups : []) terminal.print(`  ${terminal.word('scope.group', { group: groupOf(call, found, cell.group), reach: terminal.word(`scope.${cell.reach}`), people: shown(call, cell.people), entitled: shown(call, cell.entitled), left: shown(call, cell.leftOut) })}`);
    for (const { county, groups } of inFull ? row.counties : []) {
      const told = groups.filter(({ people }) => people !== 0).map((cell) => terminal.word('scope.cell', { group: groupOf(call, found, cell.group), left: shown(call, cell.leftOut) }));
      if (told.length > 0) terminal.print(`  ${terminal.word('scope.county', { county: countyOf(call, found, county), groups: told.join(' · ') })}`);
    }
  }
  if (undecided.length > 0) terminal.print(terminal.word(inFull ? 'scope.undecided-one' : 'scope.undecided', { count: undecided.length, of: board.rows.length + undecided.length }));
}

/** What opening one cell, or a group everywhere, would change. */
function opened(call: Call, found: Everybody, baseline: Baseline, cell: { readonly service: string; readonly group: string; readonly area: string | undefined }): Exit {
  const { terminal } = call;
  const known = found.pack.breakdowns.get('standing')?.groups.map(({ id }) => id) ?? [];
  if (!known.includes(cell.group)) return terminal.refuse(EXIT.usage, 'scope-group-unknown', { group: cell.group, groups: known.join(', ') });
  if (cell.area !== undefined && !found.pack.divisions.has(cell.area)) return terminal.refuse(EXIT.usage, 'scope-county-unknown', { county: cell.area });
  if (isHiddenCell(scopeBoardOf(baseline), cell)) return terminal.refuse(EXIT.failed, 'scope-few');
  const outcome = simulate(baseline, openingReform(cell, found.asOf));
  if (outcome.kind === 'faulty') return terminal.refuse(EXIT.failed, 'scope-not-opened', { group: cell.group });
  const consequences = consequencesOf(baseline, outcome, found.residuals);
  const effects = outcome.effects.flatMap((effect, at) => { const consequence = consequences[at]; return consequence ? [shownEffect(effect, consequence)] : []; });
  const { movedFen } = shownChangeList(outcome.changes, [], effects);
  terminal.result({ ...aboutOf(found), opened: cell, movedFen, services: effects }, () => {
    terminal.print(aboutWords(call, found.about));
    if (effects.length === 0) terminal.print(terminal.word('simulate.nothing', { day: found.asOf }));
    for (const effect of effects) {
      printEffect(call, found, effect);
      for (const payer of effect.payers.filter((one) => one.beforeFen !== one.afterFen)) terminal.print(`  ${terminal.word('simulate.payer', { level: `${terminal.word(`level.${payer.level}`)}${payer.county === undefined ? '' : ` ${countyOf(call, found, payer.county)}`}`, difference: payer.beforeFen === null || payer.afterFen === null ? terminal.word('scope.few') : yuan(payer.afterFen - payer.beforeFen) })}`);
    }
  });
  return EXIT.ok;
}

function nameOf({ terminal }: Call, { pack }: Everybody, service: string): string {
  const record = pack.services.get(service);
  return record ? say(record.name, terminal.locale) : service;
}

function countyOf({ terminal }: Call, { pack }: Everybody, county: string | null): string {
  const division = county === null ? undefined : pack.divisions.get(county);
  return division ? say(division.name, terminal.locale) : terminal.word('scope.nowhere');
}

function groupOf({ terminal }: Call, { pack }: Everybody, group: string | null): string {
  const found = pack.breakdowns.get('standing')?.groups.find(({ id }) => id === group);
  return found ? say(found.label, terminal.locale) : terminal.word('scope.no-group');
}

const money = ({ terminal }: Call, fen: number | null): string => (fen === null ? terminal.word('scope.few') : yuan(fen));
