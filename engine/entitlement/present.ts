import type { Locale } from '#engine/kernel/index.ts';
import type { Verdict } from '#engine/rules/index.ts';
import { explainChange } from '#engine/rules/index.ts';
import { dayOf, explainEntitlement, whenItChanges } from './decide.ts';
import type { Entitlements } from './decide.ts';
import { groupOf } from './group.ts';
import type { LinkedPack } from './question.ts';
import type { Told } from './told.ts';
import { wordsOfPack } from './words.ts';

/** Entitlements as plain data for programs: ids, fen and sentences of one language; null where there is nothing. */
export function plainEntitlements({ rules }: LinkedPack, told: Told, { lawOn, all, beyond }: Entitlements, locale: Locale, withTrace: boolean) {
  const words = wordsOfPack(rules, locale, undefined);
  return {
    lawOn: dayOf(lawOn),
    services: all.map((one) => {
      const { answer, reasons, missing, nearly } = explainEntitlement(one, words, (name) => name);
      const change = whenItChanges(rules, told, one);
      return {
        service: one.service.id, name: one.service.name, verdict: one.verdict.kind, clause: clauseOf(one.verdict), group: groupOf(one, missing),
        amount: one.amount ? { minFen: one.amount.minFen, maxFen: one.amount.maxFen, per: one.amount.per ?? null } : null,
        payers: one.payers?.map(({ payer, amountFen }) => ({ level: payer.level, of: payer.of, shareBp: payer.shareBp, amountFen, confidence: payer.confidence })) ?? null,
        demo: one.demo, answer,
        reasons: reasons.map(({ clause, held, asks, says, law }) => ({ clause, held, asks: asks ?? null, says, law: law ?? null })),
        missing: missing.map(({ fact, holder, says }) => ({ fact: fact === undefined ? null : (rules.vocabulary.schema.facts.get(fact)?.name ?? fact), holder: holder ?? null, says })),
        nearly: [...nearly], change: change ? { on: dayOf(change.on), verdict: change.verdict.kind, says: explainChange(one.trace, change, words) } : null,
        trace: withTrace ? one.trace : null,
      };
    }),
    beyond: beyond.map(({ id }) => id),
  };
}

function clauseOf(verdict: Verdict): string | null {
  return verdict.kind === 'yes' ? null : verdict.clause;
}
