import { join, resolve } from 'node:path';
import { parseDate } from '#engine/kernel/index.ts';
import type { CalendarDate } from '#engine/kernel/index.ts';
import type { SmsAccess, SmtpAccess } from '#adapters/notices/index.ts';
import { smsOf, smtpOf } from './notices/settings.ts';
import type { NoticeSettingsRefusal } from './notices/settings.ts';

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
  /** Who looks at the pages of figures: anybody, or staff whose role may. */
  readonly desk: 'open' | 'staff';
  /** Whether tokens of test principals are believed: not in production, unless MINSHENG_TEST_PRINCIPALS=allow. */
  readonly testPrincipals: boolean;
  /** The address at which people open the city, without a path; undefined: that of host and port. */
  readonly origin: string | undefined;
  /** The single sign-on of the city; undefined: the provider of the demonstration, and in production none. */
  readonly oidc: OidcAccess | undefined;
  /** The mail server of the city; undefined: no e-mail goes out. A demonstration sends none in any case. */
  readonly smtp: SmtpAccess | undefined;
  /** The SMS gateway of the city; undefined: no text message goes out. A demonstration sends none in any case. */
  readonly sms: SmsAccess | undefined;
  /** What MINSHENG_KEY says: keys of 64 hex digits that seal personal data, joined by commas; the first one seals. */
  readonly keys: string | undefined;
  /** Saved files of the pack and of the pages show at once. */
  readonly watch: boolean;
  /** A demonstration in which nothing was decided yet lives through its first month. */
  readonly firstMonth: boolean;
}

/** What flags of the command line say; a flag comes before its variable. */
export interface SettingFlags {
  readonly port?: string | undefined;
  readonly host?: string | undefined;
  readonly data?: string | undefined;
  readonly pack?: string | undefined;
  readonly today?: string | undefined;
  readonly watch?: boolean | undefined;
  readonly firstMonth?: boolean | undefined;
}

/** How the city is known to its single sign-on. */
export interface OidcAccess {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly algorithm: string;
  /** The claim that holds the surrogate id by which the departments' feeds know people. */
  readonly subjectClaim: string;
}

export type SettingsRefusal =
  | NoticeSettingsRefusal
  | { readonly kind: 'port-invalid'; readonly value: string }
  | { readonly kind: 'today-invalid'; readonly value: string }
  | { readonly kind: 'mode-invalid'; readonly value: string }
  | { readonly kind: 'desk-invalid'; readonly value: string }
  | { readonly kind: 'database-url-invalid' }
  | { readonly kind: 'origin-invalid'; readonly value: string }
  | { readonly kind: 'oidc-incomplete'; readonly missing: string }
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
  const [databaseUrl, keys, origin, desk] = [databaseUrlOf(env), keysOf(env), of('MINSHENG_URL'), deskOf(of, mode)];
  if (mode !== 'demo' && mode !== 'production') return { kind: 'mode-invalid', value: mode };
  const wrong = wrongText({ port, day, databaseUrl, origin, mode });
  if (wrong) return wrong;
  const reached = reachedBy(of);
  if ('kind' in reached) return reached;
  if (typeof desk !== 'string') return desk;
  const settings: Settings = {
    port: Number(port), mode, desk, databaseUrl, keys, origin, ...reached,
    today: parseDate(day ?? ''),
    watch: flags.watch === true,
    firstMonth: flags.firstMonth === true && mode === 'demo',
    testPrincipals: believesTests(mode, of),
    host: of('HOST', flags.host) ?? '127.0.0.1',
    folder: dataFolder(env, flags.data),
    pack: packFolder(env, flags.pack),
  };
  return (mode === 'production' ? refuseDemo(settings) : undefined) ?? settings;
}

function wrongText({ port, day, databaseUrl, origin, mode }: Pick<Settings, 'databaseUrl' | 'origin' | 'mode'> & { readonly port: string; readonly day: string | undefined }): SettingsRefusal | undefined {
  if (!isPort(port)) return { kind: 'port-invalid', value: port };
  if (day !== undefined && parseDate(day) === undefined) return { kind: 'today-invalid', value: day };
  if (!isPostgresUrl(databaseUrl)) return { kind: 'database-url-invalid' };
  return isOrigin(origin, mode) ? undefined : { kind: 'origin-invalid', value: origin ?? '' };
}

/** Figures are staff's where residents are real, unless it was said otherwise. */
function deskOf(of: (variable: string) => string | undefined, mode: string): Settings['desk'] | SettingsRefusal {
  const said = of('MINSHENG_DESK') ?? (mode === 'production' ? 'staff' : 'open');
  return said === 'open' || said === 'staff' ? said : { kind: 'desk-invalid', value: said };
}

function believesTests(mode: Settings['mode'], of: (variable: string) => string | undefined): boolean {
  return mode === 'demo' || of('MINSHENG_TEST_PRINCIPALS') === 'allow';
}

/** Whom a city speaks to: its single sign-on, its mail server, its SMS gateway. */
function reachedBy(of: (variable: string) => string | undefined): Pick<Settings, 'oidc' | 'smtp' | 'sms'> | SettingsRefusal {
  const [oidc, smtp, sms] = [oidcOf(of), smtpOf(of), smsOf(of)];
  if (oidc && 'kind' in oidc) return oidc;
  if (smtp && 'kind' in smtp) return smtp;
  return sms && 'kind' in sms ? sms : { oidc, smtp, sms };
}

/** What the environment says of the single sign-on: all of it or nothing. */
function oidcOf(of: (variable: string) => string | undefined): OidcAccess | SettingsRefusal | undefined {
  const needed = ['MINSHENG_OIDC_ISSUER', 'MINSHENG_OIDC_CLIENT', 'MINSHENG_OIDC_SECRET'] as const;
  const [issuer, clientId, clientSecret] = needed.map((variable) => of(variable));
  if (issuer === undefined && clientId === undefined && clientSecret === undefined) return undefined;
  if (issuer === undefined || clientId === undefined || clientSecret === undefined) return { kind: 'oidc-incomplete', missing: needed.find((variable) => of(variable) === undefined) ?? '' };
  return { issuer, clientId, clientSecret, algorithm: of('MINSHENG_OIDC_ALGORITHM') ?? 'RS256', subjectClaim: of('MINSHENG_OIDC_SUBJECT') ?? 'sub' };
}

/** An address without a path; in production one that is encrypted all the way. */
function isOrigin(text: string | undefined, mode: Settings['mode']): boolean {
  if (text === undefined) return true;
  return URL.canParse(text) && new URL(text).origin === text && (mode === 'demo' ? /^https?:/ : /^https:/).test(text);
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
