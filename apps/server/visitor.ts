import type { FastifyReply, FastifyRequest } from 'fastify';
import { endSession, openAccount, openSession, SESSION_LIMITS, sessionOf } from '#adapters/store/index.ts';
import type { Database, OpenSession, SignedInAs, Vault } from '#adapters/store/index.ts';
import type { City } from '#engine/city.ts';
import type { Clock, Random, Visitor } from '#engine/ports.ts';
import { NOBODY } from '#engine/ports.ts';

export interface VisitorsInput {
  readonly database: Database;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly random: Random;
  readonly city: () => Pick<City, 'mode' | 'subjectsOf'>;
  /** Whether the city is reached through HTTPS: the cookie then goes no other way. */
  readonly secure: () => boolean;
}

/** Who sends requests, by the cookie of their session. */
export interface Visitors {
  readonly of: (request: FastifyRequest) => Promise<Visitor>;
  readonly signIn: (reply: FastifyReply, who: SignedInAs) => Promise<void>;
  /** Opens a session and gives the cookie that holds it, as a header says it. */
  readonly open: (who: SignedInAs) => Promise<string>;
  /** Ends the session of a request; gives of what kind it was, undefined where there was none. */
  readonly signOut: (request: FastifyRequest, reply: FastifyReply) => Promise<SignedInAs['kind'] | undefined>;
}

export function visitorsOf({ database, vault, clock, random, city, secure }: VisitorsInput): Visitors {
  const name = (): string => (secure() ? '__Host-session' : 'session');
  const attributes = (seconds: number): string => `Path=/; HttpOnly; SameSite=Lax; Max-Age=${seconds}${secure() ? '; Secure' : ''}`;
  const found = async (request: FastifyRequest): Promise<OpenSession | undefined> => {
    const token = cookieOf(request, name());
    return token === undefined ? undefined : sessionOf(database, vault, token, clock.now());
  };
  const open: Visitors['open'] = async (who) => `${name()}=${await openSession(database, vault, who, { now: clock.now(), random })}; ${attributes(SESSION_LIMITS[who.kind].hours * 3_600)}`;
  /** What a member of staff may is what their account says now, not what it said when they came. */
  const staffOf = async ({ id: session, holder, provenAt }: OpenSession): Promise<Visitor> => {
    const account = await openAccount(database, vault, holder);
    if (!account || (account.isTest && city().mode === 'production')) return NOBODY;
    const { id, department, areas, roles } = account;
    return { kind: 'staff', principal: { kind: 'staff', id, department, areas, roles }, name: account.name, session, provenAt, isTest: account.isTest };
  };
  return {
    open,
    of: async (request) => {
      const session = await found(request);
      if (session?.kind === 'staff') return staffOf(session);
      if (!session) return NOBODY;
      const subjects = city().subjectsOf(session.holder);
      // Of a release in which they no longer are, nothing is theirs.
      return subjects.length === 0 ? NOBODY : { kind: 'resident', principal: { kind: 'person', id: session.holder, subjects }, name: session.name, session: session.id, provenAt: session.provenAt };
    },
    signIn: async (reply, who) => {
      reply.header('set-cookie', await open(who));
    },
    signOut: async (request, reply) => {
      const session = await found(request);
      if (session) await endSession(database, session.id, clock.now());
      reply.header('set-cookie', `${name()}=; ${attributes(0)}`);
      return session?.kind;
    },
  };
}

/** The value of a cookie; undefined where it was not sent. */
export function cookieOf({ headers: { cookie = '' } }: FastifyRequest, name: string): string | undefined {
  return cookie.split(/; */).find((one) => one.startsWith(`${name}=`))?.slice(name.length + 1);
}
