import { dirname, resolve } from 'node:path';
import { systemClock } from '#adapters/clock/index.ts';
import { isStored, listReleases, loadSnapshot, openOverlay, openSnapshot } from '#adapters/columns/index.ts';
import { isRefused, openSealing } from '#apps/server/sealing.ts';
import { keysOf, modeOf, packFolder } from '#apps/server/settings.ts';
import { readPack } from '#apps/server/read-pack.ts';
import { parseDate } from '#engine/kernel/index.ts';
import type { CalendarDate } from '#engine/kernel/index.ts';
import { packDigest } from '#engine/pack/index.ts';
import type { Pack } from '#engine/pack/index.ts';
import { collectSnapshot, drawCity, syntheticModel, TotalCounter, withOverlay } from '#engine/population/index.ts';
import type { Block, Residual, Snapshot } from '#engine/population/index.ts';
import { dayNumber, linkRules } from '#engine/rules/index.ts';
import type { ParseCache, RuleBook } from '#engine/rules/index.ts';
import type { Call, Command } from './command.ts';
import { EXIT } from './exit.ts';
import type { Exit } from './exit.ts';
import { refuse } from './refusal.ts';

/** What every command about everybody takes: the pack, the day, and who the people are. */
export const PEOPLE_OPTIONS = { pack: { type: 'string' }, 'as-of': { type: 'string' }, residents: { type: 'string' }, seed: { type: 'string' }, release: { type: 'string' }, 'known-at': { type: 'string' } } as const satisfies Command['options'];

const USUAL = { residents: 72_000, seed: 1 } as const;
const MOST_RESIDENTS = 10_000_000;

/** Who was decided: told with every figure. */
export type AboutPeople =
  | { readonly kind: 'synthetic'; readonly count: number; readonly seed: number; readonly version: number }
  | { readonly kind: 'release'; readonly count: number; readonly folder: string };

/** Everything a command about everybody needs. */
export interface Everybody {
  readonly pack: Pack;
  readonly digest: string;
  readonly book: RuleBook;
  readonly parsed: ParseCache;
  readonly snapshot: Snapshot;
  readonly about: AboutPeople;
  /** How they stand beside the published totals; undefined where they were not drawn. */
  readonly residuals: readonly Residual[] | undefined;
  /** The day that was asked for, else today where the plan is. */
  readonly asOf: CalendarDate;
  readonly isAsked: boolean;
}

/** Reads the pack and draws or loads its people; an exit code where that was refused, which has been told. */
export function everybody(call: Call): Everybody | Exit {
  const { terminal, env, option } = call;
  const reading = readPack(packFolder(env, option('pack')));
  if (reading.kind !== 'pack') return refuse(terminal, reading);
  const { pack, files } = reading;
  const asked = option('as-of');
  const asOf = asked === undefined ? systemClock().today(pack.plan.calendar.zone) : parseDate(asked);
  if (!asOf) return terminal.refuse(EXIT.usage, 'date-invalid', { option: '--as-of', value: asked ?? '' });
  const { book, parsed } = linkRules(pack);
  const people = peopleOf(call, pack, book, asOf);
  return typeof people === 'number' ? people : { pack, digest: packDigest(files), book, parsed, asOf, isAsked: asked !== undefined, ...people };
}

function peopleOf(call: Call, pack: Pack, book: RuleBook, asOf: CalendarDate): Pick<Everybody, 'snapshot' | 'about' | 'residuals'> | Exit {
  const release = call.option('release');
  return release === undefined ? drawn(call, pack, book, asOf) : loaded(call, book, resolve(release), { asOf, knownAt: call.option('known-at') ?? systemClock().now() });
}

