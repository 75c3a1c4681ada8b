import { describe, expect, test } from 'vitest';
import { parseDate } from '#engine/kernel/index.ts';
import { loadPack, readReform, textOf } from '#engine/pack/index.ts';
import type { PackFiles, Reform } from '#engine/pack/index.ts';
import { linkRules } from '#engine/rules/index.ts';
import { packFiles } from '#tools/pack-files.ts';
import { baselineOf, decideAll, simulate, totalsOf } from '../index.ts';
import type { Run } from '../index.ts';
import { Places } from '../place.ts';
import { fishersOf } from '../testing.ts';
import { itemsToVerify } from '../verify/index.ts';
import { differenceOf, reformsOf, reformText, scheduleReform, triedOf, withdrawReform } from './index.ts';
import type { Scheduled } from './index.ts';

const day = (text: string) => parseDate(text) ?? expect.fail(text);
const files = packFiles('lantern-bay');
const AT = day('2031-06-15');
const ON = day('2032-01-01');

function opened(of: PackFiles) {
  const { pack, diagnostics } = loadPack(of);
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  if (!pack) throw new Error('the town does not load');
  return { pack, ...linkRules(pack) };
}

const town = opened(files);

function reform(text: string): Reform {
  const { reform: read, diagnostics } = readReform(town.pack, 'try.yaml', `name: { zh: 试, en: A try }\n${text}`);
  if (!read) throw new Error(diagnostics.map(({ code }) => code).join(' '));
  return read;
}

function scheduled(text: string, from: PackFiles = files, on = ON): Scheduled {
  const made = scheduleReform(from, reform(text), { on, by: '梁', at: AT });
  if (made.kind !== 'scheduled') throw new Error(made.diagnostics.map(({ code, data }) => `${code} ${JSON.stringify(data)}`).join(' '));
  return made;
}

const refused = (text: string, on = ON): readonly string[] => {
  const made = scheduleReform(files, reform(text), { on, by: '梁', at: AT });
  return made.kind === 'faulty' ? made.diagnostics.map(({ code }) => code) : [];
};

const LINE = 'parameters: [{ parameter: income-line, area: "990100", from: "2031-01-01", value: 1200.00 }]';
const REFORMS = {
  'a higher line': LINE,
  'a line of one county': 'parameters: [{ parameter: income-line, area: "990122", from: "2031-01-01", value: 1500.00 }]',
  'a line for a while': 'parameters: [{ parameter: relief-line, area: "990100", from: "2031-01-01", until: "2032-12-31", value: 2000 }]',
  'two figures at once': 'parameters: [{ parameter: income-line, area: "990100", from: "2031-01-01", value: 1500.00 }, { parameter: grant-rate, area: "990122", from: "2031-01-01", value: 900.00 }]',
  'another condition and amount': 'standards: [{ service: closed-season-grant, from: "2031-01-01", conditions: [{ id: income, when: "本月收入 <= 收入线 * 1.5" }], amount: 补助标准 + 50 }]',
  'other payers': 'payers: [{ service: closed-season-grant, from: "2031-01-01", shares: [{ level: nation, of: registered, share-bp: 2500 }, { level: county, of: resident, share-bp: 7500 }] }]',
  'payers where nobody had entered any': 'payers: [{ service: household-relief, from: "2031-01-01", shares: [{ level: county, of: resident, share-bp: 10000 }] }]',
} as const;

const answers = ({ answers: all }: Run) => [...all].map(([service, { reasons, amounts }]) => [service, [...reasons], amounts && [...amounts]]);

const snapshot = fishersOf(town.pack);

/** What everybody gets on a day by a pack, and who pays. */
function decided({ pack, book }: Pick<ReturnType<typeof opened>, 'pack' | 'book'>, on: number): unknown {
  const run = decideAll(book.programAt(on), snapshot);
  return { answers: answers(run), totals: totalsOf(pack, run, new Places(book, snapshot)) };
}

describe.each(Object.entries(REFORMS))('%s, scheduled', (_, text) => {
  const made = scheduled(text);
  const after = opened(made.files);

  test('changes nothing until the day before, to the byte', () => {
    for (const on of [20310615, 20311231]) expect(decided(after, on)).toEqual(decided(town, on));
  });

  test('decides on the day, and long after it, what the simulation of the reform decides', () => {
    for (const on of [20320101, 20330615]) {
      const found = simulate(baselineOf(town.book, town.parsed, snapshot, on), made.reform);
      if (found.kind !== 'simulated') throw new Error('not simulated');
      expect(decided(after, on)).toEqual({ answers: answers(found.after), totals: found.totals });
    }
  });

  test('is taken back to the files as they were, with both steps in the history', () => {
    const back = withdrawReform(made.files, made.id, { by: '海', at: day('2031-12-31') });
    if (back.kind !== 'withdrawn') throw new Error(back.code);
    const changed = [...back.files].filter(([file, bytes]) => textOf(bytes) !== textOf(files.get(file) ?? new Uint8Array())).map(([file]) => file).sort();
    expect(changed.filter((file) => file !== 'sources.yaml')).toEqual(['history.yaml']);
    expect([...opened(back.files).pack.history.values()]).toMatchObject([{ id: made.id, kind: 'reform', by: '梁', on: ON }, { kind: 'withdrawn', by: '海', of: made.id }]);
  });

  test('holds the reform in the history, so that it can be read again', () => {
    const { pack } = after;
    const [first] = reformsOf(pack, AT);
    expect(readReform(pack, 'again.yaml', first?.entry.reform ?? '').reform).toEqual(made.reform);
    expect([first?.state, reformsOf(pack, ON)[0]?.state]).toEqual(['scheduled', 'in-force']);
  });
});

