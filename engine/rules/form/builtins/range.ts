import { and, contains, equal, ordered, or } from '../compare.ts';
import type { Truth } from '../compare.ts';
import type { FormValue, FunctionValue, SetValue } from '../value.ts';
import { builtin, set, way } from './signature.ts';
import type { Parameter } from './signature.ts';

/*
 * How points and ranges lie to each other (Allen's intervals, as DMN names them). A range with an open end lies
 * without end on that side.
 */

/** A value that can lie on a line: no list, context, range or function. */
const point = (name: string): Parameter<FormValue> => ({ name, read: (value) => (value !== null && ordered(value, value) !== undefined ? value : undefined) });

const test = (holds: (order: number) => boolean) => (a: FormValue, b: FormValue): Truth => {
  const order = ordered(a, b);
  return order === undefined ? null : holds(order);
};
const below = test((order) => order < 0);
const same = (a: FormValue, b: FormValue): Truth => equal(a, b);

/** Whether one range ends before another starts. */
const before = (a: SetValue, b: SetValue): Truth => or([below(a.high, b.low), and([same(a.high, b.low), !a.highIn || !b.lowIn])]);
const startsLater = (a: SetValue, b: SetValue): Truth => or([below(b.low, a.low), and([same(b.low, a.low), b.lowIn || !a.lowIn])]);
const endsEarlier = (a: SetValue, b: SetValue): Truth => or([below(a.high, b.high), and([same(a.high, b.high), b.highIn || !a.highIn])]);
const meets = (a: SetValue, b: SetValue): Truth => and([a.highIn, b.lowIn, same(a.high, b.low)]);
const includes = (a: SetValue, b: SetValue): Truth => and([startsLater(b, a), endsEarlier(b, a)]);
const starts = (a: SetValue, b: SetValue): Truth => and([same(a.low, b.low), a.lowIn === b.lowIn, endsEarlier(a, b)]);
const finishes = (a: SetValue, b: SetValue): Truth => and([same(a.high, b.high), a.highIn === b.highIn, startsLater(a, b)]);
const reaches = (a: SetValue, b: SetValue): Truth => or([below(b.low, a.high), and([same(b.low, a.high), b.lowIn, a.highIn])]);
const overlaps = (a: SetValue, b: SetValue): Truth => and([reaches(a, b), reaches(b, a)]);
const overlapsBefore = (a: SetValue, b: SetValue): Truth => and([or([below(a.low, b.low), and([same(a.low, b.low), a.lowIn, !b.lowIn])]), reaches(a, b), or([below(a.high, b.high), and([same(a.high, b.high), !a.highIn || b.highIn])])]);
const coincides = (a: SetValue, b: SetValue): Truth => and([same(a.low, b.low), a.lowIn === b.lowIn, same(a.high, b.high), a.highIn === b.highIn]);

const pair = (holds: (a: SetValue, b: SetValue) => Truth): FunctionValue => builtin(way([set('range1'), set('range2')], ([a, b]) => holds(a, b)));

export const RANGES = {
  before: builtin(
    way([point('point1'), point('point2')], ([a, b]) => below(a, b)),
    way([point('point'), set('range')], ([a, b]) => or([below(a, b.low), and([same(a, b.low), !b.lowIn])])),
    way([set('range'), point('point')], ([a, b]) => or([below(a.high, b), and([same(a.high, b), !a.highIn])])),
    way([set('range1'), set('range2')], ([a, b]) => before(a, b)),
  ),
  after: builtin(
    way([point('point1'), point('point2')], ([a, b]) => below(b, a)),
    way([point('point'), set('range')], ([a, b]) => or([below(b.high, a), and([same(a, b.high), !b.highIn])])),
    way([set('range'), point('point')], ([a, b]) => or([below(b, a.low), and([same(a.low, b), !a.lowIn])])),
    way([set('range1'), set('range2')], ([a, b]) => before(b, a)),
  ),
  meets: pair(meets),
  'met by': pair((a, b) => meets(b, a)),
  overlaps: pair(overlaps),
  'overlaps before': pair(overlapsBefore),
  'overlaps after': pair((a, b) => and([or([below(b.low, a.low), and([same(a.low, b.low), !a.lowIn, b.lowIn])]), reaches(b, a), or([below(b.high, a.high), and([same(a.high, b.high), a.highIn || !b.highIn])])])),
  finishes: builtin(way([point('point'), set('range')], ([a, b]) => and([b.highIn, same(a, b.high)])), way([set('range1'), set('range2')], ([a, b]) => finishes(a, b))),
  'finished by': builtin(way([set('range'), point('point')], ([a, b]) => and([a.highIn, same(a.high, b)])), way([set('range1'), set('range2')], ([a, b]) => finishes(b, a))),
  includes: builtin(way([set('range'), point('point')], ([a, b]) => contains(a, b)), way([set('range1'), set('range2')], ([a, b]) => includes(a, b))),
  during: builtin(way([point('point'), set('range')], ([a, b]) => contains(b, a)), way([set('range1'), set('range2')], ([a, b]) => includes(b, a))),
  starts: builtin(way([point('point'), set('range')], ([a, b]) => and([b.lowIn, same(a, b.low)])), way([set('range1'), set('range2')], ([a, b]) => starts(a, b))),
  'started by': builtin(way([set('range'), point('point')], ([a, b]) => and([a.lowIn, same(a.low, b)])), way([set('range1'), set('range2')], ([a, b]) => starts(b, a))),
  coincides: builtin(way([point('point1'), point('point2')], ([a, b]) => same(a, b)), way([set('range1'), set('range2')], ([a, b]) => coincides(a, b))),
} as const;
