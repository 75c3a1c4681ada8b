import type { Decision, Program } from '../program.ts';
import type { Situation, Verdict } from '../value.ts';
import { emit, noCode, unknownCode } from './emit.ts';
import { frameOf } from './frame.ts';
import type { Frame } from './frame.ts';
import { layoutOf } from './layout.ts';
import { QUICK, QUICK_DIVIDE } from './quick.ts';

/** A program compiled for one person at a time. */
export interface Closure {
  /** The situation made ready; a fault where it breaks what the schema promises (`frameOf`). */
  readonly frameOf: (situation: Situation) => Frame;
  /** The verdict of one service for the thing at a place of its subject. */
  readonly decide: (frame: Frame, service: string, place: number) => Verdict;
  /** The verdicts of all services whose subject is such a thing, in the order of the program. */
  readonly decideAll: (frame: Frame, subject: string, place: number) => readonly { readonly service: string; readonly verdict: Verdict }[];
  /**
   * The same without objects, for hot loops: `codes[i]` of the i-th decision of `subject` is its amount in fen (0
   * where there is none to pay), or negative: -1 - i for clause i false, -1 - clauses - i for clause i unknown, where
   * i = number of clauses stands for the amount.
   */
  readonly codesOf: (subject: string) => (frame: Frame, place: number, codes: Float64Array) => void;
  /** The generated code, for readers and tests. */
  readonly code: string;
}

type Decide = (frame: Frame, place: number) => number;
/** The one edge where text becomes code: `new Function` gives what the text returns. */
type Compile = (helpers: typeof QUICKER, divide: typeof QUICK_DIVIDE, tables: readonly Float64Array[]) => readonly Decide[];

const QUICKER = {
  ...QUICK,
  truth: (code: number, clauses: number): number => (code >= 0 ? 1 : code < -clauses ? 2 : 0),
  noneIfLowest: (value: number): number => (value === Number.NEGATIVE_INFINITY ? Number.POSITIVE_INFINITY : value),
};

/**
 * Compiles a program to JavaScript for one person at a time; the code holds ids, slots and digits only.
 *
 * Where the host forbids `new Function` (a strict content security policy) this throws the host's EvalError and the
 * interpreter is the answer. A program with a `call` is refused with a RangeError.
 */
export function compileClosure(program: Program): Closure {
  const layout = layoutOf(program);
  const { code, tables } = emit(layout);
  const compile = new Function('H', 'D', 'T', code) as Compile;
  const decides = compile(QUICKER, QUICK_DIVIDE, tables);
  const decisions = program.decisions.map((decision, at) => ({ decision, decide: decides[at] ?? missing(decision.service) }));
  const byService = new Map(decisions.map((one) => [one.decision.service, one]));
  return {
    frameOf: (situation) => frameOf(layout, situation),
    decide: (frame, service, place) => {
      const { decision, decide } = byService.get(service) ?? missing(service);
      return verdictOfCode(decision, decide(frame, place));
    },
    decideAll: (frame, subject, place) =>
      decisions.filter(({ decision }) => decision.subject === subject).map(({ decision, decide }) => ({ service: decision.service, verdict: verdictOfCode(decision, decide(frame, place)) })),
    codesOf: (subject) => {
      const own = decisions.filter(({ decision }) => decision.subject === subject).map((one) => one.decide);
      return (frame, place, codes) => {
        for (let at = 0; at < own.length; at++) codes[at] = own[at]?.(frame, place) ?? 0;
      };
    },
    code,
  };
}

function verdictOfCode({ clauses, amount }: Decision, code: number): Verdict {
  if (code >= 0) return amount === undefined ? { kind: 'yes' } : { kind: 'yes', amountFen: code };
  const clause = (at: number): string => clauses[at]?.id ?? 'amount';
  return code >= noCode(clauses.length - 1) ? { kind: 'no', clause: clause(-1 - code) } : { kind: 'unknown', clause: clause(unknownCode(clauses.length, 0) - code) };
}

function missing(service: string): never {
  throw new RangeError(`there is no decision of ${service}`);
}
