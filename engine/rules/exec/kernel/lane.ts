import type { Type } from '../../type.ts';

/** How a column lies in memory. A double counts exactly up to 2^53. */
export const LANES = ['int8', 'int16', 'int32', 'float64'] as const;
export type Lane = (typeof LANES)[number];
export type Column = Int8Array | Int16Array | Int32Array | Float64Array;

/**
 * What a lane holds: two marks at its lower end, below every value, for unknown and none, so that one comparison
 * tells a value from both.
 */
export interface LaneRange {
  readonly bytes: 1 | 2 | 4 | 8;
  readonly unknown: number;
  readonly none: number;
  /** The smallest and the largest value, both included. */
  readonly least: number;
  readonly most: number;
}

const signed = (bytes: 1 | 2 | 4): LaneRange => {
  const half = 2 ** (8 * bytes - 1);
  return { bytes, unknown: -half, none: -half + 1, least: -half + 2, most: half - 1 };
};

export const LANE: Readonly<Record<Lane, LaneRange>> = {
  int8: signed(1),
  int16: signed(2),
  int32: signed(4),
  float64: { bytes: 8, unknown: -(2 ** 53) - 2, none: -(2 ** 53), least: -(2 ** 53) + 1, most: 2 ** 53 - 1 },
};

/**
 * The narrowest lane that holds every value of a type; undefined for text and what only forms compute, which no column of numbers holds.
 *
 * `codes` is the length of the code list where the type is a code.
 */
export function laneOf(type: Type, codes = 0): Lane | undefined {
  switch (type.kind) {
    case 'boolean': return 'int8';
    case 'date': return 'int32';
    case 'code': return narrowest(0, codes - 1);
    case 'number': return narrowest(Number(type.min), Number(type.max));
    case 'text': case 'months': case 'duration': case 'time': case 'moment': case 'list': case 'context': return undefined;
    default: return type satisfies never;
  }
}

function narrowest(min: number, max: number): Lane {
  return LANES.find((lane) => min >= LANE[lane].least && max <= LANE[lane].most) ?? 'float64';
}

/** A column over a buffer, without copying; `offset` in bytes must be a multiple of the lane's width. */
export function columnOver(lane: Lane, buffer: ArrayBufferLike, offset: number, length: number): Column {
  switch (lane) {
    case 'int8': return new Int8Array(buffer, offset, length);
    case 'int16': return new Int16Array(buffer, offset, length);
    case 'int32': return new Int32Array(buffer, offset, length);
    case 'float64': return new Float64Array(buffer, offset, length);
    default: return lane satisfies never;
  }
}

/** A column of its own in memory that several threads may share. */
export function newColumn(lane: Lane, length: number, shared = false): Column {
  const bytes = LANE[lane].bytes * length;
  return columnOver(lane, shared ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes), 0, length);
}
