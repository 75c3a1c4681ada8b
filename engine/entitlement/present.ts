import { JsonBytes, jsonPiece } from '#engine/kernel/index.ts';
import type { Locale } from '#engine/kernel/index.ts';
import { dayText, explainChange, writeTrace } from '#engine/rules/index.ts';
import type { Change, Verdict, Words } from '#engine/rules/index.ts';
import { explainEntitlement } from './decide.ts';
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
export function plainEntitlements({ rules }: Pick<LinkedPack, 'rules'>, { lawOn, all, beyond }: Entitlements, { locale, withTrace, changeOf, thing }: Plainly) {
  const general = wordsOfPack(rules, locale, undefined);
  const words = thing ? { ...general, thing } : general;
  return {
    lawOn: dayText(lawOn),
    services: all.map((one) => {
      const { answer, reasons, missing, nearly } = explainEntitlement(one, words, (name) => name);
      const change = changeOf?.(one);
      return {
        service: one.service.id, name: one.service.name, verdict: one.verdict.kind, clause: clauseOf(one.verdict), group: groupOf(one, missing),
        amount: one.amount ? { minFen: one.amount.minFen, maxFen: one.amount.maxFen, per: one.amount.per ?? null } : null,
        payers: one.payers?.map(({ payer, amountFen }) => ({ level: payer.level, of: payer.of, shareBp: payer.shareBp, amountFen, confidence: payer.confidence })) ?? null,
        demo: one.demo, answer,
        reasons: reasons.map(({ clause, held, asks, says, law }) => ({ clause, held, asks: asks ?? null, says, law: law ?? null })),
        missing: missing.map(({ fact, holder, says }) => ({ fact: fact === undefined ? null : (rules.vocabulary.schema.facts.get(fact)?.name ?? fact), holder: holder ?? null, says })),
        nearly: [...nearly], change: change ? { on: dayText(change.on), verdict: change.verdict.kind, says: explainChange(one.trace, change, words) } : null,
        trace: withTrace ? one.trace : null,
      };
    }),
    beyond: beyond.map(({ id }) => id),
  };
}

function clauseOf(verdict: Verdict): string | null {
  return verdict.kind === 'yes' ? null : verdict.clause;
}

const SERVICES = jsonPiece(',"services":[');
const NEXT = jsonPiece(',');
const TRACE = jsonPiece(',"trace":');
const END = jsonPiece('}');
const LAST = jsonPiece(']}');
/** Where answers are put together; each is taken out whole before the next begins. */
const ANSWER = new JsonBytes(1 << 19);

/** Plain entitlements made without traces as JSON, each with the trace of the same place in `traced`: the same value as with them, at a fraction of the time. */
export function entitlementsBytes<S extends { readonly trace: unknown }>({ services, ...rest }: { readonly services: readonly S[] }, traced: Entitlements | undefined): Uint8Array {
  ANSWER.text(JSON.stringify(rest).slice(0, -1)).piece(SERVICES);
  services.forEach(({ trace, ...service }, at) => {
    if (at > 0) ANSWER.piece(NEXT);
    ANSWER.text(JSON.stringify(service).slice(0, -1)).piece(TRACE);
    const of = traced?.all[at];
    if (of) writeTrace(ANSWER, of.trace);
    else ANSWER.text(JSON.stringify(trace));
    ANSWER.piece(END);
  });
  return ANSWER.piece(LAST).take();
}
