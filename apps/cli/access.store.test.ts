import { afterAll, beforeAll, expect, test } from 'vitest';
import { classesOpenTo, may, ROLES, rolesThat } from '#engine/permission/index.ts';
import { ask, DECIDES, leaksIn } from '#tools/access/ask.ts';
import type { Reply } from '#tools/access/ask.ts';
import { pageRoutes, serverRoutes } from '#tools/access/routes.ts';
import type { SiteRoute } from '#tools/access/routes.ts';
import { fuzz } from '#tools/access/run.ts';
import { openAccessWorld, SERVICE, wordOf } from '#tools/access/world.ts';
import type { AccessWorld, Caller, WorldTask } from '#tools/access/world.ts';
import { newPlace, removePlaces } from '#tools/spawn-cli.ts';

let world: AccessWorld;
let routes: readonly SiteRoute[];
beforeAll(async () => {
  world = await openAccessWorld(await newPlace());
  routes = [...pageRoutes(), ...(await serverRoutes())];
}, 180_000);
afterAll(async () => {
  await world.city.end();
  removePlaces();
});

/** Where somebody is led who may not see a page, by whom it is for; undefined: it is for everybody. */
function ownPageOf(path: string): { readonly for: Caller['kind']; readonly to: string } | undefined {
  if (/^\/my(?:\/|$)/.test(path)) return { for: 'resident', to: '/sign-in' };
  if (/^\/console(?:\/|$)/.test(path) || path === '/staff/prove') return { for: 'staff', to: '/staff/sign-in' };
  return undefined;
}

const isLedTo = ({ status, to }: Reply, path: string): boolean => status === 303 && (to === path || to?.startsWith(`${path}?`) === true);
/** A page with its slots filled by what is another's: a person who is nobody's of those who ask. */
const filled = (path: string): string => path.replace('/:number/*', `/1/case/${SERVICE}/person-1499`).replaceAll('*', 'nowhere').replaceAll(/:[a-z]+(?:\([^)]*\))?/gi, 'person-1499');

/** The same, once it is not one of too many in a minute. */
async function heardOf(send: () => Promise<Reply>): Promise<Reply> {
  for (;;) {
    // oxlint-disable-next-line no-await-in-loop -- asked again when the minute is over
    const reply = await send();
    if (reply.status !== 429) return reply;
    // oxlint-disable-next-line no-await-in-loop -- as above
    await new Promise((resolve) => { setTimeout(resolve, 3_000); });
  }
}

test('whoever asks is nobody, several residents, and a member of staff of every role', () => {
  const kinds = world.callers.map(({ kind }) => kind);
  expect([kinds[0], kinds.filter((kind) => kind === 'nobody').length, kinds.filter((kind) => kind === 'resident').length >= 2]).toEqual(['nobody', 1, true]);
  expect(new Set(world.callers.flatMap(({ staff }) => staff?.roles ?? []))).toEqual(new Set(ROLES));
});

test('every page lets in whom it is for and leads the others to where they sign in; none names anybody else', { timeout: 180_000 }, async () => {
  const wrong: string[] = [];
  for (const route of routes.filter(({ of }) => of === 'page')) {
    for (const caller of world.callers) {
      for (const method of ['GET', 'POST'] as const) {
        const asked = { method, path: filled(route.path), form: method === 'POST' ? {} : undefined };
        // oxlint-disable-next-line no-await-in-loop -- one after the other
        const reply = await ask(world, caller, asked);
        const own = ownPageOf(route.path);
        const isShut = own !== undefined && own.for !== caller.kind;
        // A page without a form takes none from anybody.
        if (reply.status !== 405 && isShut !== (own !== undefined && isLedTo(reply, own.to))) wrong.push(`${caller.id} ${method} ${asked.path}: ${reply.status} ${reply.to ?? ''}`);
        if (reply.status >= 500 || leaksIn(reply, caller, asked).length > 0) wrong.push(`${caller.id} ${method} ${asked.path}: ${reply.status} ${leaksIn(reply, caller, asked).join(' ')}`);
      }
    }
  }
  expect(wrong).toEqual([]);
});

test('every address of the server answers everybody alike, whoever is signed in, and none of them about a resident', { timeout: 180_000 }, async () => {
  const wrong: string[] = [];
  for (const route of routes.filter(({ of, path }) => of === 'server' && !['/sign-out', '/sign-in/return', '/sign-in'].includes(path))) {
    const asked = { method: route.methods.includes('GET') ? 'GET' : 'POST', path: filled(route.path) } as const;
    const statuses = new Set<number>();
    for (const caller of world.callers) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      const reply = await ask(world, caller, asked);
      // Too many were sent: the same for everybody from one address.
      if (reply.status !== 429) statuses.add(reply.status);
      if (reply.status >= 500 && reply.status !== 503) wrong.push(`${asked.path}: ${reply.status}`);
      const leaks = leaksIn(reply, caller, asked);
      if (leaks.length > 0) wrong.push(`${caller.id} ${asked.path}: ${leaks.join(' ')}`);
    }
    if (statuses.size > 1) wrong.push(`${asked.path}: ${[...statuses].join(' ')}`);
  }
  expect(wrong).toEqual([]);
});

