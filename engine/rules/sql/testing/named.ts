import { buildProgram } from '../../build.ts';
import { isExpr, typed } from '../../expr.ts';
import type { Declared } from '../../infer.ts';
import type { Expr, Op } from '../../op.ts';
import type { Link, Schema } from '../../schema.ts';
import { thing } from './make.ts';
import type { World } from './make.ts';

/** Names that somebody who writes a pack might think of, to see whether they stay names. */
export const HOSTILE: readonly string[] = [
  `a"b'c\`d`, `'; DROP TABLE person; --`, `"; DROP TABLE person; --`, '`; DROP VIEW r1; --', 'select', 'and持证', 't1_0', 'c1', 'r1', 'id', 'ID', '',
  // 22 characters of 3 bytes are 66 bytes: the first 21 would be one and the same name.
  '家庭人均月收入不高于最低生活保障标准一点五倍', '家庭人均月收入不高于最低生活保障标准一点五的', 'x'.repeat(80), 'a.b c$d{e}f[g]', 'tab\there', 'line\nbreak', '\\', '🌊'.repeat(16), 'Straße', 'STRASSE', '/* */', '-- ', '%s ? $1 :x',
];

/** A world in which every entity, fact, link, clause and service is called so: person and group, a fact of each, a list. */
export function named(name: string): World {
  const id = (of: string): string => `${name}${of}`;
  const [person, group, fact, twin, grouping, list, service] = [name, id(' '), name, id('  '), id('   '), name, id('!')];
  const link = (of: string, kind: Link['kind'], to: string): Link => ({ id: of, kind, from: person, to, single: kind === 'grouping' });
  const schema: Schema = {
    entities: new Map([person, group].map((entity) => [entity, { id: entity }])),
    links: new Map([link(grouping, 'grouping', group), link(list, 'relation', person)].map((one) => [one.id, one])),
    facts: new Map([[fact, 'number'], [twin, 'text']].map(([of = '', kind]) => [of, { id: of, name: of, entity: person, unknowable: true, nonable: true, type: kind === 'text' ? { kind: 'text' } : { kind: 'number', scale: 0, min: 0n, max: 9n } }])),
    codeLists: new Map(),
  };
  const make = (node: Op<Expr>, declared?: Declared): Expr => {
    const made = typed({ schema, subjects: new Map() }, node, declared);
    if (!isExpr(made)) throw new Error(made.kind);
    return made;
  };
  const value = make({ op: 'fact', fact });
  const total = make({ op: 'through', link: grouping, of: make({ op: 'fold', link: grouping, fold: 'sum', value }) });
  const friends = make({ op: 'fold', link: list, fold: 'count' });
  const is = (left: Expr, right: bigint): Expr => make({ op: 'compare', test: '=', left, right: make({ op: 'constant', value: right }) });
  return {
    program: buildProgram(schema, 20310615, [
      { service, subject: person, clauses: [{ id: name, when: is(total, 3n) }, { id: id('?'), when: is(friends, 1n) }, { id: id('='), when: make({ op: 'one-of', of: make({ op: 'fact', fact: twin }), values: [name, 'other'] }) }] },
    ]),
    // 1 + 2 = 3 in the one group; the first knows the second, and only the first has the text.
    situation: new Map([[person, [thing({ [fact]: 1n, [twin]: `=${name}` }, { [grouping]: [0], [list]: [1] }), thing({ [fact]: 2n, [twin]: '=another' }, { [grouping]: [0], [list]: [0] })]], [group, [thing({})]]]),
    expected: [
      { name, service, place: 0, verdict: { kind: 'yes' } },
      { name, service, place: 1, verdict: { kind: 'no', clause: id('=') } },
    ],
  };
}
