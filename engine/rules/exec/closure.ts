import type { Decision, NodeId, Program } from '../program.ts';
import type { Found, Situation, Verdict } from '../value.ts';
import type { CompiledCall } from './call.ts';
import { emit, noCode, unknownCode } from './emit.ts';
import { decode, frameOf } from './frame.ts';
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
   * i = number of clauses stands for the amount. A place that is not there is not caught.
   */
  readonly codesOf: (subject: string) => (frame: Frame, place: number, codes: Float64Array) => void;
  /** The value of every node about a thing, in the order of the program; what a trace is made of, without its words. */
  readonly record: (frame: Frame, subject: string, place: number) => readonly Recorded[];
  /** The same, each value given when it is asked for; of a node about another kind of thing, or about none, it says nothing. */
  readonly look: (frame: Frame, subject: string, place: number) => (node: NodeId) => Found;
  /** The value of an expression that was asked for itself, by its place among those of the program, for the thing at a place of its entity. */
  readonly valueOf: (frame: Frame, at: number, place: number) => Found;
  /** The generated code, for readers and tests. */
  readonly code: string;
}

export interface Recorded {
  readonly node: NodeId;
  readonly value: Found;
}

type Decide = (frame: Frame, place: number) => number;
/** Leaves codes from `first` on. */
type DecideTogether = (frame: Frame, place: number, codes: Float64Array, first: number) => void;
/** Leaves the value of each node about one kind of thing in its place. */
type WriteValues = (frame: Frame, place: number, values: Float64Array) => void;
/** The one edge where text becomes code: `new Function` gives what the text returns. */
type Compile = (helpers: typeof QUICKER, divide: typeof QUICK_DIVIDE, tables: readonly Float64Array[], calls: readonly CompiledCall[]) => { readonly alone: readonly Decide[]; readonly together: readonly DecideTogether[]; readonly records: readonly WriteValues[]; readonly values: readonly Decide[] };

const QUICKER = {
  ...QUICK,
  truth: (code: number, clauses: number): number => (code >= 0 ? 1 : code < -clauses ? 2 : 0),
  noneIfLowest: (value: number): number => (value === Number.NEGATIVE_INFINITY ? Number.POSITIVE_INFINITY : value),
};

/**
 * Compiles a program to JavaScript for one person at a time; the code holds ids, slots and digits only.
 *
 * Where the host forbids `new Function` (a strict content security policy) this throws the host's EvalError and the
 * interpreter is the answer. Functions beyond services are called by number; their meaning is that of `builtin/`.
 */
export function compileClosure(program: Program): Closure {
  const layout = layoutOf(program);
  const { code, tables, calls, together } = emit(layout);
  // oxlint-disable-next-line typescript/no-implied-eval -- the text is ours: ids, slots and digits (closure.test.ts holds it to that)
  const compile = new Function('H', 'D', 'T', 'C', code) as Compile;
  const { alone, together: functions, records, values: asked } = compile(QUICKER, QUICK_DIVIDE, tables, calls);
  const decisions = program.decisions.map((decision, at) => ({ decision, decide: alone[at] ?? missing(decision.service) }));
  const byService = new Map(decisions.map((one) => [one.decision.service, one]));
  const decisionsOf = new Map(layout.entities.map((entity) => [entity, program.decisions.filter((decision) => decision.subject === entity)]));
  const codesOf: Closure['codesOf'] = (subject) => {
    let first = 0;
    const own = together.flatMap((group, at) => {
      const run = functions[at];
      if (!run || program.decisions[group[0] ?? -1]?.subject !== subject) return [];
      const from = first;
      first += group.length;
      return [{ run, from }];
    });
    return (frame, place, codes) => {
      for (const { run, from } of own) run(frame, place, codes, from);
    };
  };
  const nodesOf = new Map(layout.entities.map((entity) => [entity, program.nodes.filter((node) => node.entity === entity && node.op !== 'constant')]));
  const values = new Float64Array(program.nodes.length);
  const there = ({ counts }: Frame, subject: string, place: number): void => {
    const count = counts[layout.entities.indexOf(subject)] ?? 0;
    if (!Number.isInteger(place) || place < 0 || place >= count) throw new RangeError(`there is no ${subject} at place ${String(place)}`);
  };
  const codesBySubject = new Map(layout.entities.map((entity) => [entity, codesOf(entity)]));
  return {
    frameOf: (situation) => frameOf(layout, situation),
    decide: (frame, service, place) => {
      const { decision, decide } = byService.get(service) ?? missing(service);
      there(frame, decision.subject, place);
      return verdictOfCode(decision, decide(frame, place));
    },
    decideAll: (frame, subject, place) => {
      there(frame, subject, place);
      const own = decisionsOf.get(subject) ?? [];
      const codes = new Float64Array(own.length);
      codesBySubject.get(subject)?.(frame, place, codes);
      return own.map((decision, at) => ({ service: decision.service, verdict: verdictOfCode(decision, codes[at] ?? 0) }));
    },
    codesOf,
    look: (frame, subject, place) => {
      there(frame, subject, place);
      const own = new Float64Array(program.nodes.length);
      records[layout.entities.indexOf(subject)]?.(frame, place, own);
      return (id) => decode((program.nodes[id] ?? missing(`node ${String(id)}`)).type, own[id] ?? 0, frame);
    },
    record: (frame, subject, place) => {
      there(frame, subject, place);
      records[layout.entities.indexOf(subject)]?.(frame, place, values);
      return (nodesOf.get(subject) ?? []).map((node) => ({ node: node.id, value: decode(node.type, values[node.id] ?? 0, frame) }));
    },
    valueOf: (frame, at, place) => {
      const [id, value] = [program.values[at], asked[at]];
      const node = id === undefined ? undefined : program.nodes[id];
      if (!node || !value) throw new RangeError(`nothing is asked at place ${String(at)}`);
      if (node.entity !== undefined) there(frame, node.entity, place);
      return decode(node.type, value(frame, place), frame);
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
