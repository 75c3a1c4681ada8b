import type { Service } from '#engine/pack/index.ts';
import { joined, lift, throughAll } from '../check/index.ts';
import type { Checker, Frame } from '../check/index.ts';
import type { Expr } from '../op.ts';
import { receivesFact } from '../schema.ts';
import { dayText, inForce } from '../vocabulary/index.ts';
import { amountOf, condition } from './clause.ts';
import type { Standard, Variation } from './clause.ts';

interface Stacking {
  readonly checker: Checker;
  readonly service: Service;
  readonly standard: Standard;
  readonly variation: Variation;
  readonly frame: Frame;
}

const NOWHERE = { from: 0, to: 0 };

type Clauses = readonly { readonly id: string; readonly when: Expr | undefined }[];

/**
 * What keeps services of one list apart (contract 6).
 *
 * first-wins: not where an earlier one of the list holds. highest: not where another that holds pays more, or as much
 * and stands earlier. resident-chooses: not where another is received already. The first of a list is kept by nothing.
 */
export function stackClause(stacking: Stacking, id: string): Clauses {
  const { checker, service, frame } = stacking;
  const named = service.stacks?.insteadOf;
  const list = named && checker.env.pack.precedence.get(named.list);
  if (!named || !list) return [];
  const place = list.services.indexOf(service.id);
  if (place === -1) {
    checker.fail(frame, 'stacks-not-listed', NOWHERE, { list: list.id, service: service.id });
    return [{ id, when: undefined }];
  }
  if (named.rule !== list.rule) {
    checker.fail(frame, 'stacks-rule-differs', NOWHERE, { list: list.id, rule: list.rule, here: named.rule });
    return [{ id, when: undefined }];
  }
  const others = list.services.flatMap((other, index) => (index === place ? [] : [{ other, index }]));
  const against = list.rule === 'first-wins' ? others.filter(({ index }) => index < place) : others;
  if (against.length === 0) return [];
  const holding = against.map(({ other, index }) => {
    switch (list.rule) {
      case 'first-wins': return holds(stacking, other);
      case 'resident-chooses': return receives(stacking, other);
      case 'highest': return paysMore(stacking, other, index < place);
      default: return list.rule satisfies never;
    }
  });
  const found = holding.filter((one) => one !== undefined && one !== 'never');
  if (holding.includes(undefined)) return [{ id, when: undefined }];
  if (found.length === 0) return [];
  const any = joined(checker, 'or', found, NOWHERE, frame);
  return [{ id, when: any && checker.make({ op: 'not', of: any }, NOWHERE, frame) }];
}

/** 领取: recorded as receiving it. */
function receives({ checker, frame }: Stacking, service: string): Expr | undefined {
  return seen(checker, frame, service, () => checker.make({ op: 'fact', fact: receivesFact(service) }, NOWHERE, frame));
}

/** A truth value about the subject of another service, seen from the subject of this one. */
function seen(checker: Checker, frame: Frame, service: string, make: () => Expr | undefined): Expr | undefined {
  const subject = checker.env.vocabulary.schema.facts.get(receivesFact(service))?.entity;
  const way = subject === undefined || frame.entity === undefined ? undefined : lift(checker, frame.entity, subject);
  if (!way) return checker.fail(frame, 'entity-clash', NOWHERE, { name: service, of: subject ?? '', here: frame.entity ?? '' });
  const made = make();
  return made && throughAll(checker, way, made, frame);
}

/** 领取 or 应领; an example that says what is received has said both. */
function holds(stacking: Stacking, service: string): Expr | undefined {
  const { checker, frame, variation } = stacking;
  const received = receives(stacking, service);
  if (!received || variation.receivedIsEntitled || !checker.env.subjects.has(service)) return received;
  if (checker.env.circular.has(service)) return undefined;
  const entitled = seen(checker, frame, service, () => checker.make({ op: 'entitled', service }, NOWHERE, frame));
  return entitled && checker.make({ op: 'or', of: [received, entitled] }, NOWHERE, frame);
}

/** Whether another service of the list holds and pays more than this one; what it excludes in turn is left out, so that there is no circle. */
function paysMore(stacking: Stacking, service: string, earlier: boolean): Expr | 'never' | undefined {
  const { checker, service: own, standard, frame } = stacking;
  const day = dayText(checker.env.lawOn);
  const record = checker.env.pack.services.get(service);
  const other = record?.standard?.find((one) => inForce(one, day));
  if (!record || !other) return 'never';
  if (!comparable([own, standard], [record, other])) return checker.fail(frame, 'stacks-not-comparable', NOWHERE, { service, own: own.id });
  const index = record.standard?.indexOf(other) ?? 0;
  const inside = (...path: PropertyKey[]): Frame => ({ ...frame, site: { file: record.place.file, path: ['standard', index, ...path] } });
  const held = qualifies(stacking, record, other, inside);
  const theirs = amountOf(checker, other.amount ?? '', inside('amount'));
  const ours = amountOf(checker, standard.amount ?? '', frame);
  const more = theirs && ours && checker.make({ op: 'compare', test: earlier ? '>=' : '>', left: theirs, right: ours }, NOWHERE, frame);
  return held && more && checker.make({ op: 'and', of: [held, more] }, NOWHERE, frame);
}

/** Whether two services pay money for the same time to the same kind of thing. */
function comparable([own, standard]: readonly [Service, Standard], [record, other]: readonly [Service, Standard]): boolean {
  return other.amount !== undefined && standard.amount !== undefined && other.per === standard.per && (record.subject ?? 'person') === (own.subject ?? 'person');
}

/** Whether another service is received, or its own conditions are met. */
function qualifies(stacking: Stacking, record: Service, { conditions }: Standard, inside: (...path: PropertyKey[]) => Frame): Expr | undefined {
  const { checker, variation, frame } = stacking;
  const received = receives(stacking, record.id);
  if (variation.receivedIsEntitled) return received;
  const met = conditions.map((one, place) => condition(checker, one.when, inside('conditions', place, 'when')));
  const whole = met.filter((one) => one !== undefined);
  const entitled = whole.length < met.length ? undefined : joined(checker, 'and', whole, NOWHERE, frame);
  return received && entitled && checker.make({ op: 'or', of: [received, entitled] }, NOWHERE, frame);
}
