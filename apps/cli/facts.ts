import { systemClock } from '#adapters/clock/index.ts';
import { appendOverlay, isStored, listReleases, loadSnapshot, openOverlay, openKeys, openRelease } from '#adapters/columns/index.ts';
import type { Release } from '#adapters/columns/index.ts';
import { releasesFolder } from '#apps/server/demo-release.ts';
import { isRefused, openSealing } from '#apps/server/sealing.ts';
import { readSettings } from '#apps/server/settings.ts';
import { parseDate } from '#engine/kernel/index.ts';
import { Numeral } from '#engine/pack/index.ts';
import { correctionFault, CORRECTION_SOURCES, encodingOf, groupAt } from '#engine/population/index.ts';
import type { Correction, Keys, Snapshot } from '#engine/population/index.ts';
import { dayNumber, factValue, LANE } from '#engine/rules/index.ts';
import type { FactColumn, RuleBook } from '#engine/rules/index.ts';
import type { Call, Command } from './command.ts';
import { EXIT } from './exit.ts';
import type { Exit } from './exit.ts';
import { openPack } from './pack-book.ts';
import { refuse } from './refusal.ts';

const PLACE = { data: { type: 'string' }, pack: { type: 'string' } } as const;

/** Adds a fresh fact, a self-declared one or a dispute beside the release that holds. Nothing is ever changed in place. */
export const factsCorrectCommand: Command = {
  name: 'facts correct',
  takes: [],
  options: { person: { type: 'string' }, fact: { type: 'string' }, value: { type: 'string' }, from: { type: 'string' }, until: { type: 'string' }, source: { type: 'string' }, by: { type: 'string' }, ...PLACE },
  run: async (call) => {
    const { terminal, option } = call;
    const place = placeOf(call);
    if (typeof place === 'number') return place;
    const { book, root, release, snapshot } = place;
    const named = book.vocabulary.names.get(option('fact') ?? '');
    const fact = named?.kind === 'fact' ? named.fact : book.vocabulary.schema.facts.get(option('fact') ?? '');
    if (!fact) return terminal.refuse(EXIT.usage, 'fact-unknown', { fact: option('fact') ?? '' });
    const asked = readLine(call, book, fact);
    if (typeof asked === 'number') return asked;
    const row = rowOf(place, fact, option('person') ?? '');
    if (row === undefined) return terminal.refuse(EXIT.usage, 'person-unknown', { person: option('person') ?? '' });
    const correction: Correction = { entity: fact.entity, row, fact: fact.id, ...asked };
    const fault = correctionFault(book.vocabulary.schema, snapshot.rows, correction);
    if (fault !== undefined) return terminal.refuse(EXIT.usage, 'value-wrong', { fact: fact.name, value: option('value') ?? '' });
    appendOverlay(root, release, [correction]);
    terminal.result({ release: release.id, ...correction }, () => { terminal.say('overlay.added', { release: release.id, fact: fact.name }); });
    return EXIT.ok;
  },
};

/** Everything that was added beside the release that holds, in the order in which it was. */
export const overlayListCommand: Command = {
  name: 'overlay list',
  takes: [],
  options: PLACE,
  run: (call) => {
    const { terminal } = call;
    const place = placeOf(call);
    if (typeof place === 'number') return Promise.resolve(place);
    const { book, root, release } = place;
    const { corrections, damaged } = openOverlay(root, release);
    terminal.result({ release: release.id, corrections, damaged }, () => {
      for (const one of corrections) terminal.print(`${one.knownAt}  ${one.entity} ${one.row}  ${book.pack.facts.get(one.fact)?.name ?? one.fact} = ${plain(book, one)}  ${one.validFrom}–${one.validUntil ?? ''}  ${terminal.word(`overlay.${one.source}`)}  ${one.by}`);
      if (corrections.length === 0) terminal.say('overlay.none', { release: release.id });
      if (damaged > 0) terminal.say('overlay.damaged', { lines: damaged });
    });
    return Promise.resolve(damaged > 0 ? EXIT.failed : EXIT.ok);
  },
};

interface Place {
  readonly book: RuleBook;
  readonly root: string;
  readonly release: Release;
  readonly keys: Keys;
  readonly snapshot: Snapshot;
}

