import { parseDate } from '#engine/kernel/index.ts';
import { isExpr, typed } from '../expr.ts';
import type { ExprProblem } from '../expr.ts';
import type { Declared } from '../infer.ts';
import type { Expr, Op, Span } from '../op.ts';
import type { Ast, Problem } from '../syntax/index.ts';
import { dayNumber } from '../vocabulary/index.ts';
import { between, compared, joined, sayUnits, tested } from './compare.ts';
import type { Check, Environment, Frame, Resolved } from './frame.ts';
import { called } from './functions.ts';
import { filtered, quantified, valued, yielded } from './many.ts';
import { bareName, digits, ofThing } from './names.ts';
import { aligned, all, numberOf, ordered } from './operand.ts';

/** How many operators one rule may become when its definitions are put in their places. */
export const LARGEST_RULE = 10_000;
/** The largest power: `x ** 3` is three factors. */
const LARGEST_POWER = 6;

/** Checks rules against one day of law: names, types, units, ranges; every problem is reported where it stands. */
export class Checker implements Check {
  readonly env: Environment;
  #made = 0;

  constructor(env: Environment) {
    this.env = env;
  }

  /** A rule text about a thing, checked from its first character; undefined where something is wrong. */
  rule(text: string, frame: Frame): Expr | undefined {
    this.#made = 0;
    const { value, problems } = this.env.parse(text);
    for (const problem of problems) this.env.report(frame.site, problem);
    const expr = value && this.expr(value, frame);
    return this.#made > LARGEST_RULE && value ? this.fail(frame, 'rule-grows-too-large', value.at, { limit: LARGEST_RULE }) : expr;
  }

  fail(frame: Frame, code: string, at: Span, data: Problem['data'] = {}, nearest?: string): undefined {
    this.env.report(frame.site, { code, at, data, nearest });
    return undefined;
  }

  warn(frame: Frame, code: string, at: Span, data: Problem['data'] = {}): void {
    this.env.report(frame.site, { code, at, data, severity: 'warning' });
  }

  make(node: Op<Expr>, at: Span, frame: Frame, declared?: Declared): Expr | undefined {
    this.#made += 1;
    if (this.#made > LARGEST_RULE) return undefined;
    const made = typed({ schema: this.env.vocabulary.schema, subjects: this.env.subjects }, node, declared, at);
    return isExpr(made) ? made : this.#refuse(made, at, frame);
  }

  #refuse(problem: ExprProblem, at: Span, frame: Frame): undefined {
    switch (problem.kind) {
      case 'type-clash': return this.fail(frame, 'type-clash', at, { expected: problem.expected, found: problem.found });
      case 'unit-clash': return this.fail(frame, 'unit-clash', at, { left: problem.left, right: problem.right });
      case 'may-overflow': return this.fail(frame, 'may-overflow', at, { bound: sayUnits(problem.bound, 0) });
      case 'entity-clash': return this.fail(frame, 'entity-clash', at, { name: '', of: problem.left, here: problem.right });
      case 'scale-clash': return this.fail(frame, 'type-clash', at, { expected: 'integer', found: 'number' });
      case 'unknown-name': return this.fail(frame, 'name-unknown', at, { name: problem.id });
      default: return problem satisfies never;
    }
  }

  expr(ast: Ast, frame: Frame): Expr | undefined {
    if (this.#made > LARGEST_RULE) return undefined;
    const found = this.resolve(ast, frame);
    if (!found) return undefined;
    if (found.kind === 'expr') return found.expr;
    return this.fail(frame, found.kind === 'many' ? 'many-not-one' : 'thing-not-value', ast.at);
  }

  resolve(ast: Ast, frame: Frame): Resolved | undefined {
    switch (ast.kind) {
      case 'name': return bareName(this, ast.name, ast.at, frame);
      case 'path': return this.#path(ast, frame);
      case 'filter': return filtered(this, this.resolve(ast.of, frame), ast.where, ast.at, frame);
      case 'for': return yielded(this, ast, frame);
      default: {
        const expr = this.#value(ast, frame);
        return expr && { kind: 'expr', expr };
      }
    }
  }

  #path(ast: Extract<Ast, { kind: 'path' }>, frame: Frame): Resolved | undefined {
    const of = this.resolve(ast.of, frame);
    if (!of) return undefined;
    switch (of.kind) {
      case 'thing': {
        const found = ofThing(this, of, ast.name, ast.nameAt, { ...frame, variable: undefined });
        return found?.kind === 'expr' ? { kind: 'expr', expr: { ...found.expr, at: ast.at } } : found;
      }
      case 'many': return valued(this, of, ast.name, ast.nameAt, frame);
      case 'expr': {
        if (ast.name !== 'year' && ast.name !== 'month' && ast.name !== 'day') return this.fail(frame, 'part-unknown', ast.nameAt, { name: ast.name });
        const expr = this.make({ op: 'part', part: ast.name, of: of.expr }, ast.at, frame);
        return expr && { kind: 'expr', expr };
      }
      default: return of satisfies never;
    }
  }

