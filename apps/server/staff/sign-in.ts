import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { epochSeconds, hoursAfter } from '#adapters/clock/index.ts';
import { base32, hashPassword, isPassword, stepOfCode, TOTP_SECRET_BYTES, totpAddress } from '#adapters/identity/index.ts';
import { accountToEnrol, countAttempt, credentialsOf, enrolAccount, forgiveAttempt, openAccount, proveAgain, takeStep } from '#adapters/store/index.ts';
import type { AttemptOf, Database, Vault } from '#adapters/store/index.ts';
import type { City } from '#engine/city.ts';
import type { EnrolRefusal, StaffSignIn, StaffStep } from '#engine/console/index.ts';
import { say } from '#engine/kernel/index.ts';
import type { Clock, Random } from '#engine/ports.ts';
import { cookieOf } from '../visitor.ts';
import type { Visitors } from '../visitor.ts';

export interface StaffSignInOptions {
  readonly database: Database;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly random: Random;
  readonly visitors: Visitors;
  readonly city: () => City;
  readonly secure: () => boolean;
}

const WAY = 'staff-way';
const WAY_MINUTES = 5;
const ENROLLING = 'staff-enrolling';
const ENROLLING_MINUTES = 30;
const SHORTEST_PASSWORD = 12;
const LONGEST = 256;

/** What is kept, sealed, in the browser of whoever has passed the first step. */
const onTheWay = z.strictObject({ account: z.string(), until: z.string() });
/** The key for codes of whoever enrols, until it is confirmed by a code. */
const enrolling = z.strictObject({ of: z.string(), key: z.string(), until: z.string() });

