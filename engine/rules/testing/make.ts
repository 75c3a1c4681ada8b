import { isExpr, typed } from '../expr.ts';
import type { Scope } from '../expr.ts';
import type { Declared } from '../infer.ts';
import type { Constant, Expr, Fold, Op, Test } from '../op.ts';
import type { Rounding, ValueType } from '../type.ts';
import type { Situation, Thing, Value } from '../value.ts';
import { known } from '../value.ts';

/** Short ways to write checked expressions by hand in tests and benchmarks; what does not check is thrown. */
export interface Make {
  readonly op: (node: Op<Expr>, declared?: Declared) => Expr;
  readonly fact: (id: string) => Expr;
  readonly constant: (value: Constant, declared?: Declared) => Expr;
  readonly not: (of: Expr) => Expr;
  readonly and: (...of: readonly Expr[]) => Expr;
  readonly or: (...of: readonly Expr[]) => Expr;
  readonly is: (left: Expr, test: Test, right: Expr) => Expr;
  readonly add: (...of: readonly Expr[]) => Expr;
  readonly multiply: (...of: readonly Expr[]) => Expr;
  readonly divide: (left: Expr, right: Expr, round: Rounding, declared: ValueType) => Expr;
  readonly choose: (condition: Expr, yes: Expr, no: Expr) => Expr;
  readonly through: (link: string, of: Expr) => Expr;
  readonly fold: (link: string, fold: Fold, parts?: { readonly where?: Expr; readonly value?: Expr }) => Expr;
}

export function makeIn(scope: Scope): Make {
  const op = (node: Op<Expr>, declared?: Declared): Expr => {
    const made = typed(scope, node, declared);
    if (!isExpr(made)) throw new TypeError(`${node.op}: ${made.kind}`);
    return made;
  };
  return {
    op,
    fact: (fact) => op({ op: 'fact', fact }),
    constant: (value, declared) => op({ op: 'constant', value }, declared),
    not: (of) => op({ op: 'not', of }),
    and: (...of) => op({ op: 'and', of }),
    or: (...of) => op({ op: 'or', of }),
    is: (left, test, right) => op({ op: 'compare', test, left, right }),
    add: (...of) => op({ op: 'add', of }),
    multiply: (...of) => op({ op: 'multiply', of }),
    divide: (left, right, round, declared) => op({ op: 'divide', left, right, round }, declared),
    choose: (condition, yes, no) => op({ op: 'if', condition, yes, no }),
    through: (link, of) => op({ op: 'through', link, of }),
    fold: (link, fold, { where, value } = {}) => op({ op: 'fold', link, fold, where, value }),
  };
}

/** A thing from plain values: a constant is known, a `Value` is itself. */
export function thing(facts: Readonly<Record<string, Constant | Value>>, links: Readonly<Record<string, readonly number[]>> = {}): Thing {
  return {
    facts: new Map(Object.entries(facts).map(([id, value]) => [id, typeof value === 'object' ? value : known(value)])),
    links: new Map(Object.entries(links)),
  };
}

/** A situation from the things of each entity. */
export function situationOf(things: Readonly<Record<string, readonly Thing[]>>): Situation {
  return new Map(Object.entries(things));
}
