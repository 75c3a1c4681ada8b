import type { LocalName } from '#engine/kernel/index.ts';
import { toNumber } from '#engine/kernel/index.ts';
import { atScale, LANE, parameterOn } from '#engine/rules/index.ts';
import type { Block } from './city.ts';
import { ModelFault } from './model.ts';
import type { SyntheticModel, TotalModel } from './model.ts';
import { figuresOf } from './city.ts';
import { compileWhen } from './test.ts';
import type { Passes } from './test.ts';

/** A published total beside what was drawn. */
export interface Residual {
  readonly id: string;
  readonly name: LocalName;
  /** `count` of rows, `sum` and `mean` of a column in its unit, `percent` of rows. */
  readonly kind: 'count' | 'sum' | 'mean' | 'percent';
  readonly published: number;
  /** What was published, for a city of this many people; the same for means and percents. */
  readonly wanted: number;
  readonly drawn: number;
  /** Percent of what was wanted; undefined where that is nothing. */
  readonly residual: number | undefined;
  readonly year: number;
  readonly source: string;
  readonly confidence: TotalModel['confidence'];
  /** Not looked at when the city was calibrated. */
  readonly heldOut: boolean;
}

/** How far a residual may be before the city is not calibrated, in percent. */
export const MOST_RESIDUAL = 3;

/** Counts the totals of a model block by block. */
export class TotalCounter {
  readonly #model: SyntheticModel;
  #counters: readonly Counter[] | undefined;
  #people = 0;

  constructor(model: SyntheticModel) {
    this.#model = model;
  }

  add(block: Block): void {
    const { sheet } = block.plan;
    this.#counters ??= this.#model.totals.map((total) => counterOf(block, this.#model, total));
    this.#people += block.rows.get(sheet.person) ?? 0;
    for (const counter of this.#counters) counter.add(block.rows.get(counter.entity) ?? 0);
  }

  residuals(): readonly Residual[] {
    const everybody = [...figuresOf(this.#model, this.#model.people.residents).values()].reduce((sum, count) => sum + count, 0);
    return this.#model.totals.map((total, at): Residual => {
      const published = toNumber(total.published);
      const kind = total.shareOf ? 'percent' : total.sum === undefined ? 'count' : total.mean === true ? 'mean' : 'sum';
      const wanted = kind === 'count' || kind === 'sum' ? (published * this.#people) / everybody : published;
      const drawn = this.#counters?.[at]?.value(kind) ?? 0;
      const { id, name, year, source, confidence, heldOut = false } = total;
      return { id, name, kind, published, wanted, drawn, residual: wanted === 0 ? undefined : (drawn / wanted - 1) * 100, year, source, confidence, heldOut };
    });
  }
}

interface Counter {
  readonly entity: string;
  readonly add: (rows: number) => void;
  readonly value: (kind: Residual['kind']) => number;
}

function counterOf({ plan: { sheet } }: Block, model: SyntheticModel, total: TotalModel): Counter {
  const where = `totals ${total.id}`;
  const passes = compileWhen(sheet, total.when ?? {}, total.counts, where);
  const base: Passes | undefined = total.shareOf && compileWhen(sheet, total.shareOf, total.counts, where);
  const of = total.sum === undefined ? undefined : sheet.find(total.sum, where);
  const read = of && sheet.reader(of, total.counts, where);
  const scale = of?.type.kind === 'number' ? of.type.scale : 0;
  const [none, unit, lines] = [of ? LANE[of.lane].none : 0, 10 ** scale, linesOf(model, total, scale)];
  let [count, sum, all] = [0, 0, 0];
  return {
    entity: total.counts,
    add: (rows) => {
      for (let row = 0; row < rows; row++) {
        if (base && !base(row)) continue;
        all += 1;
        if (!passes(row)) continue;
        const value = read ? read(row) : 1;
        if (value <= none) continue;
        count += 1;
        sum += lines ? lines.reduce((short, line) => short + Math.max(0, line - value), 0) : value;
      }
    },
    value: (kind) => {
      switch (kind) {
        case 'count': return count;
        case 'sum': return sum / unit;
        case 'mean': return count === 0 ? 0 : sum / count / unit;
        case 'percent': return all === 0 ? 0 : (count / all) * 100;
        default: return kind satisfies never;
      }
    },
  };
}

/** The line that a total is short of in each month of its year, in units of its column; undefined where it is the column itself. */
function linesOf({ pack }: SyntheticModel, { id, shortOf, sum, year }: TotalModel, scale: number): readonly number[] | undefined {
  if (shortOf === undefined) return undefined;
  const where = `totals ${id}`;
  const parameter = pack.parameters.get(shortOf);
  if (!parameter || sum === undefined) throw new ModelFault(where, 'is short of a parameter, and of no column');
  return MONTHS.map((month) => {
    const { everywhere: units, scale: from } = parameterOn(pack, parameter, `${year}-${month}-01`);
    const line = units === undefined ? undefined : atScale({ units, scale: from }, scale);
    if (line === undefined) throw new ModelFault(where, `${shortOf} is not one value for everybody in month ${month} of ${year}, at the scale of the column`);
    return Number(line);
  });
}

const MONTHS = Array.from({ length: 12 }, (_, at) => String(at + 1).padStart(2, '0'));
