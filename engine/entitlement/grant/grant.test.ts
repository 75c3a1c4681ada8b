import { expect, test } from 'vitest';
import { loadPack } from '#engine/pack/index.ts';
import type { Service } from '#engine/pack/index.ts';
import { packFiles } from '#tools/pack-files.ts';
import { actOn, approve, balanceOf, batchesOf, book, comesTo, duePeriods, foldBatch, foldGrant, foldRecovery, giveBack, laid, linesOf, mayFollow, monthsLater, NO_GRANT_YET, NO_RECOVERY, payerMissing, release, rightIn, settleDebt, settleMonths, sumLines, withdraw } from './index.ts';
import type { BatchEvent, GrantEvent, Line, Paid, Right, Weighed } from './index.ts';

const { pack } = loadPack(packFiles('lantern-bay'));
const found = pack?.services.get('closed-season-grant');
if (!found) throw new Error('the town does not load');
const service: Service = found;

/** The city pays 60 %, the county 40 %. */
const right = (amountFen: number, registered = '990101'): Right => ({ amountFen, areas: { registered } });
const set = (from: number, amountFen: number | undefined, until?: number, registered?: string): GrantEvent => ({ kind: 'set', run: 'r', ground: 'facts', from, until, right: amountFen === undefined ? undefined : right(amountFen, registered) });
const KEY = { service: service.id, subject: 'p1' };
const paid = (...events: readonly GrantEvent[]): Paid => ({ service, cycle: 'month', ...foldGrant(events) });
const short = (lines: readonly Line[]): readonly string[] => lines.map(({ period, payer, kind, amountFen }) => `${String(period)} ${payer} ${kind} ${String(amountFen)}`);

test('months count on over the end of a year, forwards and backwards', () => {
  expect([monthsLater(203112, 1), monthsLater(203201, -1), monthsLater(203106, 18), monthsLater(203106, 0)]).toEqual([203201, 203112, 203212, 203106]);
});

test('a grant falls due each month, once, or each year in the month in which it began', () => {
  expect(duePeriods('month', 203111, 203201).map(({ period }) => period)).toEqual([203111, 203112, 203201]);
  expect(duePeriods('year', 203105, 203304)).toEqual([{ period: 2031, month: 203105 }, { period: 2032, month: 203205 }]);
  expect(duePeriods('once', 203105, 203304)).toEqual([{ period: 0, month: 203105 }]);
  expect(duePeriods('month', 203105, 203104)).toEqual([]);
  expect(duePeriods('use', 203105, 203304)).toEqual([]);
});

test('what is set for a stretch of months leaves what follows as it was', () => {
  const steps = laid(laid([], { from: 203101, right: right(100) }), { from: 203103, until: 203104, right: right(50) });
  expect([203012, 203101, 203102, 203103, 203104, 203105].map((month) => rightIn(steps, month)?.amountFen)).toEqual([undefined, 100, 100, 50, 50, 100]);
  // Putting back what was there leaves one step.
  expect(laid(steps, { from: 203103, until: 203104, right: right(100) })).toEqual([{ from: 203101, right: right(100) }]);
});

test('a proposal holds nothing until it is confirmed, and a refusal ends what there was and keeps runs from granting again', () => {
  const asked: GrantEvent = { kind: 'asked', run: 'r', from: 203101, right: right(100), respondBy: '2031-01-20' };
  expect(foldGrant([asked])).toMatchObject({ steps: [], proposal: { respondBy: '2031-01-20' } });
  expect(foldGrant([asked, { kind: 'confirmed' }])).toMatchObject({ steps: [{ from: 203101, right: right(100) }], ground: 'confirmation', proposal: undefined });
  const refused = foldGrant([set(203101, 100), { kind: 'refused', last: 203102 }]);
  expect([rightIn(refused.steps, 203102)?.amountFen, rightIn(refused.steps, 203103)]).toEqual([100, undefined]);
  expect(settleMonths(refused, [{ month: 203104, kind: 'yes', right: right(100) }], { run: 's', ground: 'facts' })).toEqual([]);
  expect(settleMonths(foldGrant([{ kind: 'wanted' }], refused), [{ month: 203104, kind: 'yes', right: right(100) }], { run: 's', ground: 'facts' })).toHaveLength(1);
});