test('what a reform brings in without a document is an item to verify', () => {
  const { book } = opened(scheduled(LINE).files);
  expect(itemsToVerify(book).map(({ id }) => id)).toContain('value/income-line/990100/2032-01-01');
  expect(book.pack.sources.get('R-1')).toMatchObject({ kind: 'reform', title: '试', date: '2031-06-15' });
});

test('what was found when it was tried stands beside it', () => {
  const found = simulate(baselineOf(town.book, town.parsed, snapshot, 20320101), scheduled(LINE).reform);
  if (found.kind !== 'simulated') throw new Error('not simulated');
  // Three more fishers, 800 + 800 + 860: see the simulation of the same line.
  const tried = triedOf(found, { on: ON, people: 11, synthetic: true, pack: 'a'.repeat(64) });
  expect(tried).toEqual({ on: ON, people: 11, synthetic: true, pack: 'a'.repeat(64), movedFen: 246_000, effects: [{ service: 'closed-season-grant', new: 3, raised: 0, lowered: 0, ended: 0, nowUnknown: 0, beforeFen: 246_000, afterFen: 492_000 }] });
  const made = scheduleReform(files, reform(LINE), { on: ON, by: '梁', at: AT, tried });
  if (made.kind !== 'scheduled') throw new Error('not scheduled');
  expect(opened(made.files).pack.history.get(made.id)?.tried).toEqual(tried);
});

describe('a reform is not scheduled', () => {
  test('for today or a day that is past', () => {
    expect([refused(LINE, AT), refused(LINE, day('2031-06-14')), refused(LINE, day('2031-06-16'))]).toEqual([['reform-not-ahead'], ['reform-not-ahead'], []]);
  });

  test('when its parts begin on different days, or one ends before it begins', () => {
    expect(refused('parameters: [{ parameter: income-line, area: "990100", from: "2031-01-01", value: 1 }, { parameter: grant-rate, area: "990100", from: "2031-02-01", value: 1 }]')).toEqual(['reform-days-differ']);
    expect(refused('parameters: [{ parameter: income-line, area: "990100", from: "2031-01-01", until: "2031-12-31", value: 1 }]')).toEqual(['reform-ends-before']);
  });

  test('when it changes nothing', () => {
    for (const text of ['', 'parameters: [{ parameter: income-line, area: "990100", from: "2031-01-01", value: 1000 }]', 'standards: [{ service: closed-season-grant, from: "2031-01-01" }]']) expect(refused(text), text).toEqual(['reform-changes-nothing']);
  });

  test('when a rule would not hold together, or an example would come out otherwise', () => {
    expect(refused('standards: [{ service: closed-season-grant, from: "2031-01-01", conditions: [{ id: income, when: 本月收入 <= 月亮 }] }]')).toContain('name-unknown');
    // The town's own example says that from 2032 on a spouse alone is enough.
    expect(refused('standards: [{ service: fuel-voucher, from: "2031-01-01", conditions: [{ id: couple, when: "not(捕捞证有效)" }] }]')).toContain('example-failed');
  });
});

describe('a reform is not taken back', () => {
  const made = scheduled(LINE);
  const code = (of: PackFiles, id: string, at: string): string => {
    const back = withdrawReform(of, id, { by: '海', at: day(at) });
    return back.kind === 'refused' ? back.code : 'withdrawn';
  };

  test('from its day on, twice, or where there is none', () => {
    const back = withdrawReform(made.files, made.id, { by: '海', at: AT });
    expect([code(made.files, made.id, '2032-01-01'), code(made.files, made.id, '2031-12-31'), code(made.files, 'moon', '2031-12-31'), back.kind === 'withdrawn' ? code(back.files, made.id, '2031-12-31') : '']).toEqual(['reform-in-force', 'withdrawn', 'reform-unknown', 'reform-withdrawn']);
  });

  test('where the same place was changed since; what was changed last goes first', () => {
    const twice = scheduled('parameters: [{ parameter: income-line, area: "990100", from: "2031-01-01", value: 1500.00 }]', made.files, day('2033-01-01'));
    expect(code(twice.files, made.id, '2031-12-31')).toBe('reform-overlaid');
    const back = withdrawReform(twice.files, twice.id, { by: '海', at: AT });
    expect(back.kind === 'withdrawn' ? code(back.files, made.id, '2031-12-31') : '').toBe('withdrawn');
  });
});

test('a reform written out is the reform', () => {
  const whole = reform(`why: { zh: "为了大家，'都'够" }\n${REFORMS['two figures at once']}\n${REFORMS['another condition and amount']}\n${REFORMS['other payers']}`);
  expect(readReform(town.pack, 'again.yaml', reformText(whole)).reform).toEqual(whole);
});

test('of two texts the lines that went, came and stayed', () => {
  const said = (before: string, after: string): string => differenceOf(before, after).map(({ mark, line }) => mark + line).join(' ');
  expect([said('a\nb\nc', 'a\nx\nc'), said('a', 'a\nb'), said('a\nb', 'b'), said('a', 'a')]).toEqual([' a -b +x  c', ' a +b', '-a  b', ' a']);
});