/** The release that holds, with how its things are joined and no values. */
function placeOf({ terminal, env, option }: Call): Place | Exit {
  const settings = readSettings(env, { data: option('data'), pack: option('pack') });
  if ('kind' in settings) return refuse(terminal, settings);
  const opened = openPack(settings.pack);
  if ('kind' in opened) return refuse(terminal, opened);
  const root = releasesFolder(settings.folder);
  const sealing = openSealing(settings, opened.book.pack, 'read');
  if (isRefused(sealing)) return refuse(terminal, sealing);
  const release = listReleases(root, sealing).find(({ current }) => current);
  const stored = release && openRelease(release, opened.book.vocabulary.schema, { verify: false });
  if (!release || !stored || !isStored(stored)) return terminal.refuse(EXIT.environment, 'release-missing', { folder: root });
  return { book: opened.book, root, release, keys: openKeys(release, stored), snapshot: loadSnapshot(stored, new Set()) };
}

/** The row that a correction is of: the person's own, or that of the person's group whose fact it is. */
function rowOf({ book, keys, snapshot }: Place, { entity }: FactColumn, key: string): number | undefined {
  const { links } = book.vocabulary.schema;
  const person = links.get(snapshot.layout.primary ?? '')?.from ?? '';
  const found = keys.rowOf(key);
  if (found?.entity !== person || entity === person) return found?.entity === person ? found.row : undefined;
  const link = [...links.values()].find(({ kind, from, to }) => kind === 'grouping' && from === person && to === entity);
  const columns = link && snapshot.links.get(link.id);
  const group = columns?.group ? columns.group[found.row] : columns && groupAt(columns.starts, found.row);
  return group !== undefined && group >= 0 ? group : undefined;
}

type Line = Omit<Correction, 'entity' | 'row' | 'fact'>;

function readLine({ terminal, option }: Call, book: RuleBook, fact: FactColumn): Line | Exit {
  const given = (name: string, usual: string): string => option(name) ?? usual;
  const text = given('value', '');
  const value = encoded(book, fact, text);
  if (value === undefined) return terminal.refuse(EXIT.usage, 'value-wrong', { fact: fact.name, value: text });
  const source = CORRECTION_SOURCES.find((one) => one === given('source', 'holder'));
  if (!source) return terminal.refuse(EXIT.usage, 'source-unknown', { source: given('source', '') });
  const clock = systemClock();
  const today = clock.today(book.pack.plan.calendar.zone);
  const [from, until] = [parseDate(given('from', today)), parseDate(given('until', today))];
  if (!from || !until) return terminal.refuse(EXIT.usage, 'today-invalid', { value: given(from ? 'until' : 'from', '') });
  const by = given('by', source === 'holder' ? (book.pack.facts.get(fact.id)?.holder ?? '') : 'resident');
  if (source === 'holder' && !book.pack.departments.has(by)) return terminal.refuse(EXIT.usage, 'holder-unknown', { department: by });
  return { value, validFrom: dayNumber(from), ...(option('until') === undefined ? {} : { validUntil: dayNumber(until) }), observedOn: dayNumber(today), knownAt: clock.now(), source, by };
}

/** What was typed as the number of the fact's column; undefined where it is no value of it. */
function encoded({ vocabulary: { schema } }: RuleBook, fact: FactColumn, text: string): number | undefined {
  const encoding = encodingOf(schema, fact);
  const given = fact.type.kind === 'boolean' && (text === 'true' || text === 'false') ? text === 'true' : fact.type.kind === 'number' && /^-?\d+(?:\.\d+)?$/.test(text) ? new Numeral(text) : text;
  const value = factValue(schema, fact, given);
  if (!encoding || 'code' in value) return undefined;
  const number = value.kind === 'known' ? encoding.encode(value.value) : LANE[encoding.lane][value.kind];
  return typeof number === 'number' ? number : undefined;
}

/** A number of a column in the words of its fact. */
function plain({ vocabulary: { schema } }: RuleBook, { fact: id, value }: Correction): string {
  const fact = schema.facts.get(id);
  const lane = fact && encodingOf(schema, fact)?.lane;
  if (!fact || !lane || value === LANE[lane].unknown) return 'unknown';
  if (value === LANE[lane].none) return 'none';
  const { type } = fact;
  switch (type.kind) {
    case 'boolean': return String(value === 1);
    case 'code': return schema.codeLists.get(type.list)?.labels[value] ?? String(value);
    case 'number': return (value / 10 ** type.scale).toFixed(type.scale);
    case 'date': case 'text': return String(value);
    default: return type satisfies never;
  }
}
