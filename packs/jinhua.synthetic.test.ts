import { describe, expect, test } from 'vitest';
import { decideAll, Places, screened, totalsOf } from '#engine/entitlement/index.ts';
import { collectSnapshot, drawCity, MOST_RESIDUAL, syntheticModel, TotalCounter } from '#engine/population/index.ts';
import type { Block } from '#engine/population/index.ts';
import { loadPack } from '#engine/pack/index.ts';
import { LANE, linkRules, REASON, seenFact } from '#engine/rules/index.ts';
import { packFiles } from '#tools/pack-files.ts';

const { pack } = loadPack(packFiles('jinhua'));
const model = pack && syntheticModel(pack);
if (!pack || !model) throw new Error('jinhua draws no city');
const { book } = linkRules(pack);
const { schema } = book.vocabulary;
const DAY = 20260331;
const draw = (people: number, seed = 1): Generator<Block> => drawCity(model, schema, { people, seed, on: DAY });

describe('the synthetic city of Jinhua', () => {
  test('gives every fact that a rule reads, with gaps', () => {
    const snapshot = collectSnapshot(schema, 'living', draw(20_000));
    const read = screened(book).programAt(DAY).facts.map((id) => seenFact(id).fact);
    expect(read.filter((fact) => !snapshot.columns.has(fact))).toEqual([]);
    const gapless = read.filter((fact) => snapshot.layout.columns.get(fact)?.unknown === false);
    expect(gapless.length / read.length).toBeLessThan(0.4);
  });

  test('of 20,000 people has a yes, a no and an unknown of every executable service', () => {
    const snapshot = collectSnapshot(schema, 'living', draw(20_000));
    const dull = [...decideAll(screened(book).programAt(DAY), snapshot).answers.values()].flatMap(({ decision, reasons }) => {
      const kinds = new Set(Array.from(reasons, (reason) => (reason === REASON.yes ? 'yes' : reason < REASON.unknown ? 'no' : 'unknown')));
      return kinds.size === 3 ? [] : [`${decision.service}: ${[...kinds].join(', ')}`];
    });
    expect(dull).toEqual([]);
    // All of them: one that is not in force on the day, or that does not build, is not left out in silence.
    expect(book.programAt(DAY).decisions.map(({ service }) => service).sort()).toEqual([...pack.services.values()].filter(({ standard }) => standard).map(({ id }) => id).sort());
  }, 60_000);

  test('knows for nearly all the money of counties which county pays', () => {
    const snapshot = collectSnapshot(schema, 'living', draw(20_000));
    const shares = totalsOf(pack, decideAll(screened(book).programAt(DAY), snapshot), new Places(book, snapshot)).flatMap(({ payers }) => payers).filter(({ level }) => level === 'county');
    const sum = (some: typeof shares): number => some.reduce((total, { amountFen }) => total + amountFen, 0);
    expect(sum(shares.filter(({ county }) => county === undefined)) / sum(shares)).toBeLessThan(0.02);
  }, 60_000);

  test('has schools in proportion to the residents of a county', () => {
    const weights = model.columns.find(({ fact }) => fact === '学校所在区划')?.cases?.at(-1)?.of ?? {};
    const thousands = pack.population.filter(({ measure, division }) => measure === 'residents' && pack.divisions.get(division)?.kind === 'county').map(({ division, value }) => [pack.divisions.get(division)?.name.zh, value.units / 10 ** value.scale / 1000]);
    expect(Object.entries(weights).map(([county, { units }]) => [county, units])).toEqual(thousands);
  });

  test.each([1, 2, 3, 4, 5])('meets at least 15 published totals within 3 percent at one hundredth of the city, from seed %d too', (seed) => {
    const counter = new TotalCounter(model);
    for (const block of draw(72_000, seed)) counter.add(block);
    const residuals = counter.residuals().filter(({ heldOut }) => !heldOut);
    expect(residuals.filter(({ residual }) => residual === undefined || Math.abs(residual) > MOST_RESIDUAL).map(({ id, residual }) => `${id} ${residual?.toFixed(1)}`)).toEqual([]);
    expect(residuals.length).toBeGreaterThanOrEqual(15);
    expect(counter.residuals().some(({ heldOut }) => heldOut)).toBe(true);
  }, 60_000);

  test('is the same for the same seed, and another for another', () => {
    const birth = (seed: number): string => collectSnapshot(schema, 'living', draw(500, seed)).columns.get('person.birth-date')?.join() ?? '';
    expect(birth(7)).toBe(birth(7));
    expect(birth(7)).not.toBe(birth(8));
  });

  test('draws no value outside what its fact may hold', () => {
    const snapshot = collectSnapshot(schema, 'living', draw(20_000));
    const wrong = [...snapshot.columns].flatMap(([id, column]) => {
      const fact = schema.facts.get(id);
      const lane = snapshot.layout.columns.get(id)?.lane;
      if (fact?.type.kind !== 'number' || !lane) return [];
      const { min, max } = fact.type;
      return column.some((value) => value > LANE[lane].none && (value < Number(min) || value > Number(max))) ? [id] : [];
    });
    expect(wrong).toEqual([]);
  });
});
