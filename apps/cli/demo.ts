import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { systemClock } from '#adapters/clock/index.ts';
import { listReleases, writeSyntheticRelease } from '#adapters/columns/index.ts';
import type { SyntheticOrder } from '#adapters/columns/index.ts';
import { DEMO_PEOPLE, DEMO_SEED, releasesFolder } from '#apps/server/demo-release.ts';
import { isRefused, openSealing } from '#apps/server/sealing.ts';
import { readSettings } from '#apps/server/settings.ts';
import type { Settings } from '#apps/server/settings.ts';
import { parseDate, say } from '#engine/kernel/index.ts';
import type { Pack } from '#engine/pack/index.ts';
import { checkSyntheticModel, MOST_RESIDUAL, syntheticModel } from '#engine/population/index.ts';
import type { Residual } from '#engine/population/index.ts';
import type { Call, Command } from './command.ts';
import { EXIT } from './exit.ts';
import type { Exit } from './exit.ts';
import { askGrants } from './grants.ts';
import { openPack } from './pack-book.ts';
import { refuse } from './refusal.ts';
import type { Terminal } from './terminal.ts';

/** Draws a city of people who do not exist, into the data folder or as feeds. */
export const demoCommand: Command = {
  name: 'demo',
  takes: [],
  options: { residents: { type: 'string' }, seed: { type: 'string' }, on: { type: 'string' }, out: { type: 'string' }, data: { type: 'string' }, pack: { type: 'string' } },
  run: async ({ terminal, env, option }) => {
    const settings = readSettings(env, { data: option('data'), pack: option('pack') });
    if ('kind' in settings) return refuse(terminal, settings);
    if (settings.mode === 'production') return terminal.refuse(EXIT.usage, 'production-refuses', { what: 'minsheng demo' });
    const people = wholeNumber(option('residents') ?? String(DEMO_PEOPLE), 1, 100_000_000);
    const seed = wholeNumber(option('seed') ?? String(DEMO_SEED), 0, 2 ** 31 - 1);
    if (people === undefined || seed === undefined) return terminal.refuse(EXIT.usage, 'number-wrong', { value: option(people === undefined ? 'residents' : 'seed') ?? '' });
    const opened = openPack(settings.pack);
    if ('kind' in opened) return refuse(terminal, opened);
    const { book } = opened;
    const model = syntheticModel(book.pack);
    if (!model) return terminal.refuse(EXIT.usage, 'pack-draws-nobody', { pack: book.pack.plan.id });
    const fault = checkSyntheticModel(model, book.vocabulary.schema);
    if (fault !== undefined) return terminal.refuse(EXIT.failed, 'model-faulty', { problem: fault });
    const on = parseDate(option('on') ?? model.people.on);
    if (on === undefined) return terminal.refuse(EXIT.usage, 'today-invalid', { value: option('on') ?? '' });
    const clock = systemClock();
    const order = { model, schema: book.vocabulary.schema, people, seed, on: Number(on.replaceAll('-', '')), createdAt: clock.now(), progress: progressOf(terminal, people) };
    const out = option('out');
    if (out !== undefined) return writeInto(terminal, resolve(out), order);
    return drawInto({ terminal, env, option }, settings, book.pack, order);
  },
};

/** Writes the people as the feeds of departments. */
async function writeInto(terminal: Terminal, folder: string, order: SyntheticOrder): Promise<Exit> {
  const [{ writeFeeds }, { openDuckdb }] = await Promise.all([import('#adapters/columns/feed/index.ts'), import('#adapters/duckdb/index.ts')]);
  const session = await openDuckdb();
  const { people, seed, on } = order;
  let written;
  try {
    written = await writeFeeds(session, folder, order);
  } finally {
    await session.close();
  }
  const { residuals, files } = written;
  terminal.result({ people, seed, on, files, residuals }, () => { printResiduals(terminal, residuals); terminal.say('demo.feeds', { people, files: files.length, folder }); });
  return EXIT.ok;
}

/**
 * Why nobody is drawn into a data folder; undefined: somebody may be. What a city has on record is of its people by their
 * rows, so other people would have what was granted to those; the very same draw again gives the very same people.
 */
async function keptFrom(call: Pick<Call, 'terminal' | 'env' | 'option'>, { folder, databaseUrl }: Settings, { model, people, seed, on }: SyntheticOrder): Promise<Exit | undefined> {
  const about = listReleases(releasesFolder(folder)).find(({ current }) => current)?.about;
  if (about?.drawn && about.city === model.pack.plan.id && about.people === people && about.drawn.version === model.people.version && about.drawn.seed === seed && about.drawn.on === on) return undefined;
  if (databaseUrl === undefined && !existsSync(join(folder, 'database'))) return undefined;
  const answer = await askGrants(call, folder, { do: 'has-begun' });
  if (typeof answer === 'number') return answer;
  return answer.kind === 'begun' && answer.has ? call.terminal.refuse(EXIT.environment, 'city-begun', { folder }) : undefined;
}

/** Draws a release into the data folder; what is sensitive in it is sealed. */
async function drawInto(call: Pick<Call, 'terminal' | 'env' | 'option'>, settings: Settings, pack: Pack, order: SyntheticOrder): Promise<Exit> {
  const { terminal } = call;
  const kept = await keptFrom(call, settings, order);
  if (kept !== undefined) return kept;
  const root = releasesFolder(settings.folder);
  const sealing = openSealing(settings, pack, 'make');
  if (isRefused(sealing)) return refuse(terminal, sealing);
  const { people, seed, on } = order;
  const residuals = writeSyntheticRelease(root, { ...order, sealing });
  terminal.result({ people, seed, on, folder: root, residuals }, () => { printResiduals(terminal, residuals); terminal.say('demo.release', { people, folder: root }); });
  return EXIT.ok;
}

export function wholeNumber(text: string, least: number, most: number): number | undefined {
  const number = /^\d{1,10}$/.test(text) ? Number(text) : NaN;
  return number >= least && number <= most ? number : undefined;
}

/** How far it is, on standard error, each time another tenth is done. */
export function progressOf(terminal: Terminal, all: number): (done: number) => void {
  let told = 0;
  return (done) => {
    const tenth = Math.floor((done / all) * 10);
    if (tenth <= told) return;
    told = tenth;
    terminal.note(terminal.word('progress', { done, all, percent: tenth * 10 }));
  };
}

/** The published totals with what was drawn; those held out, and those that miss, are marked. */
function printResiduals(terminal: Terminal, residuals: readonly Residual[]): void {
  for (const { name, published, wanted, drawn, residual, year, source, heldOut } of residuals) {
    const misses = residual === undefined || Math.abs(residual) > MOST_RESIDUAL;
    const mark = heldOut ? terminal.word('demo.held-out') : misses ? terminal.word('demo.misses') : '';
    terminal.print(`${say(name, terminal.locale)}  ${published} (${source}, ${year})  ${round(wanted)} → ${round(drawn)}  ${residual === undefined ? '' : offWords(residual)}  ${mark}`.trimEnd());
  }
}

/** What rounds to nothing is 0, without a sign. */
function offWords(percent: number): string {
  const text = percent.toFixed(2);
  return Number(text) === 0 ? '0%' : `${percent > 0 ? '+' : ''}${text}%`;
}

const round = (value: number): string => (Number.isInteger(value) ? String(value) : value.toFixed(2));
