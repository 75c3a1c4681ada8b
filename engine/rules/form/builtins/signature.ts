import { round, integerOf } from '../decimal.ts';
import { itemsOf } from '../many.ts';
import { is } from '../value.ts';
import type { Arguments, Clock, Context, Day, Decimal, Duration, FormValue, FunctionValue, List, Moment, Run, SetValue } from '../value.ts';

/** One parameter of a function: how it is called, and the value it takes as what kind; undefined where it takes it not. */
export interface Parameter<T> {
  readonly name: string;
  readonly read: (value: FormValue) => T | undefined;
  readonly optional?: true | undefined;
  /** Takes all arguments from here on, as a list. */
  readonly rest?: true | undefined;
}

type Values<P extends readonly Parameter<unknown>[]> = { readonly [K in keyof P]: P[K] extends Parameter<infer T> ? T : never };

/** One way to call a function; it gives undefined where the arguments do not fit. */
export interface Signature {
  readonly parameters: readonly Parameter<unknown>[];
  readonly call: (args: Arguments, run: Run) => FormValue | undefined;
}

/** A way to call a function, from its parameters. An argument that is null where its kind is wanted makes the answer null. */
export function way<const P extends readonly Parameter<unknown>[]>(parameters: P, apply: (args: Values<P>, run: Run) => FormValue): Signature {
  const call: Signature['call'] = (args, run) => {
    const given = placed(parameters, args);
    if (!given) return undefined;
    const values: unknown[] = [];
    for (const [at, { read, optional }] of parameters.entries()) {
      const value = given[at];
      const read_ = value === undefined && optional ? undefined : read(value ?? null);
      if (read_ === undefined && !(optional && value === undefined)) return undefined;
      values.push(read_);
    }
    // The one edge where values read by their parameters become a tuple of their types.
    return apply(values as unknown as Values<P>, run);
  };
  return { parameters, call };
}

/** The arguments at their parameters; undefined where there are too many, too few, or of other names. */
function placed(parameters: readonly Parameter<unknown>[], args: Arguments): readonly (FormValue | undefined)[] | undefined {
  if (args.some((arg) => arg.name !== undefined)) {
    if (args.some((arg) => !parameters.some(({ name }) => name === arg.name))) return undefined;
    const byName = parameters.map(({ name }) => args.find((arg) => arg.name === name)?.value);
    return parameters.every(({ optional }, at) => optional || byName[at] !== undefined) ? byName : undefined;
  }
  const last = parameters.at(-1);
  const values = args.map((arg) => arg.value);
  if (last?.rest) {
    const before = parameters.length - 1;
    if (values.length <= before) return undefined;
    const rest = values.slice(before);
    return [...values.slice(0, before), rest.length === 1 && before === 0 ? (rest[0] ?? null) : { kind: 'list', items: rest }];
  }
  return values.length <= parameters.length && parameters.every(({ optional }, at) => optional || at < values.length) ? values : undefined;
}

/** A function that can be called in several ways; the first that fits is taken, and none is null. */
export function builtin(...ways: readonly [Signature, ...Signature[]]): FunctionValue {
  return {
    kind: 'function',
    takes: ways[0].parameters.map(({ name, optional }) => ({ name, optional })),
    apply: (args, run) => {
      for (const { call } of ways) {
        const value = call(args, run);
        if (value !== undefined) return value;
      }
      return null;
    },
  };
}

/** The one item of a list stands for itself where no list is wanted. */
function single(value: FormValue): FormValue {
  return is(value, 'list') && value.items.length === 1 ? (value.items[0] ?? null) : value;
}

type Kind = Extract<FormValue, object>['kind'];
function of<K extends Kind>(kind: K) {
  return (value: FormValue): Extract<FormValue, { readonly kind: K }> | undefined => {
    const one = kind === 'list' ? value : single(value);
    const fits = (found: FormValue): found is Extract<FormValue, { readonly kind: K }> => found !== null && typeof found === 'object' && found.kind === kind;
    return fits(one) ? one : undefined;
  };
}

const parameter = <T>(read: (value: FormValue) => T | undefined) => (name: string): Parameter<T> => ({ name, read });
/** May be left out, and may be null: then it is undefined. */
export function optional<T>({ name, read }: Parameter<T>): Parameter<T | undefined> {
  return { name, read, optional: true };
}
/** Null where the argument is null. */
export function orNull<T>({ name, read }: Parameter<T>): Parameter<T | null> {
  return { name, read: (value) => (value === null ? null : read(value)) };
}

export const anything: (name: string) => Parameter<FormValue> = parameter<FormValue>((value) => value);
export const number: (name: string) => Parameter<Decimal> = parameter(of('number'));
export const text: (name: string) => Parameter<string> = parameter((value) => {
  const one = single(value);
  return typeof one === 'string' ? one : undefined;
});
export const truth: (name: string) => Parameter<boolean> = parameter((value) => {
  const one = single(value);
  return typeof one === 'boolean' ? one : undefined;
});
/** A whole number. */
export const whole: (name: string) => Parameter<number> = parameter((value) => {
  const one = of('number')(value);
  return one && integerOf(one);
});
/** The whole part of a number, which counts places in lists and texts. */
export const place: (name: string) => Parameter<number> = parameter((value) => {
  const one = of('number')(value);
  const part = one && round(one, 0, 'down');
  return part ? integerOf(part) : undefined;
});
export const contextual: (name: string) => Parameter<Context> = parameter(of('context'));
export const callable: (name: string) => Parameter<FunctionValue> = parameter(of('function'));
export const clock: (name: string) => Parameter<Clock> = parameter(of('time'));
export const duration: (name: string) => Parameter<Duration> = parameter(of('duration'));
export const set: (name: string) => Parameter<SetValue> = parameter(of('range'));
/** A date, or the day of a moment. */
export const day: (name: string) => Parameter<Day> = parameter((value) => {
  const moment = of('date and time')(value);
  return moment ? { kind: 'date', day: moment.day } : of('date')(value);
});
/** A moment, or the midnight of a date in UTC. */
export const moment: (name: string) => Parameter<Moment> = parameter((value) => {
  const date = of('date')(value);
  return date ? { kind: 'date and time', day: date.day, nanos: 0n, zone: { kind: 'offset', seconds: 0 } } : of('date and time')(value);
});
/** A list, or one value as the list of it. Null is no list. */
export const listed: (name: string) => Parameter<List> = parameter((value) => (value === null ? undefined : { kind: 'list', items: itemsOf(value) }));
/** All arguments from here on; where it stands alone, one list is its items. */
export const several = (name: string): Parameter<List> => ({ ...listed(name), rest: true });

/** The items as numbers; undefined where one is none. */
export function numbersOf({ items }: List): readonly Decimal[] | undefined {
  const found = items.map(of('number')).filter((item) => item !== undefined);
  return found.length === items.length ? found : undefined;
}
