import { cpus, loadavg, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { systemClock } from '#adapters/clock/index.ts';
import type { Bench, Figure } from './figure.ts';

/** The benchmarks by name. Another one is a file that exports its function, and a line here. */
const BENCHES: Readonly<Record<string, () => Promise<Bench>>> = {
  api: async () => (await import('./api.ts')).api,
  feeds: async () => (await import('./feeds.ts')).feeds,
  interview: async () => (await import('./interview.ts')).interview,
  act: async () => (await import('./act.ts')).act,
  log: async () => (await import('./log.ts')).log,
  rules: async () => (await import('./rules.ts')).rules,
  start: async () => (await import('./start.ts')).start,
  decide: async () => (await import('./decide.ts')).decide,
};

/** What was measured: the one form of every benchmark. */
interface Report {
  readonly bench: string;
  readonly at: string;
  readonly machine: Readonly<Record<string, string | number>>;
  readonly figures: readonly Figure[];
}

function printed({ bench, figures, machine }: Report): string {
  const on = `${bench}  on ${Object.entries(machine).map(([name, value]) => `${name} ${value}`).join(', ')}`;
  const lines = figures.map(({ name, value, unit, against, bar, holds }) => [
    `${bench}  ${name}: ${value} ${unit}`,
    ...(against ? [`${against.name} ${against.value} ${unit}`] : []),
    ...(bar ? [`${bar.op} ${bar.value}: ${holds === true ? 'holds' : 'MISSED'}`] : []),
  ].join('  ·  '));
  return [on, ...lines].join('\n');
}

const load = (): number => Math.round((loadavg()[0] ?? 0) * 10) / 10;
const { values, positionals: [name = ''] } = parseArgs({ options: { json: { type: 'boolean' }, people: { type: 'string', default: '7200000' } }, allowPositionals: true });
const bench = BENCHES[name];
const people = Number(values.people);
if (bench && Number.isSafeInteger(people) && people > 0) {
  const at = systemClock().now();
  const loadBefore = load();
  const figures = await (await bench())({ people, say: (line) => console.error(line) });
  const machine = { cpu: cpus()[0]?.model ?? '', cores: cpus().length, memoryGiB: Math.round(totalmem() / 2 ** 30), node: process.version, platform: `${process.platform} ${process.arch}`, loadBefore, loadAfter: load() };
  const report: Report = { bench: name, at, machine, figures };
  console.log(values.json === true ? JSON.stringify(report) : printed(report));
  process.exitCode = report.figures.some(({ holds }) => holds === false) ? 1 : 0;
} else {
  console.error(`npm run -s bench -- NAME [--json] [--people N, for rules, decide and feeds]: ${Object.keys(BENCHES).join(', ')}`);
  process.exitCode = 2;
}
