import type { CalendarDate, Diagnostic } from '#engine/kernel/index.ts';
import { checkReform, loadPack, sourceAt } from '#engine/pack/index.ts';
import type { HistoryEntry, Pack, PackFiles, Reform } from '#engine/pack/index.ts';
import { Draft, errorsIn, layPayers, layStandard, layValue, withHistory, withSource } from '../edit/index.ts';
import { PROPOSED } from '../reform.ts';
import type { FaultyReform } from '../simulate.ts';
import { reformText } from './text.ts';

/** When a reform is to hold, and who says so on which day. */
export interface Order {
  readonly on: CalendarDate;
  readonly by: string;
  readonly at: CalendarDate;
  /** What the simulation of it said; undefined where it was not tried. */
  readonly tried?: HistoryEntry['tried'];
}

/** A pack in which a reform is scheduled. */
export interface Scheduled {
  readonly kind: 'scheduled';
  /** The id of the entry in the history. */
  readonly id: string;
  /** The reform with the day on which it holds. */
  readonly reform: Reform;
  readonly files: PackFiles;
}

/**
 * The pack in which a reform holds from a day on: its parameters get new values, its services a new standard or new
 * payers from that day, and what holds until then ends the day before. Until that day nothing changes; from it on
 * everything is decided as the simulation of the reform decides it. The history holds the reform and what it replaced.
 *
 * The day lies ahead of the day of the order. What the reform says itself of the first day gives way to it; a reform
 * whose parts begin on different days is refused, for it is not one change. Also refused is what the pack would be
 * faulty with: a name it does not have, a rule that does not hold together, an example that comes out otherwise.
 */
export function scheduleReform(files: PackFiles, reform: Reform, order: Order): Scheduled | FaultyReform {
  const { pack } = loadPack(files);
  if (!pack) return faulty(errorsIn(files));
  const wrong = orderFaults(reform, order);
  if (wrong.length > 0) return faulty(wrong);
  const dated = heldFrom(reform, order.on);
  const unknown = checkReform(pack, dated, () => NOWHERE);
  if (unknown.length > 0) return faulty(unknown);
  const { draft, changes } = laid(pack, files, dated, order.at);
  if (changes.length === 0) return faulty([fault('reform-changes-nothing', {})]);
  const history = withHistory(draft.text(HISTORY), pack.history.keys(), [{ kind: 'reform', at: order.at, by: order.by, name: reform.name, on: order.on, reform: reformText(dated), changes, tried: order.tried }]);
  draft.set(HISTORY, history.text);
  const after = draft.files();
  const errors = errorsIn(after);
  return errors.length > 0 ? faulty(errors) : { kind: 'scheduled', id: history.ids[0] ?? '', reform: dated, files: after };
}

export const HISTORY = 'history.yaml';
/** What concerns the reform as a whole, wherever it was written. */
const NOWHERE = { file: 'reform.yaml', line: 1, column: 1, endLine: 1, endColumn: 1 } as const;

const faulty = (diagnostics: readonly Diagnostic[]): FaultyReform => ({ kind: 'faulty', diagnostics });

function fault(code: ScheduleFault, data: Diagnostic['data']): Diagnostic {
  return { code, severity: 'error', place: NOWHERE, data };
}

type ScheduleFault = 'reform-changes-nothing' | 'reform-not-ahead' | 'reform-days-differ' | 'reform-ends-before';

function orderFaults({ parameters, standards, payers }: Reform, { on, at }: Order): readonly Diagnostic[] {
  const days = [...new Set([...parameters, ...standards, ...payers].map(({ from }) => from))].sort();
  const ends = parameters.flatMap(({ until }) => (until !== undefined && until < on ? [until] : []));
  return [
    ...(on > at ? [] : [fault('reform-not-ahead', { on, at })]),
    ...(days.length < 2 ? [] : [fault('reform-days-differ', { days: days.join(' ') })]),
    ...ends.map((until) => fault('reform-ends-before', { on, until })),
  ];
}

/** The reform with all of it from one day on. */
export function heldFrom(reform: Reform, on: CalendarDate): Reform {
  return { ...reform, parameters: reform.parameters.map((one) => ({ ...one, from: on })), standards: reform.standards.map((one) => ({ ...one, from: on })), payers: reform.payers.map((one) => ({ ...one, from: on })) };
}

type Change = NonNullable<HistoryEntry['changes']>[number];

/** The files with the reform in them, and what stands in each instead of what stood there. */
function laid(pack: Pack, files: PackFiles, { name, parameters, standards, payers }: Reform, at: CalendarDate): { readonly draft: Draft; readonly changes: Change[] } {
  const draft = new Draft(files);
  const touched = new Map<string, Set<string>>();
  let own: string | undefined;
  // A reform that names no document stands as what it is: a change that somebody scheduled.
  const source = (): string => {
    if (own !== undefined) return own;
    const made = withSource(draft.text('sources.yaml'), 'R', { kind: 'reform', title: name.zh, date: at, seen: undefined });
    draft.set('sources.yaml', made.text);
    own = made.id;
    return made.id;
  };
  const lay = (file: string | undefined, key: string, change: (text: string, file: string) => string): void => {
    if (file === undefined) return;
    const before = draft.text(file);
    draft.edit(file, change);
    if (draft.text(file) !== before) touched.set(file, (touched.get(file) ?? new Set()).add(key));
  };
  for (const { parameter, ...value } of parameters) lay(pack.parameters.get(parameter)?.place.file, 'values', (text, file) => layValue(text, file, { ...value, source: value.source ?? source(), confidence: value.confidence ?? PROPOSED.confidence }));
  for (const one of standards) lay(pack.services.get(one.service)?.place.file, 'standard', (text, file) => layStandard(text, file, one));
  for (const one of payers) lay(pack.services.get(one.service)?.place.file, 'payers', (text, file) => layPayers(text, file, { from: one.from, shares: one.shares, source: one.source ?? source(), confidence: one.confidence ?? PROPOSED.confidence }));
  const old = new Draft(files);
  const changes = [...touched].flatMap(([file, keys]) => [...keys].map((key): Change => ({ file, key, before: sourceAt(old.text(file), [key]), after: sourceAt(draft.text(file), [key]) })));
  return { draft, changes };
}