function loaded({ terminal, env }: Call, book: RuleBook, folder: string, { asOf, knownAt }: { readonly asOf: CalendarDate; readonly knownAt: string }): Pick<Everybody, 'snapshot' | 'about' | 'residuals'> | Exit {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z$/.test(knownAt)) return terminal.refuse(EXIT.usage, 'date-invalid', { option: '--known-at', value: knownAt });
  const { schema } = book.vocabulary;
  // A release lies in a folder of its data folder, and so does the key file of a demonstration.
  const sealing = openSealing({ folder: dirname(folder), keys: keysOf(env), mode: modeOf(env) }, book.pack, 'read');
  if (isRefused(sealing)) return refuse(terminal, sealing);
  const stored = openSnapshot(folder, schema, { sealing });
  if (!isStored(stored)) return terminal.refuse(EXIT.environment, 'release-unusable', { folder }, { problem: `release.${stored.kind}` });
  const release = listReleases(folder, sealing).find(({ current }) => current);
  // Of a release, the facts as they hold on the day asked of and were known at the instant asked of.
  const corrections = release ? openOverlay(folder, release).corrections : [];
  const snapshot = withOverlay(loadSnapshot(stored, new Set(schema.facts.keys())), corrections, { factsOn: dayNumber(asOf), knownAt });
  return { snapshot, about: { kind: 'release', folder, count: countOf(snapshot) }, residuals: release?.about.drawn?.residuals };
}

/** People of whom nobody exists, as old as they are on the day asked for. */
function drawn({ terminal, option }: Call, pack: Pack, book: RuleBook, asOf: CalendarDate): Pick<Everybody, 'snapshot' | 'about' | 'residuals'> | Exit {
  const [residents, seed] = [wholeOf(option('residents'), USUAL.residents, MOST_RESIDENTS), wholeOf(option('seed'), USUAL.seed, 2 ** 31 - 1)];
  if (residents === undefined || seed === undefined) return terminal.refuse(EXIT.usage, 'whole-invalid', residents === undefined ? { option: '--residents', value: option('residents') ?? '', most: MOST_RESIDENTS } : { option: '--seed', value: option('seed') ?? '', most: 2 ** 31 - 1 });
  const model = syntheticModel(pack);
  if (!model) return terminal.refuse(EXIT.usage, 'no-synthetic-city', { plan: pack.plan.id });
  terminal.note(terminal.word('everybody.drawing', { residents, seed }));
  const { schema } = book.vocabulary;
  const totals = new TotalCounter(model);
  const snapshot = collectSnapshot(schema, model.people.living, counting(totals, drawCity(model, schema, { people: residents, seed, on: dayNumber(asOf) })));
  return { snapshot, about: { kind: 'synthetic', count: countOf(snapshot), seed, version: model.people.version }, residuals: totals.residuals() };
}

/** The same blocks, each counted on its way. */
function* counting(totals: TotalCounter, blocks: Iterable<Block>): Generator<Block> {
  for (const block of blocks) {
    totals.add(block);
    yield block;
  }
}

/** How many things there are of the kind that the households are made of. */
function countOf({ schema, layout, rows }: Snapshot): number {
  const entity = schema.links.get(layout.primary ?? '')?.from;
  return entity === undefined ? Math.max(0, ...rows.values()) : (rows.get(entity) ?? 0);
}

function wholeOf(text: string | undefined, usual: number, most: number): number | undefined {
  if (text === undefined) return usual;
  const value = /^\d{1,10}$/.test(text) ? Number(text) : NaN;
  return value >= 1 && value <= most ? value : undefined;
}

/** One line about who was decided, for people. */
export function aboutWords({ terminal }: Call, about: AboutPeople): string {
  return about.kind === 'synthetic' ? terminal.word('everybody.synthetic', { count: about.count, seed: about.seed, version: about.version }) : terminal.word('everybody.release', { count: about.count, folder: about.folder });
}

/** Fen as yuan: 1234.50. */
export const yuan = (fen: number): string => `${fen < 0 ? '-' : ''}${Math.trunc(Math.abs(fen) / 100)}.${String(Math.abs(fen) % 100).padStart(2, '0')}`;
