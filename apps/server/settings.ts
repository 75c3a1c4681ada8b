import { join, resolve } from 'node:path';
import { parseDate } from '#engine/kernel/index.ts';
import type { CalendarDate } from '#engine/kernel/index.ts';

/** How a city is run. Paths are absolute. */
export interface Settings {
  /** 0: any free port. */
  readonly port: number;
  readonly host: string;
  /** The data folder: lock, socket and, without a PostgreSQL, the embedded database. */
  readonly folder: string;
  readonly pack: string;
  readonly databaseUrl: string | undefined;
  /** The day that everything is as of, for demonstrations; undefined: the day it is. */
  readonly today: CalendarDate | undefined;
  readonly mode: 'demo' | 'production';
  /** Whether tokens of test principals are believed: not in production, unless MINSHENG_TEST_PRINCIPALS=allow. */
  readonly testPrincipals: boolean;
  /** What MINSHENG_KEY says: keys of 64 hex digits that seal personal data, joined by commas; the first one seals. */
  readonly keys: string | undefined;
  /** Saved files of the pack and of the pages show at once. */
  readonly watch: boolean;
}

/** What flags of the command line say; a flag comes before its variable. */
export interface SettingFlags {
  readonly port?: string | undefined;
  readonly host?: string | undefined;
  readonly data?: string | undefined;
  readonly pack?: string | undefined;
  readonly today?: string | undefined;
  readonly watch?: boolean | undefined;
}

export type SettingsRefusal =
  | { readonly kind: 'port-invalid'; readonly value: string }
  | { readonly kind: 'today-invalid'; readonly value: string }
  | { readonly kind: 'mode-invalid'; readonly value: string }
  | { readonly kind: 'database-url-invalid' }
  | { readonly kind: 'production-refuses'; readonly what: string }
  | { readonly kind: 'production-needs-postgres' }
  | { readonly kind: 'production-needs-key' };

export const ROOT = join(import.meta.dirname, '../..');
const DEFAULT_PORT = 8080;

type Environment = Readonly<Record<string, string | undefined>>;

/** The settings that flags and environment give, or why they cannot be followed. An empty variable is as good as none. */
export function readSettings(env: Environment, flags: SettingFlags = {}): Settings | SettingsRefusal {
  const of = (variable: string, flag?: string): string | undefined => flag ?? (env[variable] === '' ? undefined : env[variable]);
  const port = of('PORT', flags.port) ?? String(DEFAULT_PORT);
  const day = of('MINSHENG_TODAY', flags.today);
  const mode = of('MINSHENG_MODE') ?? 'demo';
  const [databaseUrl, keys] = [databaseUrlOf(env), keysOf(env)];
  if (!isPort(port)) return { kind: 'port-invalid', value: port };
  if (day !== undefined && parseDate(day) === undefined) return { kind: 'today-invalid', value: day };
  if (mode !== 'demo' && mode !== 'production') return { kind: 'mode-invalid', value: mode };
  if (!isPostgresUrl(databaseUrl)) return { kind: 'database-url-invalid' };
  const settings: Settings = {
    port: Number(port), mode, databaseUrl, keys,
    today: day === undefined ? undefined : parseDate(day),
    watch: flags.watch ?? false,
    testPrincipals: believesTests(mode, of),
    host: of('HOST', flags.host) ?? '127.0.0.1',
    folder: dataFolder(env, flags.data),
    pack: packFolder(env, flags.pack),
  };
  return (mode === 'production' ? refuseDemo(settings) : undefined) ?? settings;
}

function believesTests(mode: Settings['mode'], of: (variable: string) => string | undefined): boolean {
  return mode === 'demo' || of('MINSHENG_TEST_PRINCIPALS') === 'allow';
}

function isPort(text: string): boolean {
  return /^\d{1,5}$/.test(text) && Number(text) <= 65_535;
}

function isPostgresUrl(url: string | undefined): boolean {
  return url === undefined || /^postgres(?:ql)?:\/\/./.test(url);
}

/** The data folder that flags and environment name. */
export function dataFolder(env: Environment, flag?: string): string {
  const variable = env['MINSHENG_DATA'];
  return resolve(flag ?? (variable === undefined || variable === '' ? 'data' : variable));
}

/** The plan pack: where it was said, else Jinhua's. */
export function packFolder(env: Environment, flag?: string): string {
  return resolve(flag ?? (env['MINSHENG_PACK'] || join(ROOT, 'packs/jinhua')));
}

/** The PostgreSQL that the environment names; undefined: the embedded one. */
export function databaseUrlOf(env: Environment): string | undefined {
  return env['DATABASE_URL'] === '' ? undefined : env['DATABASE_URL'];
}

/** What the environment says that seals personal data; undefined: nothing. */
export function keysOf(env: Environment): string | undefined {
  return env['MINSHENG_KEY'] === '' ? undefined : env['MINSHENG_KEY'];
}

/** How a command line that serves nothing is run. */
export function modeOf(env: Environment): Settings['mode'] {
  return env['MINSHENG_MODE'] === 'production' ? 'production' : 'demo';
}

/** Production is the real day, a database that survives a power cut, and a key that lies elsewhere than what it seals. */
function refuseDemo({ today, watch, databaseUrl, keys }: Settings): SettingsRefusal | undefined {
  if (today !== undefined) return { kind: 'production-refuses', what: 'MINSHENG_TODAY' };
  if (watch) return { kind: 'production-refuses', what: '--watch' };
  if (databaseUrl === undefined) return { kind: 'production-needs-postgres' };
  return keys === undefined ? { kind: 'production-needs-key' } : undefined;
}
