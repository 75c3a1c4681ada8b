import type { SyntaxNode } from '@lezer/common';
import type { Span, Test } from '../op.ts';
import type { Ast, Cell, Problem, Sign, UnaryTest } from './ast.ts';

/** Punctuation and words of the grammar: nodes that carry no value of their own. */
const SILENT = /^(?:[^A-Za-z?]+|and|or|in|between|if|then|else|for|return|some|every|satisfies|not|date|time|CompareOp|ArithOp|BlockComment|LineComment)$/;
const TESTS: ReadonlySet<string> = new Set(['=', '!=', '<', '<=', '>', '>=']);

/** Reads the tree of the grammar, which is free of errors, into ours. What FEEL-S does not have is a problem. */
export class TreeReader {
  readonly problems: Problem[] = [];
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  expression(node: SyntaxNode): Ast {
    const at = { from: node.from, to: node.to };
    const parts = this.#parts(node);
    const [first, second, third] = parts;
    switch (node.name) {
      case 'Expression': case 'ParenthesizedExpression': case 'PositiveUnaryTest': return first ? this.expression(first) : this.#outside(node);
      case 'NumericLiteral': return { kind: 'number', digits: this.#said(node).replaceAll(/\s+/g, ''), at };
      case 'StringLiteral': return { kind: 'text', value: unquote(this.#said(node)), at };
      case 'BooleanLiteral': return { kind: 'boolean', value: this.#said(node) === 'true', at };
      case 'DateTimeLiteral': return this.#date(node);
      case 'null': return { kind: 'null', at };
      case '?': return { kind: 'tested', at };
      case 'VariableName': return { kind: 'name', name: this.#name(node), at };
      case 'PathExpression': return first && second ? { kind: 'path', of: this.expression(first), name: this.#name(second), nameAt: { from: second.from, to: second.to }, at } : this.#outside(node);
      case 'FilterExpression': return first && second ? { kind: 'filter', of: this.expression(first), where: this.expression(second), at } : this.#outside(node);
      case 'FunctionInvocation': return this.#call(node, first, second);
      case 'List': return { kind: 'list', of: parts.map((part) => this.expression(part)), at };
      case 'ArithmeticExpression': return this.#arithmetic(node, first, second);
      case 'Comparison': return this.#comparison(node, parts);
      case 'Conjunction': case 'Disjunction': return { kind: node.name === 'Conjunction' ? 'and' : 'or', of: this.#flat(node), at };
      case 'IfExpression': return first && second && third ? { kind: 'if', condition: this.expression(first), yes: this.expression(second), no: this.expression(third), at } : this.#outside(node);
      case 'QuantifiedExpression': case 'ForExpression': return this.#over(node, first, second);
      default: return this.#outside(node);
    }
  }

  cell(node: SyntaxNode): Cell {
    const [only] = this.#parts(node);
    if (!only || only.name === 'Wildcard') return { negated: false, tests: 'any' };
    return { negated: node.getChild('not') !== null, tests: this.#tests(only) };
  }

  #said(node: SyntaxNode): string {
    return this.#text.slice(node.from, node.to);
  }

  #name(node: SyntaxNode): string {
    return this.#said(node).replaceAll(/\s+/g, ' ');
  }

  #parts(node: SyntaxNode): readonly SyntaxNode[] {
    const parts: SyntaxNode[] = [];
    for (let child = node.firstChild; child; child = child.nextSibling) if (!SILENT.test(child.name)) parts.push(child);
    return parts;
  }

  /** Forms of FEEL that rules do without: contexts, functions, types, named arguments, times, durations. */
  #outside(node: SyntaxNode): Ast {
    const at = { from: node.from, to: node.to };
    this.problems.push({ code: 'rule-form-outside', at, data: { found: this.#said(node).slice(0, 60) } });
    return { kind: 'null', at };
  }

  #date(node: SyntaxNode): Ast {
    const literal = node.getChild('AtLiteral')?.getChild('StringLiteral') ?? (this.#said(node).startsWith('date(') || /^date\s*\(/.test(this.#said(node)) ? node.getChild('PositionalParameters')?.getChild('StringLiteral') : null);
    return literal ? { kind: 'date', day: unquote(this.#said(literal)), at: { from: node.from, to: node.to } } : this.#outside(node);
  }

  #call(node: SyntaxNode, callee: SyntaxNode | undefined, given: SyntaxNode | undefined): Ast {
    if (callee?.name !== 'VariableName' || given?.name === 'NamedParameters') return this.#outside(node);
    return { kind: 'call', name: this.#name(callee), nameAt: { from: callee.from, to: callee.to }, of: given ? this.#parts(given).map((part) => this.expression(part)) : [], at: { from: node.from, to: node.to } };
  }

  #arithmetic(node: SyntaxNode, left: SyntaxNode | undefined, right: SyntaxNode | undefined): Ast {
    const at = { from: node.from, to: node.to };
    const sign = node.getChild('ArithOp');
    if (!left || !sign) return this.#outside(node);
    if (right) return { kind: 'arithmetic', sign: this.#said(sign) as Sign, left: this.expression(left), right: this.expression(right), at };
    const of = this.expression(left);
    return of.kind === 'number' && !of.digits.startsWith('-') && left.name === 'NumericLiteral' ? { kind: 'number', digits: `-${of.digits}`, at } : { kind: 'negate', of, at };
  }

  #comparison(node: SyntaxNode, parts: readonly SyntaxNode[]): Ast {
    const at = { from: node.from, to: node.to };
    const [left, right, third] = parts;
    if (!left || !right) return this.#outside(node);
    if (node.getChild('between')) return third ? { kind: 'between', of: this.expression(left), low: this.expression(right), high: this.expression(third), at } : this.#outside(node);
    if (node.getChild('in')) return { kind: 'in', of: this.expression(left), tests: this.#tests(right), at };
    const test = node.getChild('CompareOp');
    const said = test ? this.#said(test) : '';
    return TESTS.has(said) ? { kind: 'compare', test: said as Test, left: this.expression(left), right: this.expression(right), at } : this.#outside(node);
  }

  /** The tests after `in`, or of a cell: one, a bracketed several, a list, or a range. */
  #tests(node: SyntaxNode): readonly UnaryTest[] {
    switch (node.name) {
      case 'PositiveUnaryTests': case 'List': return this.#parts(node).flatMap((part) => this.#tests(part));
      case 'PositiveUnaryTest': case 'ParenthesizedExpression': {
        const [only] = this.#parts(node);
        return only ? this.#tests(only) : [];
      }
      case 'SimplePositiveUnaryTest': return this.#simpleTest(node);
      default: return [{ kind: 'is', value: this.expression(node), at: { from: node.from, to: node.to } }];
    }
  }

  #simpleTest(node: SyntaxNode): readonly UnaryTest[] {
    const at = { from: node.from, to: node.to };
    const [only] = this.#parts(node);
    if (only?.name === 'Interval') {
      const [low, high] = this.#parts(only);
      const said = this.#said(only);
      if (low && high) return [{ kind: 'range', low: this.expression(low), lowIn: said.startsWith('['), high: this.expression(high), highIn: said.endsWith(']'), at }];
    }
    const test = node.getChild('CompareOp');
    if (only && test && TESTS.has(this.#said(test))) return [{ kind: 'than', test: this.#said(test) as Test, value: this.expression(only), at }];
    return [{ kind: 'is', value: this.#outside(node), at }];
  }

  /** `a and b and c` is one conjunction of three; brackets keep theirs apart. */
  #flat(node: SyntaxNode): readonly Ast[] {
    return this.#parts(node).flatMap((part) => (part.name === node.name ? this.#flat(part) : [this.expression(part)]));
  }

  #over(node: SyntaxNode, inside: SyntaxNode | undefined, body: SyntaxNode | undefined): Ast {
    const at: Span = { from: node.from, to: node.to };
    const ranges = inside ? this.#parts(inside) : [];
    const [range] = ranges;
    const [variable, many] = range ? this.#parts(range) : [];
    const [source, ...more] = many ? this.#parts(many) : [];
    if (ranges.length !== 1 || !variable || !source || more.length > 0 || !body) return this.#outside(node);
    const over = { variable: this.#name(variable), many: this.expression(source), at };
    const gives = this.expression(body);
    if (node.name === 'ForExpression') return { ...over, kind: 'for', gives };
    return { ...over, kind: this.#said(node).startsWith('some') ? 'some' : 'every', satisfies: gives };
  }
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };

function unquote(literal: string): string {
  return literal.slice(1, -1).replaceAll(/\\(u[0-9a-fA-F]{4}|U[0-9a-fA-F]{6}|[\s\S])/g, (whole, escaped: string) => {
    if (escaped.length > 1) {
      const code = Number.parseInt(escaped.slice(1), 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    }
    return ESCAPES[escaped] ?? escaped;
  });
}
