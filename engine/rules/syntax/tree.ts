import type { SyntaxNode } from '@lezer/common';
import type { Span, Test } from '../op.ts';
import type { FormAst, FormCell, Problem, Profile, Sign, UnaryTest } from './ast.ts';
import { typeName } from './type-name.ts';

/** Punctuation and words of the grammar: nodes that carry no value of their own. */
const SILENT = /^(?:[^A-Za-z?]+|and|or|in|instance|of|function|external|between|if|then|else|for|return|some|every|satisfies|not|date|time|CompareOp|ArithOp|BlockComment|LineComment)$/;
const TESTS: ReadonlySet<string> = new Set(['=', '!=', '<', '<=', '>', '>=']);

type Alternative = UnaryTest<'form'>;

/** Reads the tree of the grammar, which is free of errors, into ours. What the profile does not have is a problem. */
export class TreeReader {
  readonly problems: Problem[] = [];
  readonly #text: string;
  readonly #profile: Profile | 'typed';

  constructor(text: string, profile: Profile | 'typed') {
    this.#text = text;
    this.#profile = profile;
  }

  expression(node: SyntaxNode): FormAst {
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
      case 'FunctionDefinition': return this.#function(node, parts);
      case 'Context': return this.#wide(node, { kind: 'context', entries: parts.map((entry) => this.#entry(entry)), at });
      case 'InstanceOfExpression': return first && second ? this.#wide(node, { kind: 'instance', of: this.expression(first), type: typeName(second, this.#text), at }) : this.#outside(node);
      case 'SimplePositiveUnaryTest': case 'Interval': return this.#set(node);
      case 'List': return { kind: 'list', of: parts.map((part) => this.expression(part)), at };
      case 'ArithmeticExpression': return this.#arithmetic(node, first, second);
      case 'Comparison': return this.#comparison(node, parts);
      case 'Conjunction': case 'Disjunction': return { kind: node.name === 'Conjunction' ? 'and' : 'or', of: this.#flat(node), at };
      case 'IfExpression': return first && second && third ? { kind: 'if', condition: this.expression(first), yes: this.expression(second), no: this.expression(third), at } : this.#outside(node);
      case 'QuantifiedExpression': case 'ForExpression': return this.#over(node, first, second);
      default: return this.#outside(node);
    }
  }

