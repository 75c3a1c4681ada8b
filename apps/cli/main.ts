import { parseArgs } from 'node:util';
import { LOCALES } from '#engine/kernel/index.ts';
import { isStoreUnreachable } from '#engine/ports.ts';
import { COMMON_OPTIONS } from './command.ts';
import type { Call, Command } from './command.ts';
import { EXIT } from './exit.ts';
import type { Exit } from './exit.ts';
import { terminalOf } from './terminal.ts';
import type { Streams, Terminal } from './terminal.ts';

/** The commands by name, each loaded when it is asked for. */
export const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  serve: async () => (await import('./serve.ts')).serveCommand,
  open: async () => (await import('./open.ts')).openCommand,
  'pack check': async () => (await import('./pack-check.ts')).packCheckCommand,
  'pack import-dmn': async () => (await import('./pack-import-dmn.ts')).packImportDmnCommand,
  'pack new': async () => (await import('./pack-new.ts')).packNewCommand,
  // Before any `decide` without --all: the first name that the words begin with is taken.
  'decide --all': async () => (await import('./decide-all.ts')).decideAllCommand,
  'decide --person': async () => (await import('./decide-person.ts')).decidePersonCommand,
  act: async () => (await import('./act.ts')).actCommand,
  redecide: async () => (await import('./redecide.ts')).redecideCommand,
  observe: async () => (await import('./observe.ts')).observeCommand,
  pay: async () => (await import('./pay.ts')).payCommand,
  simulate: async () => (await import('./simulate.ts')).simulateCommand,
  decide: async () => (await import('./decide.ts')).decideCommand,
  due: async () => (await import('./due.ts')).dueCommand,
  'audit verify': async () => (await import('./audit-verify.ts')).auditVerifyCommand,
  backup: async () => (await import('./backup.ts')).backupCommand,
  'dispute answer': async () => (await import('./dispute.ts')).disputeAnswerCommand,
  demo: async () => (await import('./demo.ts')).demoCommand,
  'erase --due': async () => (await import('./erase.ts')).eraseDueCommand,
  'facts correct': async () => (await import('./facts.ts')).factsCorrectCommand,
  'feed check': async () => (await import('./feed.ts')).feedCheckCommand,
  'feed load': async () => (await import('./feed.ts')).feedLoadCommand,
  'reform list': async () => (await import('./reform.ts')).reformListCommand,
  'reform schedule': async () => (await import('./reform.ts')).reformScheduleCommand,
  'reform withdraw': async () => (await import('./reform.ts')).reformWithdrawCommand,
  'keys rotate': async () => (await import('./keys.ts')).keysRotateCommand,
  'overlay list': async () => (await import('./facts.ts')).overlayListCommand,
  reload: async () => (await import('./reload.ts')).reloadCommand,
  'release list': async () => (await import('./release.ts')).releaseListCommand,
  'release quality': async () => (await import('./release.ts')).releaseQualityCommand,
  'release verify': async () => (await import('./release.ts')).releaseVerifyCommand,
  staff: async () => (await import('./staff.ts')).staffCommand,
  scope: async () => (await import('./scope.ts')).scopeCommand,
  restore: async () => (await import('./restore.ts')).restoreCommand,
  token: async () => (await import('./token.ts')).tokenCommand,
  'verify apply': async () => (await import('./verify.ts')).verifyApplyCommand,
  'verify list': async () => (await import('./verify.ts')).verifyListCommand,
};

/** Refuses words that name no command; where commands begin so, it says which. */
function unknownCommand(terminal: Terminal, words: readonly string[]): Exit {
  const end = words.findIndex((word) => word.startsWith('-'));
  const command = words.slice(0, end === -1 ? 2 : Math.min(end, 2)).join(' ');
  const near = Object.keys(COMMANDS).filter((each) => each.startsWith(`${words[0] ?? ''} `));
  if (near.length === 0) return terminal.refuse(EXIT.usage, 'command-unknown', { command });
  return terminal.refuse(EXIT.usage, 'command-unfinished', { command, near: near.join(' · ') });
}

/** Runs the command that the words of the command line name. */
export async function main(words: readonly string[], env: Call['env'], streams: Streams): Promise<Exit> {
  const name = Object.keys(COMMANDS).find((each) => words.slice(0, each.split(' ').length).join(' ') === each);
  const rest = name === undefined ? words : words.slice(name.split(' ').length);
  // Read once without strictness, so that a wrong command line is refused in the right language and form.
  const loose = parseArgs({ args: [...rest], options: COMMON_OPTIONS, strict: false }).values;
  const lang = LOCALES.find((locale) => locale === loose.lang);
  const terminal = terminalOf(streams, lang, env, loose.json === true);
  if (loose.lang !== undefined && lang === undefined) return terminal.refuse(EXIT.usage, 'lang-unknown', { value: String(loose.lang) });
  if (loose.help === true) return help(terminal, name);
  const command = await COMMANDS[name ?? '']?.();
  if (!command) return words.length === 0 ? (help(terminal), EXIT.usage) : unknownCommand(terminal, words);
  let parsed;
  try {
    parsed = parseArgs({ args: [...rest], options: { ...COMMON_OPTIONS, ...command.options }, allowPositionals: true, strict: true });
  } catch (error) {
    return terminal.refuse(EXIT.usage, 'arguments-wrong', { problem: error instanceof Error ? error.message : '', command: command.name });
  }
  const values: Readonly<Record<string, unknown>> = parsed.values;
  if (parsed.positionals.length !== command.takes.length) return terminal.refuse(EXIT.usage, 'arguments-missing', { command: command.name, takes: command.takes.join(' ') });
  try {
    return await command.run({
      terminal, env, words: rest, given: parsed.positionals,
      option: (name) => (typeof values[name] === 'string' ? values[name] : undefined),
      flag: (name) => values[name] === true,
    });
  } catch (error) {
    // Whatever is written is a draft until it is whole, so nothing half-done is left.
    if (isDiskFull(error)) return terminal.refuse(EXIT.environment, 'disk-full', { command: command.name });
    if (isStoreUnreachable(error)) return terminal.refuse(EXIT.environment, 'store-unreachable', { command: command.name });
    throw error;
  }
}

/** Also where DuckDB found it so, which says it in words alone. */
function isDiskFull(error: unknown): boolean {
  return error instanceof Error && (('code' in error && error.code === 'ENOSPC') || /no space left on device/i.test(error.message));
}

function help(terminal: ReturnType<typeof terminalOf>, name = 'minsheng'): Exit {
  const text = terminal.help(name.replaceAll(' ', '-'));
  terminal.result({ command: name, help: text, exits: EXIT }, () => terminal.print(text));
  return EXIT.ok;
}

if (import.meta.main) {
  // Whoever reads the output may stop before its end (`| head`): that is no fault.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(EXIT.ok);
  });
  try {
    process.exitCode = await main(process.argv.slice(2), process.env, { out: (text) => process.stdout.write(text), err: (text) => process.stderr.write(text) });
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exitCode = EXIT.fault;
  }
}
