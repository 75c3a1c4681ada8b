import { parseDate } from '#engine/kernel/index.ts';
import { written } from '../builtin/index.ts';
import { isExpr, typed } from '../expr.ts';
import type { ExprProblem } from '../expr.ts';
import type { Declared } from '../infer.ts';
import type { Expr, Op, Span } from '../op.ts';
import type { FormAst, Problem, Wide } from '../syntax/index.ts';
import { isWide } from '../type.ts';
import { dayNumber } from '../vocabulary/index.ts';
import { between, compared, joined, sayUnits } from './compare.ts';
import type { Check, Environment, Frame, Resolved } from './frame.ts';
import { placed } from './form-functions.ts';
import { called } from './functions.ts';
import { indexed, looped } from './loop.ts';
import { filtered, quantified, valued, yielded } from './many.ts';
import { bareName, digits, ofThing } from './names.ts';
import { aligned, all, numberOf, ordered } from './operand.ts';
import { instanceOf, setPart, setsCompared } from './set.ts';
import { tested } from './tested.ts';
import { calculatedWide, call, contextOf, fitted, inForms, isWideArithmetic, listed, partOf } from './wide.ts';

/** How many operators one rule may become when its definitions are put in their places. */
export const LARGEST_RULE = 10_000;
/** The largest power: `x ** 3` is three factors. */
const LARGEST_POWER = 6;

/** Checks rules against one day of law: names, types, units, ranges; every problem is reported where it stands. */
export class Checker implements Check {
  readonly env: Environment;
  readonly whole = new Map<string, Expr | undefined>();
  #made = 0;
  #beyond: Expr | undefined;

  constructor(env: Environment) {
    this.env = env;
  }

  /** A rule text about a thing, checked from its first character; undefined where something is wrong. */
  rule(text: string, frame: Frame): Expr | undefined {
    this.#made = 0;
    this.#beyond = undefined;
    const { value, problems } = this.env.parse(text);
    for (const problem of problems) this.env.report(frame.site, problem);
    const expr = value && this.expr(value, frame);
    return this.#made > LARGEST_RULE && value ? this.fail(frame, 'rule-grows-too-large', value.at, { limit: LARGEST_RULE }) : expr;
  }

  /** The first function of the last rule that only forms may use. */
  get beyondServices(): Expr | undefined {
    return this.#beyond;
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
    if (!isExpr(made)) return this.#refuse(made, at, frame);
    if (node.op === 'call') this.#beyond ??= made;
    return made;
  }