  cell(node: SyntaxNode): FormCell {
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

  /** A form that neither profile has. */
  #outside(node: SyntaxNode): FormAst {
    const at = { from: node.from, to: node.to };
    this.problems.push({ code: 'rule-form-outside', at, data: { found: this.#said(node).slice(0, 60) } });
    return { kind: 'null', at };
  }

  /** Forms of FEEL that rules do without: contexts, functions, types, named arguments, times, durations. */
  #wide(node: SyntaxNode, ast: FormAst): FormAst {
    return this.#profile === 'rule' ? this.#outside(node) : ast;
  }

  #entry(node: SyntaxNode): { readonly key: string; readonly value: FormAst } {
    const [key, value] = this.#parts(node);
    const literal = key?.getChild('StringLiteral');
    return { key: literal ? unquote(this.#said(literal)) : key ? this.#name(key) : '', value: value ? this.expression(value) : this.#outside(node) };
  }

  #function(node: SyntaxNode, parts: readonly SyntaxNode[]): FormAst {
    const takes = parts.filter((part) => part.name === 'FormalParameters').flatMap((part) => this.#parts(part)).map((parameter) => {
      const [name, type] = this.#parts(parameter);
      return { name: name ? this.#name(name) : '', ...(type ? { type: typeName(type, this.#text) } : {}) };
    });
    const [body] = parts.filter((part) => part.name === 'FunctionBody').flatMap((part) => this.#parts(part));
    return body ? this.#wide(node, { kind: 'function', takes, gives: this.expression(body), external: node.getChild('external') !== null, at: { from: node.from, to: node.to } }) : this.#outside(node);
  }

  #set(node: SyntaxNode): FormAst {
    const test = this.#simpleTest(node);
    return test && test.kind !== 'is' ? this.#wide(node, { kind: 'set', test, at: { from: node.from, to: node.to } }) : this.#outside(node);
  }

  #date(node: SyntaxNode): FormAst {
    const at = { from: node.from, to: node.to };
    const literal = node.getChild('AtLiteral')?.getChild('StringLiteral');
    if (literal) {
      const text = unquote(this.#said(literal));
      return TEMPORAL.test(text) ? this.#wide(node, { kind: 'temporal', text, at }) : { kind: 'date', day: text, at };
    }
    const [maker, given] = this.#parts(node);
    const name = maker ? this.#name(maker) : '';
    const [only, ...more] = given ? this.#parts(given) : [];
    if (name === 'date' && only?.name === 'StringLiteral' && more.length === 0) return { kind: 'date', day: unquote(this.#said(only)), at };
    return maker ? this.#wide(node, this.#called(node, maker, given)) : this.#outside(node);
  }

  #call(node: SyntaxNode, callee: SyntaxNode | undefined, given: SyntaxNode | undefined): FormAst {
    if (!callee) return this.#outside(node);
    const plain = (callee.name === 'VariableName' || callee.name === 'SpecialFunctionName') && given?.name !== 'NamedParameters';
    return plain ? this.#called(node, callee, given) : this.#wide(node, this.#called(node, callee, given));
  }

  /** A call by name where it has no named arguments, else of whatever the callee gives. */
  #called(node: SyntaxNode, callee: SyntaxNode, given: SyntaxNode | undefined): FormAst {
    const at = { from: node.from, to: node.to };
    const nameAt = { from: callee.from, to: callee.to };
    const args = given ? this.#parts(given) : [];
    const named = callee.name === 'VariableName' || callee.name === 'SpecialFunctionName' || callee.name === 'DateTimeConstructor';
    if (named && given?.name !== 'NamedParameters') return { kind: 'call', name: this.#name(callee), nameAt, of: args.map((part) => this.expression(part)), at };
    const of = args.map((part) => {
      if (part.name !== 'NamedParameter') return { value: this.expression(part) };
      const [name, value] = this.#parts(part);
      return { name: name ? this.#name(name) : '', value: value ? this.expression(value) : this.#outside(part) };
    });
    return { kind: 'invoke', callee: named ? { kind: 'name', name: this.#name(callee), at: nameAt } : this.expression(callee), of, at };
  }

  #arithmetic(node: SyntaxNode, left: SyntaxNode | undefined, right: SyntaxNode | undefined): FormAst {
    const at = { from: node.from, to: node.to };
    const sign = node.getChild('ArithOp');
    if (!left || !sign) return this.#outside(node);
    if (right) return { kind: 'arithmetic', sign: this.#said(sign) as Sign, left: this.expression(left), right: this.expression(right), at };
    const of = this.expression(left);
    return of.kind === 'number' && !of.digits.startsWith('-') && left.name === 'NumericLiteral' ? { kind: 'number', digits: `-${of.digits}`, at } : { kind: 'negate', of, at };
  }

  #comparison(node: SyntaxNode, parts: readonly SyntaxNode[]): FormAst {
    const at = { from: node.from, to: node.to };
    const [left, right, third] = parts;
    if (!left || !right) return this.#outside(node);
    if (node.getChild('between')) return third ? { kind: 'between', of: this.expression(left), low: this.expression(right), high: this.expression(third), at } : this.#outside(node);
    if (node.getChild('in')) return { kind: 'in', of: this.expression(left), tests: this.#tests(right), at };
    const test = node.getChild('CompareOp');
    const said = test ? this.#said(test) : '';
    return TESTS.has(said) ? { kind: 'compare', test: said as Test, left: this.expression(left), right: this.expression(right), at } : this.#outside(node);
  }

  /** The tests after `in`, or of a cell: one, a bracketed several, a list (for rules the tests of it), or a range. */
  #tests(node: SyntaxNode): readonly Alternative[] {
    switch (node.name) {
      case 'PositiveUnaryTests': return this.#parts(node).flatMap((part) => this.#tests(part));
      case 'List': return this.#profile === 'rule' ? this.#parts(node).flatMap((part) => this.#tests(part)) : [this.#is(node)];
      case 'PositiveUnaryTest': case 'ParenthesizedExpression': {
        const [only] = this.#parts(node);
        return only ? this.#tests(only) : [];
      }
      case 'SimplePositiveUnaryTest': return [this.#simpleTest(node) ?? { kind: 'is', value: this.#outside(node), at: { from: node.from, to: node.to } }];
      default: return [this.#is(node)];
    }
  }

  #is(node: SyntaxNode): Alternative {
    return { kind: 'is', value: this.expression(node), at: { from: node.from, to: node.to } };
  }

  #simpleTest(node: SyntaxNode): Alternative | undefined {
    const at = { from: node.from, to: node.to };
    const [only] = node.name === 'Interval' ? [node] : this.#parts(node);
    if (only?.name === 'Interval') {
      const [low, high] = this.#parts(only);
      const said = this.#said(only);
      if (low && high) return { kind: 'range', low: this.expression(low), lowIn: said.startsWith('['), high: this.expression(high), highIn: said.endsWith(']'), at };
    }
    const test = node.getChild('CompareOp');
    return only && test && TESTS.has(this.#said(test)) ? { kind: 'than', test: this.#said(test) as Test, value: this.expression(only), at } : undefined;
  }

  /** `a and b and c` is one conjunction of three; brackets keep theirs apart. */
  #flat(node: SyntaxNode): readonly FormAst[] {
    return this.#parts(node).flatMap((part) => (part.name === node.name ? this.#flat(part) : [this.expression(part)]));
  }

  #over(node: SyntaxNode, inside: SyntaxNode | undefined, body: SyntaxNode | undefined): FormAst {
    const at: Span = { from: node.from, to: node.to };
    if (!body) return this.#outside(node);
    const what = node.name === 'ForExpression' ? 'for' : this.#said(node).startsWith('some') ? 'some' : 'every';
    const variables = (inside ? this.#parts(inside) : []).map((range) => {
      const [name, many] = this.#parts(range);
      const [from, to] = many ? this.#parts(many) : [];
      return { name: name ? this.#name(name) : '', from: from ? this.expression(from) : this.#outside(range), to: to && this.expression(to) };
    });
    const gives = this.expression(body);
    const [only, ...more] = variables;
    if (!only || more.length > 0 || only.to) return this.#wide(node, { kind: 'over', what, variables, gives, at });
    const over = { variable: only.name, many: only.from, at };
    return what === 'for' ? { ...over, kind: what, gives } : { ...over, kind: what, satisfies: gives };
  }
}

/** What stands behind an `@` and is no date: a time, a moment, a duration. */
const TEMPORAL = /^-?P|[T:]/;

/** Any other sign keeps its backslash, so that `"\d"` is the pattern that it looks like. */
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '"': '"', "'": "'", '\\': '\\' };

export function unquote(literal: string): string {
  return literal.slice(1, -1).replaceAll(/\\(u[0-9a-fA-F]{4}|U[0-9a-fA-F]{6}|[\s\S])/g, (whole, escaped: string) => {
    if (escaped.length > 1) {
      const code = Number.parseInt(escaped.slice(1), 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    }
    return ESCAPES[escaped] ?? whole;
  });
}