test('an unknown month goes on as the month before it: nothing begins, nothing ends', () => {
  const on = (month: number, kind: 'yes' | 'no' | 'unknown'): Parameters<typeof settleMonths>[1][number] => (kind === 'yes' ? { month, kind, right: right(100) } : { month, kind, clause: 'income' });
  const by = { run: 'r', ground: 'facts' } as const;
  expect(settleMonths(NO_GRANT_YET, [on(203101, 'unknown')], by)).toEqual([]);
  const granted = foldGrant(settleMonths(NO_GRANT_YET, [on(203101, 'yes'), on(203102, 'unknown'), on(203103, 'no')], by));
  expect([203101, 203102, 203103].map((month) => rightIn(granted.steps, month)?.amountFen)).toEqual([100, 100, undefined]);
  // It turns out that January was no: February, still unknown, is none either.
  const corrected = foldGrant(settleMonths(granted, [on(203101, 'no'), on(203102, 'unknown'), on(203103, 'no')], by), granted);
  expect(corrected.steps.some((step) => step.right)).toBe(false);
});

test('booking splits each period among its payers, and booking again books nothing', () => {
  // 100.01 yuan: the city 60.006, floored to 60.00; the county the rest, 40.01.
  const lines = book(KEY, paid(set(203101, 10_001)), 203102, new Map());
  expect(short(lines)).toEqual(['203101 city due 6000', '203101 county:990101 due 4001', '203102 city due 6000', '203102 county:990101 due 4001']);
  expect(book(KEY, paid(set(203101, 10_001)), 203102, sumLines(lines))).toEqual([]);
});

test('a correction books the difference to the fen, part by part', () => {
  const booked = sumLines(book(KEY, paid(set(203101, 10_001)), 203102, new Map()));
  // January was 50.01: the city 30.00, the county 20.01. February stays.
  expect(short(book(KEY, paid(set(203101, 10_001), set(203101, 5_001, 203101)), 203102, booked))).toEqual(['203101 city due -3000', '203101 county:990101 due -2000']);
  // It was never due: all of it is taken back, and the sum of all lines is nothing.
  const back = book(KEY, paid(set(203101, undefined)), 203102, booked);
  expect(sumLines([...book(KEY, paid(set(203101, 10_001)), 203102, new Map()), ...back]).size).toBe(0);
});

test('who moves is paid by another county from then on, and what the old one paid too much the new one makes good', () => {
  const first = book(KEY, paid(set(203101, 10_000)), 203101, new Map());
  const out: readonly Line[] = first.map((line) => ({ ...line, kind: 'paid', amountFen: -line.amountFen }));
  // The move held from January on, and is learnt of after January was paid.
  const moved = book(KEY, paid(set(203101, 10_000, undefined, '990122')), 203101, sumLines(first));
  expect(short(moved)).toEqual(['203101 county:990101 due -4000', '203101 county:990122 due 4000']);
  const { owed, debt, settlements } = balanceOf(KEY, sumLines([...first, ...out, ...moved]));
  expect([owed, debt]).toEqual([[], []]);
  expect(short(settlements)).toEqual(['203101 county:990101 settled 4000', '203101 county:990122 settled -4000']);
  expect(settlements.reduce((sum, { amountFen }) => sum + amountFen, 0)).toBe(0);
});

test('a debt of one month never lessens what is due for another', () => {
  const balances = new Map([[203101, new Map([['city', -6_000], ['county:990101', -4_000]])], [203102, new Map([['city', 6_000], ['county:990101', 4_000]])]]);
  const { owed, debt, settlements } = balanceOf(KEY, balances);
  expect(owed).toEqual([{ period: 203102, payer: 'city', amountFen: 6_000 }, { period: 203102, payer: 'county:990101', amountFen: 4_000 }]);
  expect(debt).toEqual([{ period: 203101, payer: 'city', amountFen: 6_000 }, { period: 203101, payer: 'county:990101', amountFen: 4_000 }]);
  expect(settlements).toEqual([]);
});

