import { isStored, listReleases, openRelease } from '#adapters/columns/index.ts';
import type { Release } from '#adapters/columns/index.ts';
import { systemClock } from '#adapters/clock/index.ts';
import { openPopulation, releasesFolder } from '#apps/server/demo-release.ts';
import { isRefused, openSealing } from '#apps/server/sealing.ts';
import { dataFolder, readSettings } from '#apps/server/settings.ts';
import { shownOf } from '#engine/city.ts';
import { parseDate, say } from '#engine/kernel/index.ts';
import { NO_ORIGINS, plainQuality, qualityOf } from '#engine/population/index.ts';
import type { PlainQuality } from '#engine/population/index.ts';
import { dayNumber } from '#engine/rules/index.ts';
import type { Command } from './command.ts';
import { EXIT } from './exit.ts';
import { openPack } from './pack-book.ts';
import { refuse } from './refusal.ts';
import type { Terminal } from './terminal.ts';

/** The releases of the population in a data folder. */
export const releaseListCommand: Command = {
  name: 'release list',
  takes: [],
  options: { data: { type: 'string' } },
  run: ({ terminal, env, option }) => {
    const releases = listReleases(releasesFolder(dataFolder(env, option('data'))));
    terminal.result(releases.map(item), () => {
      for (const { id, current, about } of releases) terminal.print(`${current ? '*' : ' '} ${id}  ${about.createdAt}  ${about.people}  ${terminal.word(about.synthetic ? 'release.synthetic' : 'release.real')}  ${about.feeds.length > 0 ? about.feeds.map(({ feed }) => feed).join(' ') : ''}`.trimEnd());
      if (releases.length === 0) terminal.say('release.none');
    });
    return Promise.resolve(EXIT.ok);
  },
};

/** Verifies every checksum of every release. */
export const releaseVerifyCommand: Command = {
  name: 'release verify',
  takes: [],
  options: { data: { type: 'string' }, pack: { type: 'string' } },
  run: ({ terminal, env, option }) => {
    const settings = readSettings(env, { data: option('data'), pack: option('pack') });
    if ('kind' in settings) return Promise.resolve(refuse(terminal, settings));
    const opened = openPack(settings.pack);
    if ('kind' in opened) return Promise.resolve(refuse(terminal, opened));
    const sealing = openSealing(settings, opened.book.pack, 'read');
    if (isRefused(sealing)) return Promise.resolve(refuse(terminal, sealing));
    const checked = listReleases(releasesFolder(settings.folder), sealing).map((release) => {
      const found = openRelease(release, opened.book.vocabulary.schema);
      return { ...item(release), state: isStored(found) ? 'whole' : found.kind, file: 'file' in found ? found.file : undefined };
    });
    terminal.result(checked, () => { for (const { id, state, file } of checked) terminal.print(`${id}  ${terminal.word(`release.state.${state}`)}${file === undefined ? '' : `  ${file}`}`); });
    return Promise.resolve(checked.some(({ state }) => state === 'damaged') ? EXIT.failed : EXIT.ok);
  },
};

/** How good and how fresh the facts of the release that holds are, by department. */
export const releaseQualityCommand: Command = {
  name: 'release quality',
  takes: [],
  options: { on: { type: 'string' }, data: { type: 'string' }, pack: { type: 'string' } },
  run: ({ terminal, env, option }) => {
    const settings = readSettings(env, { data: option('data'), pack: option('pack') });
    if ('kind' in settings) return Promise.resolve(refuse(terminal, settings));
    const opened = openPack(settings.pack);
    if ('kind' in opened) return Promise.resolve(refuse(terminal, opened));
    const { pack } = opened.book;
    const on = parseDate(option('on') ?? systemClock(settings.today).today(pack.plan.calendar.zone));
    if (on === undefined) return Promise.resolve(terminal.refuse(EXIT.usage, 'today-invalid', { value: option('on') ?? '' }));
    const root = releasesFolder(settings.folder);
    const sealing = openSealing(settings, pack, 'read');
    if (isRefused(sealing)) return Promise.resolve(refuse(terminal, sealing));
    const release = listReleases(root, sealing).find(({ current }) => current);
    const people = release && openPopulation(root, release, opened.book, { factsOn: dayNumber(on), knownAt: systemClock().now() });
    if (!people) return Promise.resolve(terminal.refuse(EXIT.environment, 'release-missing', { folder: root }));
    const found = plainQuality(pack, qualityOf({ pack, snapshot: people.snapshot, origins: people.origins ?? NO_ORIGINS, on: dayNumber(on), deliveries: people.deliveries ?? [], before: people.before ?? new Map() }), shownOf(people));
    terminal.result({ release: release.id, people: people.people, synthetic: people.kind === 'synthetic', ...found }, () => { printQuality(terminal, found); });
    return Promise.resolve(EXIT.ok);
  },
};

function printQuality(terminal: Terminal, { on, holders, ...sum }: PlainQuality): void {
  const line = (name: string, { toldPercent, stalePercent, foreign, conflicts }: Pick<PlainQuality, 'toldPercent' | 'stalePercent' | 'foreign' | 'conflicts'>): string => terminal.word('quality.line', { name, told: shareText(toldPercent), stale: shareText(stalePercent), foreign, conflicts });
  terminal.print(line(terminal.word('quality.all', { day: on }), sum));
  for (const { name, feeds, unsent, ...own } of holders) {
    terminal.print(own.values === 0 ? say(name, terminal.locale) : line(say(name, terminal.locale), own));
    for (const { feed, newestOn, spoken, rows, delivery } of feeds) terminal.print(`  ${terminal.word('quality.feed', { feed, spoken, rows, day: newestOn ?? '-' })}${delivery ? ` ${terminal.word('quality.delivery', { day: delivery.on, quarantined: delivery.quarantined })}` : ''}`);
    if (unsent.length > 0) terminal.print(`  ${terminal.word('quality.unsent', { count: unsent.length, names: unsent.map((fact) => say(fact.name, terminal.locale)).join(terminal.word('quality.and')) })}`);
  }
}

const shareText = (share: number | null): string => (share === null ? '—' : `${share.toFixed(2)}%`);

function item({ id, current, about: { createdAt, people, synthetic, feeds, drawn } }: Release): { readonly id: string } & Readonly<Record<string, unknown>> {
  return { id, current, createdAt, people, synthetic, feeds, drawn: drawn && { version: drawn.version, seed: drawn.seed, on: drawn.on } };
}
