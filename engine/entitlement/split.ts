import type { Service } from '#engine/pack/index.ts';

type Payers = Exclude<Service['payers'], 'unfilled'>;
export type Payer = Payers[number];

/** What one payer pays of an amount. */
export interface Part {
  readonly payer: Payer;
  readonly amountFen: number;
}

const WHOLE = 10_000n;

/**
 * An amount divided among payers by basis points: each gets the whole fen of its share, the last gets the rest
 * (contract 8). The parts always add up to the amount. Shares that do not add up to 10,000 are a fault.
 */
export function split(amountFen: number, shares: readonly Payer[]): readonly Part[] {
  if (shares.reduce((sum, { shareBp }) => sum + shareBp, 0) !== Number(WHOLE)) throw new RangeError('the shares of an amount do not add up to 10,000');
  let left = amountFen;
  return shares.map((payer, at) => {
    const part = at === shares.length - 1 ? left : Number((BigInt(amountFen) * BigInt(payer.shareBp)) / WHOLE);
    left -= part;
    return { payer, amountFen: part };
  });
}

/** The payers of a service on a day (`YYYY-MM-DD`); undefined where nobody has entered who pays. */
export function payersOn({ payers }: Service, day: string): readonly Payer[] | undefined {
  if (payers === 'unfilled') return undefined;
  const now = payers.filter(({ from, until }) => from <= day && (until === undefined || day <= until));
  return now.length === 0 ? undefined : now;
}