test('a payer that has to pay more and one that paid too much meet in the middle; the rest is owed', () => {
  // The county of before has paid 40 too much; the new one and the city owe 100 together: 60 reach the person.
  const { owed, settlements } = balanceOf(KEY, new Map([[203101, new Map([['city', 70], ['county:990101', -40], ['county:990122', 30]])]]));
  expect(owed).toEqual([{ period: 203101, payer: 'city', amountFen: 30 }, { period: 203101, payer: 'county:990122', amountFen: 30 }]);
  expect(short(settlements)).toEqual(['203101 city settled -40', '203101 county:990101 settled 40']);
});

const weighed = (change: Weighed['change'], standing: Weighed['standing'] = 'good', more: Partial<Weighed> = {}): Weighed => ({ change, asOf: 20310601, service, standing, fact: 'person.month-income', grant: NO_GRANT_YET, invited: undefined, unplaced: undefined, isFen: 80_000, ...more });

test('a machine alone grants only where every fact stands well', () => {
  // The grant of the closed season is automatic, else with one confirmation.
  expect(actOn(weighed('new'))).toEqual({ kind: 'set', from: 203106 });
  // What is missing did not keep the answer from being yes: learning it would not change it.
  expect(actOn(weighed('new', 'missing'))).toEqual({ kind: 'set', from: 203106 });
  expect(actOn(weighed('new', 'stale'))).toEqual({ kind: 'request-data', fact: 'person.month-income' });
  expect(actOn(weighed('new', 'self-declared'))).toEqual({ kind: 'ask' });
  expect(actOn(weighed('new', 'not-authoritative'))).toEqual({ kind: 'ask' });
  expect(actOn(weighed('new', 'conflict'))).toEqual({ kind: 'review', fact: 'person.month-income' });
  expect(actOn(weighed('new', 'good', { service: { grant: { mode: 'application' } } }))).toEqual({ kind: 'invite' });
  expect(actOn(weighed('new', 'good', { service: { grant: { mode: 'one-confirmation' } } }))).toEqual({ kind: 'ask' });
});

test('nothing is granted or offered of which it is not known which county pays: the holder of that fact is asked', () => {
  const where: Partial<Weighed> = { unplaced: 'person.registered-area' };
  expect(actOn(weighed('new', 'good', where))).toEqual({ kind: 'request-data', fact: 'person.registered-area' });
  expect(actOn(weighed('new', 'self-declared', where))).toEqual({ kind: 'request-data', fact: 'person.registered-area' });
  // No fact says it: somebody looks.
  expect(actOn(weighed('new', 'good', { unplaced: '' }))).toEqual({ kind: 'review', fact: '' });
  // What is in force goes on, and whoever applies is asked at the counter.
  expect(actOn(weighed('raised', 'good', where))).toEqual({ kind: 'set', from: 203106 });
  expect(actOn(weighed('new', 'good', { ...where, service: { grant: { mode: 'application' } } }))).toEqual({ kind: 'invite' });
  expect([payerMissing(service, right(80_000), 203106), payerMissing(service, { amountFen: 80_000, areas: { resident: '990101' } }, 203106), payerMissing(service, { amountFen: 0, areas: {} }, 203106)]).toEqual([undefined, 'registered', undefined]);
});

test('of what people have on the spot nothing is granted, offered or asked for, whatever is known', () => {
  const shown: Partial<Weighed> = { service: { grant: { mode: 'on-showing' } } };
  for (const change of ['new', 'now-unknown'] as const) for (const standing of ['good', 'stale', 'disputed'] as const) expect(actOn(weighed(change, standing, shown))).toEqual({ kind: 'leave', because: 'on-showing' });
});

test('what somebody refused is not granted, and who was asked is not asked the same again', () => {
  expect(actOn(weighed('new', 'good', { grant: { refused: true, proposal: undefined } }))).toEqual({ kind: 'leave', because: 'refused' });
  const asked = { refused: false, proposal: { run: 'r', from: 203105, right: right(80_000), respondBy: '2031-06-20' } };
  expect(actOn(weighed('new', 'self-declared', { grant: asked }))).toEqual({ kind: 'leave', because: 'asked' });
  expect(actOn(weighed('new', 'self-declared', { grant: asked, isFen: 86_000 }))).toEqual({ kind: 'ask' });
  // What ran out without an answer is asked again once three months have gone by.
  expect([20310701, 20310801].map((asOf) => actOn(weighed('new', 'self-declared', { grant: asked, asOf })).kind)).toEqual(['leave', 'ask']);
});

