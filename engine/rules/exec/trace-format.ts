import { z } from 'zod';

/*
 * A trace as data: what was decided, from what, by which law. It holds ids, integers and truth values only, never a
 * sentence; numbers are units of 10^-scale, dates yyyymmdd, codes the code itself. What reads it says which format
 * it knows.
 *
 * Format 2: traces of one answer stand on one table of steps, where what several services rest on stands once. So
 * `steps` may hold more than a trace rests on: that is what its clauses and its amount lead to. An answer says the table
 * once, beside its services, and of each service the rest of its trace; the two together are the trace. A trace that
 * stands alone carries steps of its own, as every trace of format 1 did.
 */

const integer = z.number().int().min(Number.MIN_SAFE_INTEGER).max(Number.MAX_SAFE_INTEGER);
const place = z.number().int().min(0);
const text = z.string();

const result = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('known'), value: z.union([integer, z.boolean(), text]) }),
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({ kind: z.literal('unknown') }),
]);

const type = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('boolean') }),
  z.strictObject({ kind: z.literal('number'), scale: place, unit: text.optional() }),
  z.strictObject({ kind: z.literal('date') }),
  z.strictObject({ kind: z.literal('code'), list: text }),
  z.strictObject({ kind: z.literal('text') }),
  // What only forms and questions compute; the value is as FEEL writes it.
  ...(['months', 'duration', 'time', 'moment', 'list', 'context'] as const).map((kind) => z.strictObject({ kind: z.literal(kind) })),
]);

const verdict = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('yes'), amountFen: integer.optional() }),
  z.strictObject({ kind: z.literal('no'), clause: text }),
  z.strictObject({ kind: z.literal('unknown'), clause: text }),
]);

/** What an operator says beyond its operands. */
const detail = z.strictObject({
  fact: text.optional(),
  service: text.optional(),
  link: text.optional(),
  test: z.enum(['=', '!=', '<', '<=', '>', '>=']).optional(),
  fold: z.enum(['count', 'sum', 'least', 'greatest', 'some', 'every']).optional(),
  round: z.enum(['half-up', 'half-down', 'half-even', 'up', 'down', 'floor', 'ceiling']).optional(),
  part: z.enum(['year', 'month', 'day']).optional(),
  /** Of `call`: the function, and what is written into it. */
  name: text.optional(),
  with: z.array(text).optional(),
  /** Of `one-of`: what it may be. */
  values: z.array(z.union([integer, z.boolean(), text])).optional(),
});

const provenance = z.strictObject({ source: text.optional(), holder: text.optional(), observedOn: integer.optional(), validFrom: integer.optional(), withheld: z.boolean().optional() });

/** What a step says of everybody alike stands first, so that it can be kept as it is written. */
const step = z.strictObject({
  op: text,
  type,
  detail,
  /** Its place in the text of its rule or definition, in UTF-16 units. */
  at: z.strictObject({ from: integer, to: integer }),
  origin: z.strictObject({ kind: z.enum(['definition', 'parameter', 'table']), id: text, source: text.optional(), validFrom: integer.optional() }).optional(),
  /** The thing it is a value of; absent where it is the same for all. */
  thing: z.strictObject({ entity: text, place }).optional(),
  result,
  /** The steps it needed, in order, and as what; an operand that could not matter is not there. */
  of: z.array(z.strictObject({ as: z.enum(['of', 'left', 'right', 'condition', 'yes', 'no', 'where', 'value', 'from', 'to', 'clause', 'amount']), step: place })),
  provenance: provenance.optional(),
});

export const TRACE = z.strictObject({
  format: z.literal(2),
  service: text,
  subject: z.strictObject({ entity: text, place }),
  lawOn: integer,
  verdict,
  clauses: z.array(z.strictObject({ id: text, law: text.optional(), held: z.enum(['yes', 'no', 'unknown']), step: place })),
  /** The step of the amount, where every clause holds and there is one. */
  amount: place.optional(),
  /** Steps stand after those they need. */
  steps: z.array(step),
});

export type Trace = z.infer<typeof TRACE>;
/** A trace without the table that it stands on. */
export type TraceHead = Omit<Trace, 'steps'>;
export type Step = z.infer<typeof step>;
export type Result = z.infer<typeof result>;

/** A trace from JSON that was kept or came from elsewhere; an error of zod where it is none of format 2. */
export function parseTrace(json: unknown): Trace {
  return TRACE.parse(json);
}
