import type { Pack, Parameter, Service } from '#engine/pack/index.ts';
import type { LocalText } from '#engine/kernel/index.ts';
import { childrenOf, dayText } from '#engine/rules/index.ts';
import type { Expr, RuleBook, Standard } from '#engine/rules/index.ts';
import { inForceOn, SHOWN_AS_DEMO } from './decide.ts';
import type { Amount } from './decide.ts';

type Value = Parameter['values'][number];

/** The executable standard of a service on a day as people read it. */
export interface StandardInWords {
  /** In the order of reasons; where a condition has no words, its rule text stands for it. */
  readonly conditions: readonly { readonly id: string; readonly says: LocalText | undefined; readonly rule: string }[];
  /** The rule of the amount; undefined where it brings no money. */
  readonly amount: string | undefined;
  readonly per: Amount['per'];
  /** The parameters it rests on, and figures of the service that no rule counts with, with their values of that day. */
  readonly parameters: readonly { readonly parameter: Parameter; readonly values: readonly Value[]; readonly demo: boolean }[];
}

/** The standard in force on a day of law (yyyymmdd); undefined where the service is not executable then. */
export function standardOn(book: RuleBook, service: Service, lawOn: number): StandardInWords | undefined {
  const day = dayText(lawOn);
  const text = book.rulesOf(service.id).find(({ from, until }) => from <= day && (until === undefined || day <= until));
  const rule = book.ruleAt(service.id, lawOn);
  if (!text || !rule) return undefined;
  const { pack } = book;
  const used = new Set([...[...rule.clauses.map((clause) => clause.when), ...(rule.amount ? [rule.amount] : [])].flatMap(parametersIn), ...(service.figures ?? [])]);
  const scopes = Object.entries(service.scope ?? {}).flatMap(([key, level]) => pack.scopes.get(`${key}-${level}`) ?? []);
  const list = service.stacks?.insteadOf ? pack.precedence.get(service.stacks.insteadOf.list) : undefined;
  return {
    conditions: text.clauses.map(({ id, text: written, site }) => ({
      id, rule: written ?? '',
      says: id === 'scope' ? scopes.find((scope) => site.path.includes(scope.id))?.label : id === `stacks/${list?.id ?? ''}` ? list?.name : conditionSays(pack, text.standard, id),
    })),
    amount: text.standard.amount, per: text.standard.per,
    parameters: [...pack.parameters.values()].filter(({ id }) => used.has(id)).map((parameter) => {
      const current = inForceOn(parameter.values, day);
      return { parameter, values: current, demo: current.some(({ confidence }) => SHOWN_AS_DEMO.has(confidence)) };
    }),
  };
}

/** What a condition, or an ending that is decided as one, says in words; undefined where nobody wrote any. */
export function conditionSays({ endings }: Pick<Pack, 'endings'>, standard: Pick<Standard, 'conditions'> | undefined, clause: string): LocalText | undefined {
  return (standard?.conditions.find(({ id }) => id === clause) ?? [...endings.values()].find((one) => one.clause === clause))?.says;
}

function parametersIn({ node, origin }: Expr): readonly string[] {
  return [...(origin?.kind === 'parameter' ? [origin.id] : []), ...childrenOf<Expr>(node).flatMap(parametersIn)];
}
