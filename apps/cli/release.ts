import { isStored, listReleases, openRelease } from '#adapters/columns/index.ts';
import type { Release } from '#adapters/columns/index.ts';
import { releasesFolder } from '#apps/server/demo-release.ts';
import { dataFolder, readSettings } from '#apps/server/settings.ts';
import type { Command } from './command.ts';
import { EXIT } from './exit.ts';
import { openPack } from './pack-book.ts';
import { refuse } from './refusal.ts';

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
    const checked = listReleases(releasesFolder(settings.folder)).map((release) => {
      const found = openRelease(release, opened.book.vocabulary.schema);
      return { ...item(release), state: isStored(found) ? 'whole' : found.kind, file: 'file' in found ? found.file : undefined };
    });
    terminal.result(checked, () => { for (const { id, state, file } of checked) terminal.print(`${id}  ${terminal.word(`release.state.${state}`)}${file === undefined ? '' : `  ${file}`}`); });
    return Promise.resolve(checked.some(({ state }) => state === 'damaged') ? EXIT.failed : EXIT.ok);
  },
};

function item({ id, current, about: { createdAt, people, synthetic, feeds, drawn } }: Release): { readonly id: string } & Readonly<Record<string, unknown>> {
  return { id, current, createdAt, people, synthetic, feeds, drawn: drawn && { version: drawn.version, seed: drawn.seed, on: drawn.on } };
}