/** Signing in of staff for each request: account and password, then a code, each counted before it is looked at. */
export function staffSignIn(options: StaffSignInOptions): (request: FastifyRequest) => StaffSignIn {
  const { database, vault, clock, random, visitors, city, secure } = options;
  const kept = (name: string, value: string, minutes: number): string => `${name}=${value}; Path=/staff; HttpOnly; SameSite=Strict; Max-Age=${minutes * 60}${secure() ? '; Secure' : ''}`;
  const seal = (value: object, place: string): string => Buffer.from(vault.seal(new TextEncoder().encode(JSON.stringify(value)), place)).toString('base64url');
  const opened = <T extends { readonly until: string }>(request: FastifyRequest, name: string, schema: z.ZodType<T>): T | undefined => {
    const sealed = cookieOf(request, name);
    if (sealed === undefined || sealed === '') return undefined;
    try {
      const found = schema.parse(JSON.parse(new TextDecoder().decode(vault.open(new Uint8Array(Buffer.from(sealed, 'base64url')), name))));
      return clock.now() < found.until ? found : undefined;
    } catch {
      // Whatever was sent as the cookie: altered, or sealed by another city.
      return undefined;
    }
  };
  /** Whether a code is right now for an account; it is used up by that. */
  const isCode = async (account: string, code: string): Promise<boolean> => {
    const found = await credentialsOf(database, vault, account);
    const step = found?.totpSecret && stepOfCode(found.totpSecret, code, { seconds: epochSeconds(clock.now()), after: found.totpStep });
    return typeof step === 'number' && takeStep(database, account, step);
  };
  return (request) => {
    const by = (account: string): readonly AttemptOf[] => [{ kind: 'account', of: account }, { kind: 'address', of: request.ip }];
    /** An attempt: counted first, tried, and forgotten where it was right. */
    const tried = async (account: string, isRight: () => Promise<boolean>, then: () => Promise<StaffStep>): Promise<StaffStep> => {
      const seconds = await countAttempt(database, by(account), clock.now());
      if (seconds > 0) return { kind: 'closed', seconds };
      return (await isRight()) ? then() : { kind: 'wrong' };
    };
    const keyOf = (code: string, cookies: string[]): Uint8Array => {
      const before = opened(request, ENROLLING, enrolling);
      if (before?.of === code) return new Uint8Array(Buffer.from(before.key, 'base64url'));
      const key = random(TOTP_SECRET_BYTES);
      cookies.push(kept(ENROLLING, seal({ of: code, key: Buffer.from(key).toString('base64url'), until: hoursAfter(clock.now(), ENROLLING_MINUTES / 60) } satisfies z.infer<typeof enrolling>, ENROLLING), ENROLLING_MINUTES));
      return key;
    };
    return {
      password: (typed, password) => {
        const account = typed.trim().toLowerCase().slice(0, LONGEST);
        return tried(account, async () => isPassword(password.slice(0, LONGEST), (await credentialsOf(database, vault, account))?.passwordHash ?? null), async () => ({
          kind: 'done', cookies: [kept(WAY, seal({ account, until: hoursAfter(clock.now(), WAY_MINUTES / 60) } satisfies z.infer<typeof onTheWay>, WAY), WAY_MINUTES)],
        }));
      },
      code: async (code) => {
        const way = opened(request, WAY, onTheWay);
        if (!way) return { kind: 'too-late' };
        return tried(way.account, () => isCode(way.account, code), async () => {
          const account = await openAccount(database, vault, way.account);
          if (!account) return { kind: 'wrong' };
          await forgiveAttempt(database, by(way.account));
          return { kind: 'done', cookies: [kept(WAY, '', 0), await visitors.open({ kind: 'staff', holder: account.id, name: account.name })] };
        });
      },
      prove: async (code) => {
        const visitor = await visitors.of(request);
        if (visitor.kind !== 'staff') return { kind: 'too-late' };
        const { id } = visitor.principal;
        const proven = async (): Promise<StaffStep> => {
          await proveAgain(database, visitor.session, clock.now());
          return { kind: 'done', cookies: [] };
        };
        if (visitor.isTest) return proven();
        return tried(id, () => isCode(id, code), async () => {
          await forgiveAttempt(database, by(id));
          return proven();
        });
      },
      enrolling: async (code) => {
        const account = await accountToEnrol({ database, vault }, code, clock.now());
        if (!account) return undefined;
        const cookies: string[] = [];
        const key = keyOf(code, cookies);
        return { cookies, account: account.id, name: account.name, key: base32(key), address: totpAddress(key, { issuer: say(city().pack.plan.site, 'zh'), account: account.id }) };
      },
      enrol: async (code, chosen) => {
        const [account, before] = [await accountToEnrol({ database, vault }, code, clock.now()), opened(request, ENROLLING, enrolling)];
        if (!account || before?.of !== code) return 'code-used';
        const refusal = passwordRefusal(chosen, account.id);
        if (refusal) return refusal;
        const totpSecret = new Uint8Array(Buffer.from(before.key, 'base64url'));
        const totpStep = stepOfCode(totpSecret, chosen.code, { seconds: epochSeconds(clock.now()), after: 0 });
        if (totpStep === undefined) return 'code-wrong';
        const passwordHash = await hashPassword(chosen.password, random);
        const done = await enrolAccount({ database, vault, by: { at: clock.now(), actor: account.id, random } }, account.id, { code, passwordHash, totpSecret, totpStep });
        return done ? undefined : 'code-used';
      },
      asTest: async (id) => {
        const account = city().mode === 'demo' ? await openAccount(database, vault, id) : undefined;
        if (account?.isTest !== true) return { kind: 'wrong' };
        return { kind: 'done', cookies: [await visitors.open({ kind: 'staff', holder: account.id, name: account.name })] };
      },
    };
  };
}

/** At least twelve characters of at least three kinds, or sixteen of any; not the name of the account. */
function passwordRefusal({ password, again }: { readonly password: string; readonly again: string }, account: string): EnrolRefusal | undefined {
  const { length } = password;
  if (length < SHORTEST_PASSWORD || length > LONGEST) return 'password-short';
  const kinds = [/\p{Ll}/u, /\p{Lu}/u, /\d/, /[^\p{Ll}\p{Lu}\d]/u].filter((kind) => kind.test(password)).length;
  if (password.toLowerCase().includes(account) || new Set(password).size < 6 || (kinds < 3 && length < 16)) return 'password-plain';
  return password === again ? undefined : 'password-differs';
}
