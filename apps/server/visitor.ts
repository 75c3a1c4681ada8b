import type { FastifyReply, FastifyRequest } from 'fastify';
import { actFor, endSession, lapsedHolder, openAccount, openSession, SESSION_LIMITS, sessionOf } from '#adapters/store/index.ts';
import type { Database, OpenSession, SignedInAs, Vault } from '#adapters/store/index.ts';
import type { City } from '#engine/city.ts';
import { helperId } from '#engine/mandate/index.ts';
import type { Family } from '#engine/mandate/index.ts';
import { may } from '#engine/permission/index.ts';
import { NOBODY } from '#engine/ports.ts';
import type { Clock, Random, Visitor } from '#engine/ports.ts';

export interface VisitorsInput {
  readonly database: Database;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly random: Random;
  readonly city: () => Pick<City, 'mode' | 'subjectsOf'>;
  readonly family: Family;
  /** Whether the city is reached through HTTPS: the cookie then goes no other way. */
  readonly secure: () => boolean;
}

/** Who sends requests, by the cookie of their session. */
export interface Visitors {
  readonly of: (request: FastifyRequest) => Promise<Visitor>;
  /** `provenAt`: when they proved who they are, if not just now. */
  readonly signIn: (reply: FastifyReply, who: SignedInAs, provenAt?: string) => Promise<void>;
  /** Opens a session and gives the cookie that holds it, as a header says it. */
  readonly open: (who: SignedInAs, provenAt?: string) => Promise<string>;
  /** Ends the session of a request; gives of what kind it was, undefined where there was none. */
  readonly signOut: (request: FastifyRequest, reply: FastifyReply) => Promise<SignedInAs['kind'] | undefined>;
  /** Spends the session for another from now on, where they may; null: for themselves again. Gives the page on which they go on, which says so where they may not. */
  readonly actFor: (request: FastifyRequest, other: string | null) => Promise<string>;
}

export function visitorsOf({ database, vault, clock, random, city, family, secure }: VisitorsInput): Visitors {
  const name = (): string => (secure() ? '__Host-session' : 'session');
  const attributes = (seconds: number): string => `Path=/; HttpOnly; SameSite=Lax; Max-Age=${seconds}${secure() ? '; Secure' : ''}`;
  const found = async (request: FastifyRequest): Promise<OpenSession | undefined> => {
    const token = cookieOf(request, name());
    return token === undefined ? undefined : sessionOf(database, vault, token, clock.now());
  };
  const resident = async (session: OpenSession): Promise<Visitor> => {
    const { holder, name: own, id, provenAt, actingFor } = session;
    const may = actingFor === null ? undefined : await family.mayActFor(holder, actingFor);
    // A mandate that has ended meanwhile leaves them on their own page.
    const about = may && actingFor !== null ? actingFor : holder;
    const subjects = city().subjectsOf(about);
    // Of a release in which they no longer are, nothing is theirs.
    if (subjects.length === 0) return NOBODY;
    return {
      kind: 'resident', name: own, session: id, provenAt, about, acting: may && { by: may.by, name: may.name },
      principal: { kind: 'person', id: holder, subjects, ...(may?.scope === 'look' ? { only: may.scope } : {}) },
    };
  };
  /** Only a form that is sent asks this: a page that is looked at shows nothing to whoever is not signed in. */
  const nobody = async (request: FastifyRequest): Promise<Visitor> => {
    const token = request.method === 'POST' ? cookieOf(request, name()) : undefined;
    const holder = token === undefined ? undefined : await lapsedHolder(database, token, clock.now());
    const subjects = holder === undefined ? [] : city().subjectsOf(holder);
    return holder === undefined || subjects.length === 0 ? NOBODY : { kind: 'nobody', lapsed: { kind: 'person', id: holder, subjects } };
  };
  const open: Visitors['open'] = async (who, provenAt) => `${name()}=${await openSession(database, vault, who, { now: clock.now(), random, provenAt })}; ${attributes(SESSION_LIMITS[who.kind].hours * 3_600)}`;
  /** What a member of staff may is what their account says now, not what it said when they came. */
  const staffOf = async ({ id: session, holder, provenAt }: OpenSession): Promise<Visitor> => {
    const account = await openAccount(database, vault, holder);
    if (!account || (account.isTest && city().mode === 'production')) return NOBODY;
    const { id, department, areas, roles } = account;
    return { kind: 'staff', principal: { kind: 'staff', id, department, areas, roles }, name: account.name, session, provenAt, isTest: account.isTest };
  };
  /** A helper on the pages of whoever has given them leave: a principal of its own, with nothing of what staff may otherwise see. */
  const helping = async (member: Visitor, actingFor: string): Promise<Visitor> => {
    if (member.kind !== 'staff' || !may(member.principal, 'resident.help', { of: 'city' })) return member;
    const id = helperId(member.principal.id);
    const [leave, subjects] = [await family.mayActFor(id, actingFor), city().subjectsOf(actingFor)];
    if (!leave || subjects.length === 0) return member;
    const { name: own, session, provenAt } = member;
    return { kind: 'resident', name: own, session, provenAt, about: actingFor, acting: { by: leave.by, name: leave.name }, principal: { kind: 'person', id, subjects, ...(leave.scope === 'look' ? { only: leave.scope } : {}) } };
  };
  return {
    open,
    of: async (request) => {
      const session = await found(request);
      if (session?.kind === 'person') return resident(session);
      if (!session) return nobody(request);
      const member = await staffOf(session);
      return session.actingFor === null ? member : helping(member, session.actingFor);
    },
    signIn: async (reply, who, provenAt) => {
      reply.header('set-cookie', await open(who, provenAt));
    },
    signOut: async (request, reply) => {
      const session = await found(request);
      if (session) await endSession(database, session.id, clock.now());
      reply.header('set-cookie', `${name()}=; ${attributes(0)}`);
      return session?.kind;
    },
    actFor: async (request, other) => {
      const session = await found(request);
      if (!session) return '/my';
      const [own, back, refused] = session.kind === 'staff' ? [helperId(session.holder), '/console/help', '/console/help?problem=not-yours'] as const : [session.holder, '/my', '/my/family?problem=not-yours'] as const;
      if (other !== null && !(await family.mayActFor(own, other))) return refused;
      await actFor(database, session.id, other);
      return other === null ? back : '/my';
    },
  };
}

/** The value of a cookie; undefined where it was not sent. */
export function cookieOf({ headers: { cookie = '' } }: FastifyRequest, name: string): string | undefined {
  return cookie.split(/; */).find((one) => one.startsWith(`${name}=`))?.slice(name.length + 1);
}
