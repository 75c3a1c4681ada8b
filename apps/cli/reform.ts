import { readFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { basename, resolve } from 'node:path';
import { printAny } from '#engine/delivery/index.ts';
import { baselineOf, differenceOf, heldFrom, reformsOf, scheduleReform, simulate, triedOf, withdrawReform } from '#engine/entitlement/index.ts';
import type { ScheduledReform, ScheduleOrder } from '#engine/entitlement/index.ts';
import { parseDate, say } from '#engine/kernel/index.ts';
import type { CalendarDate } from '#engine/kernel/index.ts';
import { packDigest, readReform } from '#engine/pack/index.ts';
import type { Reform } from '#engine/pack/index.ts';
import { dayNumber } from '#engine/rules/index.ts';
import type { Call, Command } from './command.ts';
import { EXIT } from './exit.ts';
import type { Exit } from './exit.ts';
import { packOf, refuseFaulty, writeChanged } from './pack-files.ts';
import { everybody, PEOPLE_OPTIONS, yuan } from './people.ts';

/** Writes a reform into the pack so that it holds from a day on, with what it was found to do in the history. */
export const reformScheduleCommand: Command = {
  name: 'reform schedule',
  takes: ['FILE'],
  options: { pack: PEOPLE_OPTIONS.pack, residents: PEOPLE_OPTIONS.residents, seed: PEOPLE_OPTIONS.seed, release: PEOPLE_OPTIONS.release, on: { type: 'string' }, by: { type: 'string' }, untried: { type: 'boolean' } },
  run: async (call) => {
    const { terminal, option, flag, given: [name = ''] } = call;
    const reading = packOf(call);
    if (typeof reading === 'number') return reading;
    const on = parseDate(option('on') ?? '');
    if (!on) return terminal.refuse(EXIT.usage, 'date-invalid', { option: '--on', value: option('on') ?? '' });
    const text = textAt(resolve(name));
    if (text === undefined) return terminal.refuse(EXIT.usage, 'file-missing', { file: resolve(name) });
    const { reform, diagnostics } = readReform(reading.pack, basename(name), text);
    if (!reform) return refuseReform(call, diagnostics, new Map([[basename(name), text]]));
    const order = { on, by: option('by') ?? userInfo().username, at: reading.today };
    // Refused before it is tried: people are drawn for what can be scheduled.
    const first = scheduleReform(reading.files, reform, order);
    if (first.kind === 'faulty') return refuseReform(call, first.diagnostics, new Map([...reading.pack.texts, [basename(name), text]]));
    const tried = flag('untried') ? undefined : triedOn(call, reform, on);
    if (typeof tried === 'number') return tried;
    const made = tried === undefined ? first : scheduleReform(reading.files, reform, { ...order, tried });
    if (made.kind === 'faulty') return refuseReform(call, made.diagnostics, reading.pack.texts);
    const result = writeChanged(reading, made.files);
    if ('problem' in result) return terminal.refuse(EXIT.environment, 'file-unwritable', { file: reading.folder, problem: result.problem });
    terminal.result({ id: made.id, on, name: reform.name, pack: packDigest(made.files), tried: tried ?? null, written: result.written }, () => {
      if (tried) terminal.print(triedWords(call, tried));
      terminal.say('reform-schedule.done', { id: made.id, name: say(reform.name, terminal.locale), on, files: result.written.join(' ') });
    });
    return EXIT.ok;
  },
};

type Tried = NonNullable<ScheduleOrder['tried']>;

/** What the reform does on its day to the people that a simulation is run on; an exit code where there are none. */
function triedOn(call: Call, reform: Reform, on: CalendarDate): Tried | Exit {
  const found = everybody({ ...call, option: (name) => (name === 'as-of' ? on : call.option(name)) });
  if (typeof found === 'number') return found;
  call.terminal.note(call.terminal.word('everybody.deciding', { day: on }));
  const outcome = simulate(baselineOf(found.book, found.parsed, found.snapshot, dayNumber(on)), heldFrom(reform, on));
  // It was scheduled a moment ago, and what can be scheduled can be simulated.
  if (outcome.kind === 'faulty') throw new Error('a reform that can be scheduled cannot be simulated');
  return triedOf(outcome, { on, people: found.about.count, synthetic: found.about.kind === 'synthetic', pack: found.digest });
}

function triedWords({ terminal }: Call, { people, synthetic, effects, movedFen }: Tried): string {
  const sum = (key: 'new' | 'raised' | 'lowered' | 'ended' | 'nowUnknown'): number => effects.reduce((total, one) => total + one[key], 0);
  return terminal.word('reform.tried', { people, who: terminal.word(synthetic ? 'reform.synthetic' : 'reform.real'), new: sum('new'), raised: sum('raised'), lowered: sum('lowered'), ended: sum('ended'), unknown: sum('nowUnknown'), moved: yuan(movedFen) });
}

function refuseReform(call: Call, diagnostics: Parameters<typeof refuseFaulty>[1], texts: ReadonlyMap<string, string>): Exit {
  return refuseFaulty(call, diagnostics, (one) => printAny(one, texts, call.terminal.locale));
}

function textAt(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/** The reforms that are or were scheduled, the last day first. */
export const reformListCommand: Command = {
  name: 'reform list',
  takes: [],
  options: { pack: { type: 'string' } },
  run: async (call) => {
    const { terminal } = call;
    const reading = packOf(call);
    if (typeof reading === 'number') return reading;
    const reforms = reformsOf(reading.pack, reading.today);
    terminal.result({ reforms: reforms.map(({ entry, state, withdrawn }) => ({ id: entry.id, name: entry.name, on: entry.on, at: entry.at, by: entry.by, reform: entry.reform, changes: entry.changes, tried: entry.tried ?? null, state, withdrawn: withdrawn ? { at: withdrawn.at, by: withdrawn.by } : null })) }, () => {
      for (const one of reforms) printReform(call, one);
      if (reforms.length === 0) terminal.say('reform-list.none');
    });
    return EXIT.ok;
  },
};

function printReform(call: Call, { entry, state, withdrawn }: ScheduledReform): void {
  const { terminal } = call;
  const stands = terminal.word(`reform.${state}`, { at: withdrawn?.at ?? '', by: withdrawn?.by ?? '' });
  terminal.print(terminal.word('reform-list.line', { id: entry.id, on: entry.on ?? '', name: entry.name ? say(entry.name, terminal.locale) : '', by: entry.by, at: entry.at, state: stands }));
  if (entry.tried) terminal.print(`  ${triedWords(call, entry.tried)}`);
  for (const { file, key, before, after } of entry.changes ?? []) terminal.print(`  ${file} ${key}\n${differenceOf(before, after).map(({ mark, line }) => `    ${mark} ${line}`).join('\n')}`);
}

/** Takes a scheduled reform back before its day. */
export const reformWithdrawCommand: Command = {
  name: 'reform withdraw',
  takes: ['ID'],
  options: { by: { type: 'string' }, pack: { type: 'string' } },
  run: async (call) => {
    const { terminal, option, given: [id = ''] } = call;
    const reading = packOf(call);
    if (typeof reading === 'number') return reading;
    const back = withdrawReform(reading.files, id, { by: option('by') ?? userInfo().username, at: reading.today });
    if (back.kind === 'refused') return terminal.refuse(back.code === 'reform-unknown' ? EXIT.usage : EXIT.failed, back.code, back.data);
    const result = writeChanged(reading, back.files);
    if ('problem' in result) return terminal.refuse(EXIT.environment, 'file-unwritable', { file: reading.folder, problem: result.problem });
    terminal.result({ withdrawn: id, written: result.written }, () => terminal.say('reform-withdraw.done', { id, files: result.written.join(' ') }));
    return EXIT.ok;
  },
};