  #refuse(problem: ExprProblem, at: Span, frame: Frame): undefined {
    switch (problem.kind) {
      case 'type-clash': return this.fail(frame, 'type-clash', at, { expected: problem.expected, found: problem.found });
      case 'unit-clash': return this.fail(frame, 'unit-clash', at, { left: problem.left, right: problem.right });
      case 'may-overflow': return this.fail(frame, 'may-overflow', at, { bound: sayUnits(problem.bound, 0) });
      case 'may-grow': return this.fail(frame, 'may-grow', at, { bound: sayUnits(problem.bound, 0), most: sayUnits(problem.most, 0) });
      case 'entity-clash': return this.fail(frame, 'entity-clash', at, { name: '', of: problem.left, here: problem.right });
      case 'scale-clash': return this.fail(frame, 'type-clash', at, { expected: 'integer', found: 'number' });
      case 'unknown-name': return this.fail(frame, 'name-unknown', at, { name: problem.id });
      default: return problem satisfies never;
    }
  }

  expr(ast: FormAst, frame: Frame): Expr | undefined {
    if (this.#made > LARGEST_RULE) return undefined;
    const found = this.resolve(ast, frame);
    if (!found) return undefined;
    if (found.kind === 'expr') return found.expr;
    return this.fail(frame, found.kind === 'many' ? 'many-not-one' : 'thing-not-value', ast.at);
  }

  resolve(ast: FormAst, frame: Frame): Resolved | undefined {
    switch (ast.kind) {
      case 'name': return bareName(this, ast.name, ast.at, frame);
      case 'path': return this.#path(ast, frame);
      case 'filter': return this.#filter(ast, frame);
      case 'for': return this.env.forms && !this.#isMany(ast.many, frame) ? this.#looped(ast, ast.gives, frame) : yielded(this, ast, frame);
      default: {
        const expr = this.#value(ast, frame);
        return expr && { kind: 'expr', expr };
      }
    }
  }

  #filter(ast: Extract<FormAst, { kind: 'filter' }>, frame: Frame): Resolved | undefined {
    const of = this.resolve(ast.of, frame);
    if (of?.kind !== 'expr' || !this.env.forms) return filtered(this, of, ast.where, ast.at, frame);
    return asResolved(indexed(this, of.expr, ast.where, ast.at, frame));
  }

  /** Whether something stands for many things of the world, and not for a list. */
  #isMany(ast: FormAst, frame: Frame): boolean {
    return ast.kind !== 'list' && ast.kind !== 'set' && this.resolve(ast, frame)?.kind === 'many';
  }

  #looped({ kind, variable, many, at }: Extract<FormAst, { kind: 'for' | 'some' | 'every' }>, gives: FormAst, frame: Frame): Resolved | undefined {
    return asResolved(looped(this, { what: kind, variables: [{ name: variable, from: many }], gives, at }, frame));
  }

  #path(ast: Extract<FormAst, { kind: 'path' }>, frame: Frame): Resolved | undefined {
    if (ast.of.kind === 'set') return asResolved(setPart(this, ast.of, ast.name, ast.at, frame));
    const of = this.resolve(ast.of, frame);
    if (!of) return undefined;
    switch (of.kind) {
      case 'thing': {
        const found = ofThing(this, of, ast.name, ast.nameAt, { ...frame, variable: undefined });
        return found?.kind === 'expr' ? { kind: 'expr', expr: { ...found.expr, at: ast.at } } : found;
      }
      case 'many': return valued(this, of, ast.name, ast.nameAt, frame);
      case 'expr': {
        const dated = ast.name === 'year' || ast.name === 'month' || ast.name === 'day' ? ast.name : undefined;
        if (this.env.forms && (dated === undefined || of.expr.type.kind !== 'date')) return asResolved(partOf(this, of.expr, ast.name, ast.at, frame));
        return dated === undefined ? this.fail(frame, 'part-unknown', ast.nameAt, { name: ast.name }) : asResolved(this.make({ op: 'part', part: dated, of: of.expr }, ast.at, frame));
      }
      default: return of satisfies never;
    }
  }

  #value(ast: Exclude<FormAst, { kind: 'name' | 'path' | 'filter' | 'for' }>, frame: Frame): Expr | undefined {
    switch (ast.kind) {
      case 'number': case 'text': case 'boolean': case 'date': case 'null': case 'tested': case 'list': return this.#literal(ast, frame);
      case 'call': return called(this, ast, frame);
      case 'negate': return this.#negated(ast, frame);
      case 'arithmetic': return this.#arithmetic(ast, frame);
      case 'compare': return this.#compared(ast, frame);
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
      case 'some': case 'every': return this.#quantified(ast, frame);
      default: return this.#wide(ast, frame);
    }
  }

  #negated(ast: Extract<FormAst, { kind: 'negate' }>, frame: Frame): Expr | undefined {
    const of = this.expr(ast.of, frame);
    return of && (isWide(of.type) ? call(this, 'negated', [of], ast.at, frame) : this.make({ op: 'negate', of }, ast.at, frame));
  }

  #compared(ast: Extract<FormAst, { kind: 'compare' }>, frame: Frame): Expr | undefined {
    if (ast.left.kind === 'set' && ast.right.kind === 'set' && (ast.test === '=' || ast.test === '!=')) return setsCompared(this, ast.test, ast.left, ast.right, ast.at, frame);
    const [left, right] = all([this.expr(ast.left, frame), this.expr(ast.right, frame)]) ?? [];
    return left && right && compared(this, ast.test, left, right, ast.at, frame);
  }

  #quantified(ast: Extract<FormAst, { kind: 'some' | 'every' }>, frame: Frame): Expr | undefined {
    if (!this.env.forms || this.#isMany(ast.many, frame)) return quantified(this, ast, frame);
    const found = this.#looped(ast, ast.satisfies, frame);
    return found?.kind === 'expr' ? found.expr : undefined;
  }

  /** What only forms say. */
  #wide(ast: Wide, frame: Frame): Expr | undefined {
    switch (ast.kind) {
      case 'temporal': return inForms(this, frame, ast.at, ast.text) ? temporal(this, ast.text, ast.at, frame) : undefined;
      case 'context': return contextOf(this, ast, frame);
      case 'invoke': {
        const placedCall = placed(this, ast, frame);
        return placedCall && called(this, placedCall, frame);
      }
      case 'instance': return instanceOf(this, ast, frame);
      case 'over': return looped(this, ast, frame);
      case 'set': return this.fail(frame, 'range-not-value', ast.at);
      case 'function': return this.fail(frame, 'rule-form-outside', ast.at, { found: 'function(…)' });
      default: return ast satisfies never;
    }
  }

  #literal(ast: Extract<FormAst, { kind: 'number' | 'text' | 'boolean' | 'date' | 'null' | 'tested' | 'list' }>, frame: Frame): Expr | undefined {
    switch (ast.kind) {
      case 'number': {
        const exact = digits(ast.digits) ?? (this.env.forms ? digits(withoutExponent(ast.digits)) : undefined);
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
      case 'list': return this.env.forms ? listed(this, ast.of, ast.at, frame) : this.fail(frame, 'many-not-one', ast.at);
      default: return ast satisfies never;
    }
  }

  #arithmetic(ast: Extract<FormAst, { kind: 'arithmetic' }>, frame: Frame): Expr | undefined {
    if (ast.sign === '/' && !this.env.forms) return this.fail(frame, 'rounding-missing', ast.at);
    if (ast.sign === '**') return this.#power(ast, frame);
    const sides = all([this.expr(ast.left, frame), this.expr(ast.right, frame)]);
    const [left, right] = sides ?? [];
    return sides && left && right && this.#calculated(ast, left, right, frame);
  }

  #calculated(ast: Extract<FormAst, { kind: 'arithmetic' }>, left: Expr, right: Expr, frame: Frame): Expr | undefined {
    if (this.env.forms && isWideArithmetic(left, right)) return calculatedWide(this, ast.sign, left, right, ast.at, frame);
    if (ast.sign === '/') return this.fail(frame, 'rounding-missing', ast.at);
    if (ast.sign === '*') return this.#product(left, right, ast.at, frame);
    if (left.type.kind === 'date' || right.type.kind === 'date') return this.fail(frame, 'date-arithmetic', ast.at);
    const [a, b] = aligned(this, [left, right], frame) ?? [];
    return a && b && this.make(ast.sign === '+' ? { op: 'add', of: [a, b] } : { op: 'subtract', left: a, right: b }, ast.at, frame);
  }

  #product(left: Expr, right: Expr, at: Span, frame: Frame): Expr | undefined {
    const order = ordered(left, right);
    return 'left' in order ? this.fail(frame, 'unit-clash', at, order) : this.make({ op: 'multiply', of: order }, at, frame);
  }

  #power(ast: Extract<FormAst, { kind: 'arithmetic' }>, frame: Frame): Expr | undefined {
    const times = ast.right.kind === 'number' ? Number(ast.right.digits) : 0;
    if (!Number.isInteger(times) || times < 1 || times > LARGEST_POWER) return this.fail(frame, 'power-not-written', ast.right.at, { most: LARGEST_POWER });
    const base = this.expr(ast.left, frame);
    if (!base || times === 1) return base;
    if (base.type.kind === 'number' && base.type.unit !== undefined) return this.fail(frame, 'unit-clash', ast.at, { left: base.type.unit, right: base.type.unit });
    return this.make({ op: 'multiply', of: Array.from({ length: times }, () => base) }, ast.at, frame);
  }

  #if(ast: Extract<FormAst, { kind: 'if' }>, frame: Frame): Expr | undefined {
    const [condition, ...branches] = all([this.expr(ast.condition, frame), this.expr(ast.yes, frame), this.expr(ast.no, frame)]) ?? [];
    const wide = branches.some((branch) => isWide(branch.type));
    const [yes, no] = condition ? ((wide ? fitted(this, branches, ast.at, frame) : aligned(this, branches, frame)) ?? []) : [];
    return condition && yes && no && this.make({ op: 'if', condition, yes, no }, ast.at, frame);
  }
}

function asResolved(expr: Expr | undefined): Resolved | undefined {
  return expr && { kind: 'expr', expr };
}

/** `@"…"` of a time, a moment or a duration. */
function temporal(check: Check, text: string, at: Span, frame: Frame): Expr | undefined {
  return written(text) ? call(check, 'literal', [], at, frame, [text]) : check.fail(frame, 'date-malformed', at, { found: text });
}

/** `1.23e4` in plain digits, as far as numbers go. */
function withoutExponent(text: string): string {
  const match = /^(-?)(\d*)(?:\.(\d+))?[eE]([+-]?\d{1,2})$/.exec(text);
  if (!match) return text;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  const all = `${whole}${fraction}`;
  const point = whole.length + Number(exponent);
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${all}`;
  return `${sign}${all.slice(0, point).padEnd(point, '0')}${point < all.length ? `.${all.slice(point)}` : ''}`;
}