  #value(ast: Exclude<Ast, { kind: 'name' | 'path' | 'filter' | 'for' }>, frame: Frame): Expr | undefined {
    switch (ast.kind) {
      case 'number': case 'text': case 'boolean': case 'date': case 'null': case 'tested': case 'list': return this.#literal(ast, frame);
      case 'call': return called(this, ast, frame);
      case 'negate': {
        const of = this.expr(ast.of, frame);
        return of && this.make({ op: 'negate', of }, ast.at, frame);
      }
      case 'arithmetic': return this.#arithmetic(ast, frame);
      case 'compare': {
        const [left, right] = all([this.expr(ast.left, frame), this.expr(ast.right, frame)]) ?? [];
        return left && right && compared(this, ast.test, left, right, ast.at, frame);
      }
      case 'between': {
        const [of, low, high] = all([this.expr(ast.of, frame), this.expr(ast.low, frame), this.expr(ast.high, frame)]) ?? [];
        return of && low && high && between(this, of, ['>=', low], ['<=', high], ast.at, frame);
      }
      case 'in': {
        const of = this.expr(ast.of, frame);
        return of && tested(this, of, ast.tests, ast.at, frame);
      }
      case 'and': case 'or': {
        const of = all(ast.of.map((part) => this.expr(part, frame)));
        return of && joined(this, ast.kind, of, ast.at, frame);
      }
      case 'if': return this.#if(ast, frame);
      case 'some': case 'every': return quantified(this, ast, frame);
      default: return ast satisfies never;
    }
  }

  #literal(ast: Extract<Ast, { kind: 'number' | 'text' | 'boolean' | 'date' | 'null' | 'tested' | 'list' }>, frame: Frame): Expr | undefined {
    switch (ast.kind) {
      case 'number': {
        const exact = digits(ast.digits);
        return exact ? numberOf(this, exact.units, exact.scale, ast.at, frame) : this.fail(frame, 'number-malformed', ast.at, { found: ast.digits });
      }
      case 'text': return this.make({ op: 'constant', value: ast.value }, ast.at, frame);
      case 'boolean': return this.make({ op: 'constant', value: ast.value }, ast.at, frame);
      case 'date': {
        if (!parseDate(ast.day)) return this.fail(frame, 'date-malformed', ast.at, { found: ast.day });
        const day = dayNumber(ast.day);
        return this.make({ op: 'constant', value: BigInt(day) }, ast.at, frame, { kind: 'date', min: day, max: day });
      }
      case 'null': return this.fail(frame, 'null-not-allowed', ast.at);
      case 'tested': return this.fail(frame, 'rule-unexpected', ast.at, { found: '?' });
      case 'list': return this.fail(frame, 'many-not-one', ast.at);
      default: return ast satisfies never;
    }
  }

  #arithmetic(ast: Extract<Ast, { kind: 'arithmetic' }>, frame: Frame): Expr | undefined {
    if (ast.sign === '/') return this.fail(frame, 'rounding-missing', ast.at);
    if (ast.sign === '**') return this.#power(ast, frame);
    const sides = all([this.expr(ast.left, frame), this.expr(ast.right, frame)]);
    const [left, right] = sides ?? [];
    if (!sides || !left || !right) return undefined;
    if (ast.sign === '*') return this.#product(left, right, ast.at, frame);
    if (left.type.kind === 'date' || right.type.kind === 'date') return this.fail(frame, 'date-arithmetic', ast.at);
    const [a, b] = aligned(this, sides, frame) ?? [];
    return a && b && this.make(ast.sign === '+' ? { op: 'add', of: [a, b] } : { op: 'subtract', left: a, right: b }, ast.at, frame);
  }

  #product(left: Expr, right: Expr, at: Span, frame: Frame): Expr | undefined {
    const order = ordered(left, right);
    return 'left' in order ? this.fail(frame, 'unit-clash', at, order) : this.make({ op: 'multiply', of: order }, at, frame);
  }

  #power(ast: Extract<Ast, { kind: 'arithmetic' }>, frame: Frame): Expr | undefined {
    const times = ast.right.kind === 'number' ? Number(ast.right.digits) : 0;
    if (!Number.isInteger(times) || times < 1 || times > LARGEST_POWER) return this.fail(frame, 'power-not-written', ast.right.at, { most: LARGEST_POWER });
    const base = this.expr(ast.left, frame);
    if (!base || times === 1) return base;
    if (base.type.kind === 'number' && base.type.unit !== undefined) return this.fail(frame, 'unit-clash', ast.at, { left: base.type.unit, right: base.type.unit });
    return this.make({ op: 'multiply', of: Array.from({ length: times }, () => base) }, ast.at, frame);
  }

  #if(ast: Extract<Ast, { kind: 'if' }>, frame: Frame): Expr | undefined {
    const [condition, ...branches] = all([this.expr(ast.condition, frame), this.expr(ast.yes, frame), this.expr(ast.no, frame)]) ?? [];
    const [yes, no] = condition ? (aligned(this, branches, frame) ?? []) : [];
    return condition && yes && no && this.make({ op: 'if', condition, yes, no }, ast.at, frame);
  }
}
