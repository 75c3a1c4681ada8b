import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { newPlace, removePlaces, runCli, spawnCity } from '#tools/spawn-cli.ts';
import type { Environment, Outcome, SpawnedCity } from '#tools/spawn-cli.ts';

const INDICATOR = 'i145-35-two-disability-subsidies';
const DAY = '2026-12-01';
const observations = z.object({ observations: z.array(z.object({ indicator: z.string(), month: z.string(), value: z.string().nullable(), numerator: z.int().nullable(), denominator: z.int().nullable() })) });

/** What was observed, as the interface tells it: what is paid later is another observation of the same month. */
async function shown({ url }: SpawnedCity): Promise<z.output<typeof observations>['observations']> {
  return observations.parse(await (await fetch(`${url}/api/v1/payments`)).json()).observations;
}

// In this order: what is observed stays for those that come after.
describe('a city that has lived through a month', { shuffle: false }, () => {
  let place: Environment;
  let city: SpawnedCity;
  let run = '';
  const told = (...words: readonly string[]): Promise<Outcome> => runCli(words, place);
  const done = async <T>(schema: z.ZodType<T>, ...words: readonly string[]): Promise<T> => {
    const { code, out, err } = await told(...words, '--json');
    if (code !== 0) throw new Error(`${words.join(' ')}: ${err}${out}`);
    return schema.parse(JSON.parse(out));
  };
  const observe = (month: string): readonly string[] => ['observe', INDICATOR, '--month', month, '--run', run];

  beforeAll(async () => {
    place = { ...(await newPlace()), MINSHENG_PACK: join(import.meta.dirname, '../../packs/jinhua'), MINSHENG_TODAY: DAY };
    await done(z.unknown(), 'demo', '--residents', '3000', '--on', DAY);
    city = await spawnCity(place);
  }, 240_000);
  afterAll(async () => {
    await city.end();
    removePlaces();
  });

  test('may be drawn anew as long as nothing was done for anybody', { timeout: 120_000 }, async () => {
    expect((await told('demo', '--residents', '3000', '--on', DAY, '--seed', '2')).code).toBe(0);
    expect((await told('demo', '--residents', '3000', '--on', DAY)).code).toBe(0);
  });

  test('observes who receives what the run says, and shows it beside the target; asked again it is one observation', { timeout: 240_000 }, async () => {
    ({ run: { id: run } } = await done(z.object({ run: z.object({ id: z.string() }) }), 'decide', '--all', '--as-of', DAY, '--against', 'grants'));
    await done(z.unknown(), 'act', run, '--accept', '--as', 'payments-preparer');
    await done(z.unknown(), 'pay', 'book', '--month', '2026-12');
    await done(z.unknown(), 'pay', 'prepare', '--month', '2026-12');
    const first = z.object({ numerator: z.int(), denominator: z.int(), value: z.string().nullable() });
    const before = await done(first, ...observe('2026-12'));
    expect([before.numerator, before.denominator > 0]).toEqual([0, true]);
    // The province pays a part of everybody's subsidy: whoever has that part counts.
    await done(z.unknown(), 'pay', 'approve', '--batch', '202612-province-1', '--as', 'payments-approver');
    await done(z.unknown(), 'pay', 'release', '--batch', '202612-province-1', '--as', 'payments-releaser');
    const after = await done(first, ...observe('2026-12'));
    expect([after.denominator, after.numerator > 0]).toEqual([before.denominator, true]);
    expect(await done(first, ...observe('2026-12'))).toEqual(after);
    expect((await shown(city)).filter(({ month }) => month === '2026-12')).toMatchObject([{ indicator: INDICATOR, value: '0' }, { indicator: INDICATOR, value: after.value }]);
    expect(await (await fetch(`${city.url}/indicators/${INDICATOR}`)).text()).toContain('2026-12');
  });

  test('says of a month that is none, or that the run did not decide, what to do', async () => {
    expect(await told(...observe('2026-13'))).toMatchObject({ code: 2, err: expect.stringContaining('2026-13') as string });
    expect(await told(...observe('2027-01'))).toMatchObject({ code: 2, err: expect.stringContaining('判的是 2026-12，不是 2027-01。请换一次 2027-01 的判定') as string });
    expect(await told('observe', INDICATOR, '--month', '2026-12', '--run', '2026-12-01-000000000000')).toMatchObject({ code: 3, err: expect.stringContaining('/desk/runs') as string });
    expect(await told('observe', 'nothing', '--month', '2026-12', '--run', run)).toMatchObject({ code: 2, err: expect.stringContaining('nothing') as string });
  });

  test('is not given other people: what was granted would be theirs; the very same people may be drawn again', { timeout: 120_000 }, async () => {
    for (const other of [['--seed', '2'], ['--residents', '2999'], ['--on', '2026-12-02']]) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      expect(await told('demo', '--residents', '3000', '--on', DAY, ...other)).toMatchObject({ code: 3, err: expect.stringContaining('请另用一个文件夹：--data 新文件夹') as string });
    }
    expect((await told('demo', '--residents', '3000', '--on', DAY)).code).toBe(0);
    expect(await told('demo', '--residents', '10', '--lang', 'en')).toMatchObject({ code: 3, err: expect.stringContaining('Use another folder') as string });
  });
});
