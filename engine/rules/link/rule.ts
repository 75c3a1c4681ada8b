import type { Ending, Pack, Service } from '#engine/pack/index.ts';
import type { Rule } from '../build.ts';
import { Checker } from '../check/index.ts';
import type { Environment, Frame } from '../check/index.ts';
import type { Expr } from '../op.ts';
import { WHOLE } from '../report.ts';
import type { Site } from '../report.ts';
import { amountOf, AS_WRITTEN, condition } from './clause.ts';
import type { Standard, Variation } from './clause.ts';
import { openingText } from './group.ts';
import { stackClause } from './stacks.ts';

/** A clause of a service as its texts say it. */
export interface ClauseText {
  readonly id: string;
  /** The id of the source of law. */
  readonly law: string;
  /** The rule text; undefined for a clause that the precedence list gives. */
  readonly text: string | undefined;
  readonly site: Site;
}

/** The clauses of a standard in the order of reasons: scope, endings, conditions, stacking. */
export function clausesOf(pack: Pack, service: Service, standard: Standard): readonly ClauseText[] {
  const file = service.place.file;
  const index = service.standard?.indexOf(standard) ?? 0;
  const open = (standard.openTo ?? []).flatMap((opening) => openingText(pack, service.subject ?? 'person', opening) ?? []);
  const opened = (text: string): string => [text, ...open].map((one) => (open.length === 0 ? one : `(${one})`)).join(' or ');
  const scopes = scopeIds(service).flatMap(({ id }) => {
    const scope = pack.scopes.get(id);
    return scope ? [{ id: 'scope', law: scope.law, text: opened(scope.is), site: open.length === 0 ? { file: 'scopes.yaml', path: [id, 'is'] } : { file, path: ['standard', index, 'openTo'] } }] : [];
  });
  const endings = endingsOf(pack, service, standard).map(({ id, clause, law, when }) => ({ id: clause, law, text: when, site: { file: 'endings.yaml', path: [id, 'when'] } }));
  const conditions = standard.conditions.map((condition, at) => ({ id: condition.id, law: condition.law, text: condition.when, site: { file, path: ['standard', index, 'conditions', at, 'when'] } }));
  const list = service.stacks?.insteadOf ? pack.precedence.get(service.stacks.insteadOf.list) : undefined;
  return [...scopes, ...endings, ...conditions, ...(list ? [{ id: `stacks/${list.id}`, law: list.law, text: undefined, site: { file, path: ['stacks', 'insteadOf'] } }] : [])];
}

/** The endings that a standard names and facts tell of the kind of thing that the service is for. */
export function endingsOf({ endings }: Pack, { subject = 'person' }: Service, standard: Standard): readonly Ending[] {
  return (standard.ends ?? []).flatMap((word) => endings.get(word) ?? []).filter(({ of }) => of === subject);
}

/** The scopes a service names: `registered: city` is `registered-city`. */
export function scopeIds(service: Service): readonly { readonly key: string; readonly id: string }[] {
  return Object.entries(service.scope ?? {}).map(([key, level]) => ({ key, id: `${key}-${level}` }));
}

/** The checked rule of a standard on one day of law; undefined where something in it is wrong, which is reported. */
export function checkStandard(env: Environment, service: Service, standard: Standard, variation: Variation = AS_WRITTEN): Rule | undefined {
  const checker = new Checker(env);
  const subject = service.subject ?? 'person';
  if (!env.vocabulary.schema.entities.has(subject)) {
    env.report({ file: service.place.file, path: ['subject'] }, { code: 'entity-unknown', at: WHOLE, data: { id: subject } });
    return undefined;
  }
  const frame = (site: Site): Frame => ({ entity: subject, depth: 0, site, vars: new Map(), inlined: false });
  const clauses = clausesOf(env.pack, service, standard).flatMap(({ id, text, site }): readonly { readonly id: string; readonly when: Expr | undefined }[] => {
    if (variation.met.has(id)) return [];
    if (text === undefined) return stackClause({ checker, service, standard, variation, frame: frame(site) }, id);
    return [{ id, when: condition(checker, text, frame(site)) }];
  });
  const index = service.standard?.indexOf(standard) ?? 0;
  const amount = standard.amount === undefined ? undefined : amountOf(checker, standard.amount, frame({ file: service.place.file, path: ['standard', index, 'amount'] }));
  const whole = clauses.flatMap(({ id, when }) => (when ? [{ id, when }] : []));
  if (whole.length < clauses.length || (standard.amount !== undefined && !amount)) return undefined;
  return { service: service.id, subject, clauses: whole, amount };
}
