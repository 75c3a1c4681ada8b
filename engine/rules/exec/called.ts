import type { BuiltinName } from '../builtin/index.ts';

/** Every function beyond services, each with its words in `messages/`. */
const CALLED = {
  'string length': 'phrase', 'upper case': 'phrase', 'lower case': 'phrase', trim: 'phrase', contains: 'phrase', 'starts with': 'phrase', 'ends with': 'phrase', 'substring before': 'phrase', 'substring after': 'phrase', substring: 'phrase',
  joined: 'phrase', 'string join': 'phrase', string: 'phrase', matches: 'phrase', replace: 'phrase', split: 'phrase',
  list: 'phrase', count: 'phrase', sum: 'phrase', min: 'phrase', max: 'phrase', product: 'phrase', median: 'phrase', any: 'phrase', all: 'phrase', 'list contains': 'phrase', concatenate: 'phrase', 'distinct values': 'phrase',
  reverse: 'phrase', flatten: 'phrase', 'index of': 'phrase', sublist: 'phrase', 'insert before': 'phrase', 'list replace': 'phrase', remove: 'phrase', item: 'phrase', kept: 'phrase', first: 'phrase',
  context: 'phrase', entry: 'phrase', 'get entries': 'phrase', 'context merge': 'phrase',
  literal: 'phrase', longer: 'phrase', shorter: 'phrase', negated: 'phrase', size: 'phrase', times: 'phrase', shared: 'phrase', later: 'phrase', earlier: 'phrase', apart: 'phrase', 'part of': 'phrase',
  'date in': 'phrase', 'time in': 'phrase', 'moment in': 'phrase', 'moment at': 'phrase', 'date of': 'phrase', 'time of': 'phrase', 'moment of': 'phrase', 'date from': 'phrase', 'time from': 'phrase', 'moment from': 'phrase', 'in place': 'phrase',
  'years and months duration': 'phrase', 'day of year': 'phrase', 'week of year': 'phrase', 'day of week': 'phrase', 'month of year': 'phrase',
  modulo: 'phrase', odd: 'phrase', even: 'phrase', compare: 'phrase', is: 'phrase', nothing: 'phrase', recast: 'phrase',
} as const satisfies Readonly<Record<BuiltinName, 'phrase'>>;

/** The key under which a function's words stand; undefined where it is none of this version. */
export function calledKey(name: string): string | undefined {
  return Object.hasOwn(CALLED, name) ? `call.${name}` : undefined;
}
