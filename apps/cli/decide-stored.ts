import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '#adapters/clock/index.ts';
import { listReleases, openRun, readSummary } from '#adapters/columns/index.ts';
import { releasesFolder } from '#apps/server/demo-release.ts';
import { readPack } from '#apps/server/read-pack.ts';
import { runsFolder } from '#apps/server/run/folder.ts';
import { runInChild } from '#apps/server/run/spawn.ts';
import type { RunNews, RunReply, RunTask } from '#apps/server/run/task.ts';
import { dataFolder, packFolder } from '#apps/server/settings.ts';
import { dayOfMonth, monthOf } from '#engine/entitlement/index.ts';
import type { RunSummary, StopLimits } from '#engine/entitlement/index.ts';
import { parseDate } from '#engine/kernel/index.ts';
import type { CalendarDate } from '#engine/kernel/index.ts';
import type { Pack } from '#engine/pack/index.ts';
import { dayNumber } from '#engine/rules/index.ts';
import type { Call } from './command.ts';
import { EXIT } from './exit.ts';
import type { Exit } from './exit.ts';
import { askGrants } from './grants.ts';
import { aboutWords } from './people.ts';
import type { AboutPeople } from './people.ts';
import { refuse } from './refusal.ts';
import { lineOf, printChanges, withoutSmall } from './told-totals.ts';

/** The data folder whose people are meant: where it was asked for, and where there is a release unless other people were asked for. */
export function folderOfRun({ env, option }: Call): string | undefined {
  const folder = dataFolder(env, option('data'));
  if (option('data') !== undefined || option('against') !== undefined) return folder;
  const others = ['residents', 'seed', 'release'].some((name) => option(name) !== undefined);
  return !others && listReleases(releasesFolder(folder)).some(({ current }) => current) ? folder : undefined;
}

/**
 * Decides everybody of the release in a data folder, in a process of its own, and keeps the run there.
 *
 * The same asked again is found; one that was cut off goes on where it was.
 */
export async function decideStored(call: Call, data: string, { since, limits }: { readonly since: CalendarDate | undefined; readonly limits: StopLimits }): Promise<Exit> {
  const { terminal, env, option } = call;
  const folder = packFolder(env, option('pack'));
  const reading = readPack(folder);
  if (reading.kind !== 'pack') return refuse(terminal, reading);
  const asked = option('as-of');
  const day = asked === undefined ? systemClock().today(reading.pack.plan.calendar.zone) : parseDate(asked);
  if (!day) return terminal.refuse(EXIT.usage, 'date-invalid', { option: '--as-of', value: asked ?? '' });
  const against = option('against');
  // What is granted is granted for a month, and the facts of its first day decide it.
  const asOf = against === 'grants' ? dayOfMonth(monthOf(dayNumber(day))) : day;
  if (asOf !== day) terminal.note(terminal.word('run.first-day', { day: asOf }));
  const inForce = against === 'grants' ? await askGrants(call, data, { do: 'in-force', folder: data, pack: folder, month: monthOf(dayNumber(asOf)) }) : undefined;
  if (typeof inForce === 'number') return inForce;
  const task: RunTask = {
    pack: folder, data, asOf, limits, knownAt: systemClock().now(), threads: availableParallelism(),
    before: inForce?.kind === 'in-force' ? { kind: 'grants', inForce: inForce.inForce } : beforeOf(against, since),
  };
  terminal.note(terminal.word('everybody.deciding', { day: asOf }));
  const reply = await runInChild(task, { progress: (news) => tellProgress(call, news) });
  if (reply.kind === 'finished') {
    // Everybody's facts were read, whatever the answers are compared with.
    const noted = await askGrants(call, data, { do: 'note-run', folder: data, run: reply.run });
    if (typeof noted === 'number') return noted;
  }
  return reply.kind === 'finished' ? tellRun(call, reading.pack, task, reply) : refusedRun(call, data, reply);
}

function beforeOf(against: string | undefined, since: CalendarDate | undefined): RunTask['before'] {
  if (against !== undefined) return { kind: 'run', id: against };
  return since === undefined ? { kind: 'nothing' } : { kind: 'law', of: since };
}

/** A line when a step begins and when it ends. */
export function tellProgress({ terminal }: Call, { asOf, step, done, all }: Extract<RunNews, { kind: 'progress' }>): void {
  if (done === 0 || done === all) terminal.note(terminal.word('run.progress', { day: asOf, step: terminal.word(`run.step.${step}`), percent: Math.round((done / all) * 100) }));
}

export function refusedRun({ terminal }: Call, folder: string, reply: Exclude<RunReply, { kind: 'finished' }>): Exit {
  switch (reply.kind) {
    case 'no-release': return terminal.refuse(EXIT.environment, 'no-release', { folder });
    case 'release-unusable': return terminal.refuse(EXIT.environment, 'release-unusable', { folder: releasesFolder(folder) }, { problem: `release.${reply.problem}` });
    case 'run-unknown': return terminal.refuse(EXIT.usage, 'run-unknown', { run: reply.run });
    case 'other-people': return terminal.refuse(EXIT.usage, 'run-other-people');
    case 'runs-taken': return terminal.refuse(EXIT.environment, 'folder-taken', { folder: runsFolder(folder), pid: reply.pid });
    // It was whole a moment ago.
    case 'pack-unusable': return terminal.refuse(EXIT.failed, 'pack-changed');
    default: return reply satisfies never;
  }
}

function tellRun(call: Call, pack: Pack, { data, limits, before }: RunTask, { run: id, found }: Extract<RunReply, { kind: 'finished' }>): Exit {
  const { terminal } = call;
  const run = openRun(runsFolder(data), id);
  const summary = run && readSummary(run, limits);
  if (!run || !summary) throw new Error(`run ${id} is not where it was left`);
  const people: AboutPeople = { kind: 'release', count: summary.release.count, folder: join(releasesFolder(data), summary.release.id) };
  const { counts, grants, missing, beforeFen, movedFen, cycles, stops, overlay } = summary;
  const changes = { against: summary.before, ...(before.kind === 'law' && { since: before.of }), counts, grants, missing, beforeFen, movedFen, cycles, stops };
  terminal.result({ asOf: summary.asOf, pack: summary.pack, people, run: { id, folder: run.folder, found, overlay }, services: summary.totals.map(withoutSmall), changes }, () => {
    terminal.print(aboutWords(call, people));
    for (const one of summary.totals) terminal.print(lineOf(call, pack, one));
    printChanges(call, CHANGE_WORDS[before.kind], against(before), summary, stops);
    terminal.print(terminal.word(found ? 'run.found' : 'run.kept', { run: id, folder: run.folder }));
  });
  return EXIT.ok;
}

const CHANGE_WORDS = { law: 'decide-all.changes', run: 'run.changes', grants: 'run.against-grants', nothing: 'run.all-new' } as const satisfies Record<RunTask['before']['kind'], string>;

function against(before: RunTask['before']): RunSummary['before'] {
  switch (before.kind) {
    case 'law': return before.of;
    case 'run': return before.id;
    case 'nothing': case 'grants': return '';
    default: return before satisfies never;
  }
}