test('who was invited to apply is not invited again within a year, unless it is for another amount', () => {
  const by = (more: Partial<Weighed>) => actOn(weighed('new', 'good', { service: { grant: { mode: 'application' } }, invited: { amountFen: 80_000, month: 203105 }, ...more }));
  expect(by({})).toEqual({ kind: 'leave', because: 'asked' });
  expect([by({ isFen: 86_000 }), by({ asOf: 20320501 }), by({ asOf: 20320401 })].map(({ kind }) => kind)).toEqual(['invite', 'invite', 'leave']);
});

test('nothing in force ends or falls on a fact that does not stand well, and an unknown asks its holder', () => {
  for (const change of ['ended', 'lowered', 'raised'] as const) {
    expect(actOn(weighed(change, 'stale')), change).toEqual({ kind: 'request-data', fact: 'person.month-income' });
    expect(actOn(weighed(change, 'disputed')), change).toEqual({ kind: 'review', fact: 'person.month-income' });
  }
  expect(actOn(weighed('now-unknown', 'missing'))).toEqual({ kind: 'request-data', fact: 'person.month-income' });
});

test('an ending decided on the first day holds for the month, one decided later from the next', () => {
  expect(actOn(weighed('ended'))).toEqual({ kind: 'set', from: 203106 });
  expect(actOn(weighed('ended', 'good', { asOf: 20310602 }))).toEqual({ kind: 'set', from: 203107 });
  expect(actOn(weighed('lowered', 'good', { asOf: 20311231 }))).toEqual({ kind: 'set', from: 203201 });
  expect(actOn(weighed('raised', 'good', { asOf: 20310602 }))).toEqual({ kind: 'set', from: 203106 });
});

test('what is owed becomes one batch a payer, and money without a payer none', () => {
  const batches = batchesOf(203102, [
    { ...KEY, owed: [{ period: 203101, payer: 'city', amountFen: 60 }, { period: 203102, payer: 'city', amountFen: 60 }, { period: 203102, payer: 'county:990101', amountFen: 40 }] },
    { ...KEY, subject: 'p0', owed: [{ period: 203102, payer: 'city', amountFen: 1 }, { period: 203102, payer: 'unstated', amountFen: 5 }, { period: 203102, payer: 'county:', amountFen: 5 }] },
  ]);
  expect(batches.map(({ payer, totalFen, items }) => [payer, totalFen, items.map(({ subject, amountFen }) => [subject, amountFen])])).toEqual([['city', 121, [['p0', 1], ['p1', 120]]], ['county:990101', 40, [['p1', 40]]]]);
  const item = batches[0]?.items[1];
  if (!item) throw new Error('no item');
  expect(short(linesOf(item, 'city', 'paid'))).toEqual(['203101 city paid -60', '203102 city paid -60']);
  expect(sumLines([...linesOf(item, 'city', 'paid'), ...linesOf(item, 'city', 'returned')]).size).toBe(0);
});

test('money leaves with two people, neither of whom prepared it', () => {
  const log: BatchEvent[] = [{ kind: 'prepared', by: 'system' }];
  const then = (event: BatchEvent | string): BatchEvent | string => {
    if (typeof event !== 'string') log.push(event);
    return event;
  };
  expect(release(foldBatch(log), 'li')).toBe('not-approved');
  expect(approve(foldBatch([{ kind: 'prepared', by: 'li' }]), 'li')).toBe('same-person');
  then(approve(foldBatch(log), 'li'));
  expect(approve(foldBatch(log), 'wang')).toBe('not-prepared');
  expect(release(foldBatch(log), 'li')).toBe('same-person');
  expect(then(release(foldBatch(log), 'wang'))).toEqual({ kind: 'released', by: 'wang' });
  expect([release(foldBatch(log), 'zhao'), withdraw(foldBatch(log), 'li', 'late'), release(undefined, 'li')]).toEqual(['not-approved', 'not-prepared', 'batch-unknown']);
  then(giveBack(foldBatch(log), 'bank', 'a', 'account closed'));
  expect(giveBack(foldBatch(log), 'bank', 'a', 'again')).toBe('already-returned');
});

