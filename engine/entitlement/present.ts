import { JsonBytes, jsonPiece } from '#engine/kernel/index.ts';
import type { Locale } from '#engine/kernel/index.ts';
import { dayText, explainChange, writeSteps } from '#engine/rules/index.ts';
import type { Change, Step, Trace, TraceHead, Verdict, Words } from '#engine/rules/index.ts';
import { entitlementExplainer } from './decide.ts';
import type { Entitlement, Entitlements } from './decide.ts';
import { groupOf } from './group.ts';
import type { LinkedPack } from './question.ts';
import { wordsOfPack } from './words.ts';

export interface Plainly {
  readonly locale: Locale;
  readonly withTrace: boolean;
  /** The day on which time alone changes an answer; left out: nobody looks ahead. */
  readonly changeOf?: ((one: Entitlement) => Change | undefined) | undefined;
  /** What people and groups other than the one asked about are called; left out: nothing. */
  readonly thing?: Words['thing'] | undefined;
}

/** Entitlements as plain data for programs: ids, fen and sentences of one language; null where there is nothing. */
export function plainEntitlements({ rules }: Pick<LinkedPack, 'rules'>, { lawOn, all, steps, beyond }: Entitlements, { locale, withTrace, changeOf, thing }: Plainly) {
  const general = wordsOfPack(rules, locale, undefined);
  const words = thing ? { ...general, thing } : general;
  const explain = entitlementExplainer(words, (name) => name);
  return {
    lawOn: dayText(lawOn),
    services: all.map((one) => {
      const { answer, reasons, missing, nearly } = explain(one);
      const change = changeOf?.(one);
      return {
        service: one.service.id, name: one.service.name, verdict: one.verdict.kind, clause: clauseOf(one.verdict), group: groupOf(one, missing),
        amount: one.amount ? { minFen: one.amount.minFen, maxFen: one.amount.maxFen, per: one.amount.per ?? null } : null,
        payers: one.payers?.map(({ payer, amountFen }) => ({ level: payer.level, of: payer.of, shareBp: payer.shareBp, amountFen, confidence: payer.confidence })) ?? null,
        demo: one.demo, answer,
        reasons: reasons.map(({ clause, held, asks, says, law }) => ({ clause, held, asks: asks ?? null, says, law: law ?? null })),
        missing: missing.map(({ fact, holder, says }) => ({ fact: fact === undefined ? null : (rules.vocabulary.schema.facts.get(fact)?.name ?? fact), holder: holder ?? null, says })),
        nearly: [...nearly], change: change ? { on: dayText(change.on), verdict: change.verdict.kind, says: explainChange(one.trace, change, words) } : null,
        trace: withTrace ? headOf(one.trace) : null,
      };
    }),
    beyond: beyond.map(({ id }) => id),
    steps: withTrace ? [...steps] : null,
  };
}

function clauseOf(verdict: Verdict): string | null {
  return verdict.kind === 'yes' ? null : verdict.clause;
}

/** A trace as an answer says it of a service: the steps are those of the answer. */
function headOf({ format, service, subject, lawOn, verdict, clauses, amount }: Trace): TraceHead {
  return { format, service, subject, lawOn, verdict, clauses, amount };
}

const STEPS = jsonPiece(',"steps":');
const NONE = jsonPiece('null');
const LAST = jsonPiece('}');
/** Where answers are put together; each is taken out whole before the next begins. */
const ANSWER = new JsonBytes(1 << 19);

/** Plain entitlements as JSON, letter for letter what `JSON.stringify` gives, with the steps that their traces stand on, at a fraction of the time; null where they were made without. */
export function entitlementsBytes(plain: { readonly steps: unknown }, steps: readonly Step[] | null): Uint8Array {
  ANSWER.text(JSON.stringify({ ...plain, steps: undefined }).slice(0, -1)).piece(STEPS);
  if (steps) writeSteps(ANSWER, steps);
  else ANSWER.piece(NONE);
  return ANSWER.piece(LAST).take();
}
