import { beforeOfRun, isStored, listReleases, NOTHING_BEFORE, openOverlay, openRelease, openRun, peopleOf, rekeyed, rowsBefore, startRun } from '#adapters/columns/index.ts';
import type { Before, Release, RunOrder, RunProgress } from '#adapters/columns/index.ts';
import { lockFolder } from '#adapters/store/index.ts';
import { screened } from '#engine/entitlement/index.ts';
import { parseDate } from '#engine/kernel/index.ts';
import type { CalendarDate } from '#engine/kernel/index.ts';
import { packDigest } from '#engine/pack/index.ts';
import { dayNumber, linkRules } from '#engine/rules/index.ts';
import { releasesFolder } from '../demo-release.ts';
import { readPack } from '../read-pack.ts';
import { beforeOf } from '../grants/in-force.ts';
import { isRefused, openSealing } from '../sealing.ts';
import { keysOf, modeOf } from '../settings.ts';
import { runsFolder } from './folder.ts';
import { newsOf } from './task.ts';
import type { RunNews, RunReply, RunTask } from './task.ts';

/** Does a task in this process, one at a time for a data folder: over the release that holds, with what its overlay has. */
export async function workOn(task: RunTask, tell: (news: RunNews) => void): Promise<RunReply> {
  const lock = lockFolder(runsFolder(task.data));
  if (lock.kind === 'taken') return { kind: 'runs-taken', pid: lock.by.pid };
  try {
    return await locked(task, tell);
  } finally {
    lock.release();
  }
}

async function locked({ data, pack: folder, asOf, knownAt, before, limits, threads }: RunTask, tell: (news: RunNews) => void): Promise<RunReply> {
  const reading = readPack(folder);
  if (reading.kind !== 'pack') return { kind: 'pack-unusable' };
  const { book } = linkRules(reading.pack);
  // The same environment and data folder as whoever has started this process: no key passes through a file or a message.
  const sealing = openSealing({ folder: data, keys: keysOf(process.env), mode: modeOf(process.env) }, reading.pack, 'read');
  const release = isRefused(sealing) ? undefined : listReleases(releasesFolder(data), sealing).find(({ current }) => current);
  if (!release) return { kind: 'no-release' };
  const { corrections } = openOverlay(releasesFolder(data), release);
  const start = (day: string, was: Before): ReturnType<typeof startRun> => {
    const order: RunOrder = { book, digest: packDigest(reading.files), asOf: dayOf(day), release, corrections, knownAt, before: was, limits };
    return startRun(runsFolder(data), order, { threads, progress: (at: RunProgress) => tell({ kind: 'progress', asOf: day, ...at }) });
  };
  switch (before.kind) {
    case 'nothing': return newsOf(await start(asOf, NOTHING_BEFORE));
    case 'run': {
      const run = openRun(runsFolder(data), before.id);
      const was = run && beforeOfRun(run);
      return was ? newsOf(await start(asOf, byRowsOf(release, was, listReleases(releasesFolder(data))))) : { kind: 'run-unknown', run: before.id };
    }
    case 'law': {
      const earlier = await start(before.of, NOTHING_BEFORE);
      const was = earlier.kind === 'finished' ? beforeOfRun(earlier.run) : undefined;
      return was ? newsOf(await start(asOf, was)) : newsOf(earlier);
    }
    case 'grants': {
      const stored = openRelease(release, book.vocabulary.schema, { verify: false });
      if (!isStored(stored)) return { kind: 'release-unusable', problem: stored.kind };
      const program = screened(book).programAt(dayNumber(dayOf(asOf)));
      return newsOf(await start(asOf, beforeOf(before.inForce, program, (subject) => stored.manifest.rows[subject] ?? 0)));
    }
    default: return before satisfies never;
  }
}

/** What an earlier run found, by the rows of the release that holds. A drawn city has no lasting ids, and of a release that is gone nobody knows who its rows were. */
function byRowsOf(release: Release, before: Before, releases: readonly Release[]): Before {
  const earlier = before.people === peopleOf(release) ? undefined : releases.find((one) => peopleOf(one) === before.people);
  if (!earlier || earlier.about.drawn || release.about.drawn) return before;
  const known = new Map<string, Int32Array | undefined>();
  return rekeyed(before, peopleOf(release), (entity) => {
    if (!known.has(entity)) known.set(entity, rowsBefore(earlier, release, entity));
    return known.get(entity);
  });
}

function dayOf(text: string): CalendarDate {
  const day = parseDate(text);
  if (!day) throw new RangeError(`${text} is no day`);
  return day;
}