test('a debt is told, objected to, decided, paid back in parts and let go in good faith, never beyond what is open', () => {
  let debt = foldRecovery([{ kind: 'opened', amountFen: 100, because: 'income', respondBy: '2031-07-01' }]);
  expect(mayFollow(NO_RECOVERY, { kind: 'objected', because: 'no' })).toBe('nothing-open');
  debt = foldRecovery([{ kind: 'objected', because: 'it was reported' }], debt);
  expect(mayFollow(debt, { kind: 'agreed', by: 'li', parts: [] })).toBe('objection-open');
  expect(mayFollow(debt, { kind: 'decided', by: 'li', keptFen: 101, because: '' })).toBe('more-than-open');
  debt = foldRecovery([{ kind: 'decided', by: 'li', keptFen: 60, because: 'half was the fault of the office' }], debt);
  expect(mayFollow(debt, { kind: 'agreed', by: 'li', parts: [{ dueOn: '2031-08-01', amountFen: 30 }] })).toBe('parts-do-not-add-up');
  expect(mayFollow(debt, { kind: 'agreed', by: 'li', parts: [{ dueOn: '2031-08-01', amountFen: 30 }, { dueOn: '2031-09-01', amountFen: 30 }] })).toBeUndefined();
  debt = foldRecovery([{ kind: 'repaid', amountFen: 30 }], debt);
  expect([mayFollow(debt, { kind: 'repaid', amountFen: 31 }), mayFollow(debt, { kind: 'repaid', amountFen: 0 }), mayFollow(debt, { kind: 'waived', by: 'li', amountFen: 30, because: 'hardship' })]).toEqual(['more-than-open', 'amount-not-positive', undefined]);
  expect(debt).toMatchObject({ openFen: 30, repaidFen: 30, waivedFen: 40, objection: undefined });
  const open = [{ period: 203101, payer: 'city', amountFen: 60 }, { period: 203102, payer: 'city', amountFen: 40 }];
  expect(short(settleDebt(KEY, 'repaid', 70, open))).toEqual(['203101 city repaid 60', '203102 city repaid 10']);
});

test('months that somebody does without are not due, then or later, and what is decided meanwhile holds once they have it again', () => {
  const fold = (...events: readonly GrantEvent[]) => paid(set(203101, 80_000), ...events);
  const months = (of: Paid): readonly number[] => [...comesTo(of, 203106)].flatMap(([period, parts]) => (parts.size > 0 ? [period] : []));
  const paused = fold({ kind: 'paused', from: 203103 });
  expect([months(paused), months(fold({ kind: 'paused', from: 203103 }, { kind: 'resumed', from: 203105 }))]).toEqual([[203101, 203102], [203101, 203102, 203105, 203106]]);
  // Said twice it is said once; taken back before it began it never was.
  expect(fold({ kind: 'paused', from: 203103 }, { kind: 'paused', from: 203104 }).pauses).toEqual([{ from: 203103 }]);
  expect(fold({ kind: 'paused', from: 203103 }, { kind: 'resumed', from: 203103 }).pauses).toEqual([]);
  const raised = fold({ kind: 'paused', from: 203103 }, set(203104, 90_000), { kind: 'resumed', from: 203105 });
  expect(short(book(KEY, raised, 203105, new Map()))).toEqual(['203101 city due 48000', '203101 county:990101 due 32000', '203102 city due 48000', '203102 county:990101 due 32000', '203105 city due 54000', '203105 county:990101 due 36000']);
  // A month that was booked before somebody paused it in hindsight does not exist: a pause begins with the next month.
  expect(book(KEY, paused, 203104, sumLines(book(KEY, paused, 203102, new Map())))).toEqual([]);
});
