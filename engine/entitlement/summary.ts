import { z } from 'zod';
import { childrenOf } from '#engine/rules/index.ts';
import type { NodeId, Program } from '#engine/rules/index.ts';
import { CYCLES } from './change.ts';
import type { ServiceTotals } from './totals.ts';

/** JSON says null where nothing is said. */
const orNone = <T extends z.ZodType>(schema: T): z.ZodPipe<z.ZodNullable<T>, z.ZodTransform<z.output<T> | undefined, z.output<T> | null>> => schema.nullable().transform((value) => value ?? undefined);

const whole = z.int();
const clauses = z.array(z.strictObject({ clause: z.string(), count: whole }));
const cycle = z.enum(CYCLES);
const basis = z.enum(['registered', 'resident', 'insured', 'work']);

const totals: z.ZodType<ServiceTotals> = z.strictObject({
  service: z.string(), subject: z.string(), rows: whole, yes: whole, no: clauses, unknown: clauses,
  amountFen: orNone(whole),
  cycle: orNone(cycle),
  payers: z.array(z.strictObject({ level: z.enum(['nation', 'province', 'city', 'county', 'fund', 'employer', 'person']), of: basis, county: orNone(z.string()), amountFen: whole })),
  unstatedFen: whole,
  counties: z.array(z.strictObject({ county: orNone(z.string()), yes: whole, amountFen: whole })),
});

const counts = z.strictObject({ new: whole, raised: whole, lowered: whole, ended: whole, 'now-unknown': whole });
/** `missing`: grants before of subjects whom the release does not have. */
const moved = { counts, grants: whole, missing: whole.default(0), beforeFen: whole, movedFen: whole };
/** The money of all services by cycle; a run from before it was told apart has none. */
const cycles = z.array(z.strictObject({ cycle, beforeFen: whole, movedFen: whole })).default([]);

/** What a run has changed in one service, and what it has read for it. */
const service = z.strictObject({
  service: z.string(), subject: z.string(),
  /** The facts that deciding it reads; none where only the side before decided it. */
  columns: z.array(z.string()),
  ...moved,
});
export type RunService = z.infer<typeof service>;

/**
 * What a finished run of everybody says altogether; it names nobody.
 *
 * The same inputs give the same summary to the byte, whenever and with however many threads they were decided.
 */
export const RUN_SUMMARY = z.strictObject({
  format: z.literal(1),
  run: z.string(),
  /** The day of the law and of the facts. */
  asOf: z.iso.date(),
  pack: z.strictObject({ id: z.string(), digest: z.string() }),
  /** `people` is the digest of who the rows are, `count` how many. */
  release: z.strictObject({ id: z.string(), people: z.string(), count: whole, synthetic: z.boolean() }),
  /** The fresh facts that were seen: how many, in how many households, of how many people in none; those that do not fit the facts were left out. */
  overlay: z.strictObject({ corrections: whole, households: whole, alone: whole, ignored: whole }),
  /** What was in force before: `nothing`, `run` with its id, or grants by the name they were given. */
  before: z.string(),
  ...moved, cycles,
  limits: z.strictObject({ grantsBp: whole, moneyBp: whole }),
  /** The limits that the changes break; where there is one, a person has to look before anything is done. */
  stops: z.array(z.strictObject({ of: z.enum(['grants', 'money']), cycle: cycle.optional(), changed: whole, before: whole, limitBp: whole })),
  services: z.array(service),
  totals: z.array(totals),
});
export type RunSummary = z.infer<typeof RUN_SUMMARY>;

/** A summary, or a part of one, as a text that is read back the same. */
export function summaryText(part: unknown): string {
  return `${JSON.stringify(part, (_, value: unknown) => (value === undefined ? null : value), 1)}\n`;
}

export const TOTALS = z.array(totals);
export const MOVED = z.strictObject({ ...moved, cycles, services: z.array(service) });
export type Moved = z.infer<typeof MOVED>;

/** For each service the facts that deciding it reads, also those of the services that it asks, in the order of the program. */
export function factsRead(program: Program): ReadonlyMap<string, readonly string[]> {
  const decisions = new Map(program.decisions.map((decision) => [decision.service, decision]));
  return new Map(program.decisions.map(({ service: id }) => {
    const facts = new Set<string>();
    const seen = new Set<NodeId | string>([id]);
    const open: (NodeId | string)[] = [id];
    const visit = (next: readonly (NodeId | string)[]): void => {
      for (const one of next) if (!seen.has(one)) {
        seen.add(one);
        open.push(one);
      }
    };
    for (let at = open.pop(); at !== undefined; at = open.pop()) {
      if (typeof at === 'string') {
        const decision = decisions.get(at);
        visit([...(decision?.clauses.map(({ node }) => node) ?? []), ...(decision?.amount === undefined ? [] : [decision.amount])]);
        continue;
      }
      const node = program.nodes[at];
      if (!node) throw new RangeError(`a program without its node ${at}`);
      if (node.op === 'fact') facts.add(node.fact);
      visit([...childrenOf<NodeId>(node), ...(node.op === 'entitled' ? [node.service] : [])]);
    }
    return [id, program.facts.filter((fact) => facts.has(fact))];
  }));
}
