import { expect, test } from 'vitest';
import { known, screenedFact } from '#engine/rules/index.ts';
import { situationOf, thing } from '#engine/rules/testing/make.ts';
import { TOWN } from '#engine/rules/testing/town.ts';
import type { DataClass } from '#engine/permission/index.ts';
import type { Principal } from '../ports.ts';
import { buildSnapshot, keysOf, openDoor, rowNumbers } from './index.ts';
import type { FactsOf, Opening, Sight } from './index.ts';

/** A couple and their lodger in one household, and somebody who lives in none. */
const snapshot = buildSnapshot(TOWN, situationOf({
  living: [thing({ n: 3n })],
  person: [
    thing({ income: known(100n), p: true, q: true }, { living: [0], spouse: [1] }),
    thing({ income: known(200n), p: false }, { living: [0], spouse: [0] }),
    thing({ income: known(400n) }, { living: [0], spouse: [] }),
    thing({ income: known(800n) }, { spouse: [] }),
  ],
}), 'living');
const population = { snapshot, keys: keysOf(new Map([['person', rowNumbers(4)], ['living', rowNumbers(1)]])), person: 'person', classOf: (fact: string) => (fact === 'income' ? 'sensitive' : fact === 'p' ? 'personal' : undefined) } as const;

const link = (id: string) => TOWN.links.get(id) ?? expect.unreachable(id);
const look = (facts: readonly string[], steps: Sight['steps'] = new Map()): Sight => ({ facts: new Set(facts), steps });
/** A rule that reads p of the person and the income of the spouse. */
const sights = new Map([['person', look(['p', 'person.unheard-of'], new Map([['along spouse', { link: link('spouse'), direction: 'along', onward: look(['income']) }]]))]]);

interface Visit {
  readonly found: FactsOf;
  readonly log: readonly Opening[];
}

async function visit(principal: Principal, key: string, open: readonly string[] = [], looked = sights, classes: readonly DataClass[] = ['public', 'personal', 'sensitive']): Promise<Visit> {
  const log: Opening[] = [];
  const door = openDoor(population, {
    passage: async (_, purpose, { subjectKey, householdKey }) => new Map(purpose === 'review' && (open.includes(subjectKey) || open.includes(householdKey ?? '')) ? [['grant', classes] as const] : []),
    write: async (openings) => { log.push(...openings); },
  });
  return { found: await door.factsOf(principal, 'review', key, { through: 'a test', sights: (only) => (only && !only.has('grant') ? new Map() : looked) }), log };
}

const resident: Principal = { kind: 'person', id: 'r-1', subjects: ['person-0', 'living-0'] };
const clerk: Principal = { kind: 'staff', id: 's-7', department: 'civil-affairs', areas: [], roles: [] };
const by = { purpose: 'review', through: 'a test' };

test('a person may open their own values, and everybody of whom something was read can see by whom', async () => {
  const { found, log } = await visit(resident, 'person-0');
  expect(found).toMatchObject({ kind: 'facts', subject: { subjectKey: 'person-0', householdKey: 'living-0' } });
  expect(log).toEqual([
    { ...by, actor: 'r-1', about: { kind: 'subject', subjectKey: 'person-0', householdKey: 'living-0' }, columns: ['dwelling', 'living', 'p', 'spouse'] },
    { ...by, actor: 'r-1', about: { kind: 'subject', subjectKey: 'person-1', householdKey: 'living-0' }, columns: ['income'] },
  ]);
});

test('nothing that no rule reads is in what was opened: not q of the person, not the lodger', async () => {
  const { found } = await visit(resident, 'person-0');
  const people = found.kind === 'facts' ? found.world.situation.get('person')?.map(({ facts }) => [...facts.keys()]) : [];
  expect(people).toEqual([['p'], ['income']]);
});

test('where nobody has signed a sensitive fact is not read, and the log says that it was not', async () => {
  // The first has signed (q), of the spouse it is not known: of the spouse only the signature was looked at.
  const income = screenedFact('income', 'q');
  const { found, log } = await visit(resident, 'person-0', [], new Map([['person', look([income], new Map([['along spouse', { link: link('spouse'), direction: 'along', onward: look([income]) }]]))]]));
  const people = found.kind === 'facts' ? found.world.situation.get('person') : undefined;
  expect(people?.map(({ facts, provenance }) => [facts.get(income), provenance?.get(income)])).toEqual([[known(100n), undefined], [undefined, { withheld: true }]]);
  expect(log.map(({ about, columns }) => [about.subjectKey, columns])).toEqual([['person-0', ['dwelling', 'income', 'living', 'q', 'spouse']], ['person-1', ['q']]]);
});

test('a person may not open anybody else, of the same household or not, and the attempt is on record', async () => {
  for (const key of ['person-1', 'person-3']) {
    const { found, log } = await visit(resident, key);
    expect(found).toEqual({ kind: 'denied' });
    expect(log).toEqual([{ ...by, actor: 'r-1', about: { kind: 'subject', subjectKey: key, householdKey: key === 'person-1' ? 'living-0' : null }, columns: [] }]);
  }
});

test('staff open whom an open task is about, or whose household, and nobody else', async () => {
  expect((await visit(clerk, 'person-2', ['person-2'])).found.kind).toBe('facts');
  expect((await visit(clerk, 'person-2', ['living-0'])).found.kind).toBe('facts');
  expect((await visit(clerk, 'person-3', ['living-0'])).found).toEqual({ kind: 'denied' });
  expect((await visit(clerk, 'person-2')).log).toMatchObject([{ actor: 's-7', columns: [] }]);
});

test('staff see only the classes of facts that the work needs, and not whom only the others lead to', async () => {
  const people = async (classes: readonly DataClass[]) => {
    const { found, log } = await visit(clerk, 'person-0', ['person-0'], sights, classes);
    return [found.kind === 'facts' ? found.world.situation.get('person')?.map(({ facts }) => [...facts.keys()]) : found.kind, log.map(({ about, columns }) => [about.subjectKey, columns])];
  };
  expect(await people(['personal', 'sensitive'])).toEqual([[['p'], ['income']], [['person-0', ['dwelling', 'living', 'p', 'spouse']], ['person-1', ['income']]]]);
  expect(await people(['personal'])).toEqual([[['p']], [['person-0', ['dwelling', 'living', 'p']]]]);
});

test('a key that nobody has is denied like a person of others, whoever asks', async () => {
  const known = { ...resident, subjects: ['person-99', 'living-0'] };
  for (const key of ['person-99', 'living-0', 'x']) expect((await visit(known, key)).found).toEqual({ kind: 'denied' });
  expect((await visit(clerk, 'person-99', ['person-99'])).log).toMatchObject([{ about: { subjectKey: 'person-99' }, columns: [] }]);
});

test('no value leaves before its entry is durable, and none where it cannot be', async () => {
  let release: (() => void) | undefined;
  const door = openDoor(population, { passage: async () => new Map(), write: () => new Promise((resolve) => { release = resolve; }) });
  let left = false;
  const asked = door.factsOf(resident, 'review', 'person-0', { through: 'a test', sights: () => sights }).then(() => { left = true; });
  await new Promise((resolve) => { setImmediate(resolve); });
  expect([left, release !== undefined]).toEqual([false, true]);
  release?.();
  await asked;
  const full = openDoor(population, { passage: async () => new Map(), write: async () => { throw new Error('the disk is full'); } });
  await expect(full.factsOf(resident, 'review', 'person-0', { through: 'a test', sights: () => sights })).rejects.toThrow('the disk is full');
});