test('whoever comes with a token is told of whom it speaks for, and nobody else is; one that does not hold is worth nothing anywhere', { timeout: 180_000 }, async () => {
  const own = { method: 'POST', path: DECIDES } as const;
  const wrong: string[] = [];
  for (const caller of world.bearers) {
    // Of a system one whose case it works on, as far as its department and its area go; of a resident they themselves.
    const reviewed = world.tasks.find(({ subject, kind, open }) => open && kind === 'review' && caller.mayName.has(subject))?.subject;
    const theirs = (caller.id === 'token own' ? [...caller.mayName][0] : reviewed) ?? 'person-1498';
    for (const [key, isTheirs] of [[theirs, caller.mayName.has(theirs)], ['person-1499', false], ['person-99999', false]] as const) {
      const asked = { ...own, json: JSON.stringify({ key, purpose: 'to know' }) };
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      const reply = await heardOf(() => ask(world, caller, asked));
      const holds = ['token own', 'token clerk', 'token narrow', 'token elsewhere'].includes(caller.id);
      if (reply.status !== (holds ? (isTheirs ? 200 : 403) : 401) || leaksIn(reply, caller, asked).length > 0) wrong.push(`${caller.id} ${key}: ${reply.status}`);
    }
    // Pages know no tokens: whoever brings one is nobody there; every other address of the server answers as it answers anybody.
    for (const route of routes.filter(({ methods, path }) => methods.includes('GET') && (ownPageOf(path) !== undefined || (caller.id === 'token own' && path.startsWith('/api/'))))) {
      const asked = { method: 'GET', path: filled(route.path) } as const;
      // oxlint-disable-next-line no-await-in-loop -- as above
      const reply = await ask(world, caller, asked);
      const own = ownPageOf(route.path);
      if ((own !== undefined && !isLedTo(reply, own.to)) || (reply.status >= 500 && reply.status !== 503) || leaksIn(reply, caller, asked).length > 0) wrong.push(`${caller.id} GET ${asked.path}: ${reply.status}`);
    }
  }
  expect(wrong).toEqual([]);
});

test('every task and its facts open to each role in each department and area as the table of permissions says', { timeout: 180_000 }, async () => {
  const wrong: string[] = [];
  const pageOf = (kind: 'tasks' | 'facts', { subject }: WorldTask): string => `/console/${kind}/1/case/${SERVICE}/${subject}`;
  for (const caller of world.callers.filter(({ kind }) => kind === 'staff')) {
    for (const task of world.tasks) {
      if (!caller.staff) continue;
      const may200 = may(caller.staff, 'task.read', { of: 'task', task });
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      const [page, facts] = [await ask(world, caller, { method: 'GET', path: pageOf('tasks', task) }), await ask(world, caller, { method: 'GET', path: pageOf('facts', task) })];
      if (page.status !== (may200 ? 200 : 404)) wrong.push(`${caller.id} ${task.subject}: task ${page.status}`);
      const opens = classesOpenTo(caller.staff, task).length > 0;
      if ((facts.status === 200) !== opens) wrong.push(`${caller.id} ${task.subject}: facts ${facts.status}`);
      // What the case says is read while the task is open, and not after.
      const reads = may(caller.staff, 'case.read', { of: 'case', tasks: [task] });
      if (page.text.includes(wordOf(task.subject)) !== reads) wrong.push(`${caller.id} ${task.subject}: case`);
    }
  }
  expect(wrong).toEqual([]);
});

test('each page of the console opens to the roles that the table lets in, and to no other', { timeout: 180_000 }, async () => {
  const pages = { '/console/batches': 'batch.read', '/console/access': 'access.read', '/console/accounts': 'account.read', '/console/accounts/new': 'account.manage', '/console/accounts/fisheries-officer': 'account.manage' } as const;
  const wrong: string[] = [];
  for (const caller of world.callers.filter(({ kind }) => kind === 'staff')) {
    for (const [path, action] of Object.entries(pages)) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      const { status } = await ask(world, caller, { method: 'GET', path });
      const lets = rolesThat(action).some((role) => caller.staff?.roles.includes(role) === true);
      if (status !== (lets ? 200 : 403)) wrong.push(`${caller.id} ${path}: ${status}`);
    }
    // oxlint-disable-next-line no-await-in-loop -- as above
    const { text } = await ask(world, caller, { method: 'GET', path: '/console' });
    const named = [['/console/batches', 'batch.read'], ['/console/access', 'access.read'], ['/console/accounts', 'account.read'], ['/console/help', 'resident.help'], ['/desk', 'desk.read']] as const;
    for (const [path, action] of named) if (text.includes(`href="${path}"`) !== rolesThat(action).some((role) => caller.staff?.roles.includes(role) === true)) wrong.push(`${caller.id} is led to ${path}, or not`);
  }
  expect(wrong).toEqual([]);
});

test('whatever anybody sends, no answer names or quotes somebody who is not theirs to know, and nothing breaks', { timeout: 240_000 }, async () => {
  const { requests, leaks, errors, shown, statuses } = await fuzz(world, routes, { requests: 2_000, seed: 20_310_303 });
  expect({ requests, leaks, errors, shown }).toEqual({ requests: 2_000, leaks: 0, errors: 0, shown: [] });
  // It does ask, and is answered: pages, refusals and what is not there.
  for (const status of ['200', '303', '404', '422']) expect([status, (statuses[status] ?? 0) > 0]).toEqual([status, true]);
});
