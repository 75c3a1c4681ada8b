import type { Ast, Cell, UnaryTest } from './ast.ts';

/** How tightly a form binds; what binds less than its place needs stands in brackets. */
const BINDS: Record<Ast['kind'], number> = {
  if: 0, for: 0, some: 0, every: 0, or: 1, and: 2, compare: 3, between: 3, in: 3, arithmetic: 4, negate: 7,
  path: 8, filter: 8, call: 9, list: 9, name: 9, number: 9, text: 9, boolean: 9, date: 9, null: 9, tested: 9,
};
const SIGNS = { '+': 4, '-': 4, '*': 5, '/': 5, '**': 6 } as const;

function binds(ast: Ast): number {
  if (ast.kind === 'arithmetic') return SIGNS[ast.sign];
  return ast.kind === 'number' && ast.digits.startsWith('-') ? 7 : BINDS[ast.kind];
}

/** A rule in its one canonical spelling; read again it is the same rule. */
export function printRule(ast: Ast): string {
  switch (ast.kind) {
    case 'number': return ast.digits;
    case 'text': return quote(ast.value);
    case 'boolean': return String(ast.value);
    case 'date': return `date(${quote(ast.day)})`;
    case 'null': return 'null';
    case 'tested': return '?';
    case 'name': return ast.name;
    case 'path': return `${inside(ast.of, 8)}.${ast.name}`;
    case 'filter': return `${inside(ast.of, 8)}[${printRule(ast.where)}]`;
    case 'call': return `${ast.name}(${ast.of.map(printRule).join(', ')})`;
    case 'list': return `[${ast.of.map(printRule).join(', ')}]`;
    case 'negate': return `-${inside(ast.of, 8)}`;
    case 'arithmetic': return `${inside(ast.left, SIGNS[ast.sign])} ${ast.sign} ${inside(ast.right, SIGNS[ast.sign] + 1)}`;
    case 'compare': return `${inside(ast.left, 4)} ${ast.test} ${inside(ast.right, 4)}`;
    case 'between': return `${inside(ast.of, 4)} between ${inside(ast.low, 4)} and ${inside(ast.high, 4)}`;
    case 'in': return `${inside(ast.of, 4)} in ${printTests(ast.tests)}`;
    case 'and': case 'or': return ast.of.map((part) => inside(part, BINDS[ast.kind] + 1)).join(` ${ast.kind} `);
    case 'if': return `if ${inside(ast.condition, 1)} then ${inside(ast.yes, 1)} else ${printRule(ast.no)}`;
    case 'some': case 'every': return `${ast.kind} ${ast.variable} in ${inside(ast.many, 8)} satisfies ${printRule(ast.satisfies)}`;
    case 'for': return `for ${ast.variable} in ${inside(ast.many, 8)} return ${printRule(ast.gives)}`;
    default: return ast satisfies never;
  }
}

/** A cell of a decision table in its canonical spelling. */
export function printCell({ negated, tests }: Cell): string {
  if (tests === 'any') return '-';
  const said = tests.map(printTest).join(', ');
  return negated ? `not(${said})` : said;
}

function inside(ast: Ast, least: number): string {
  return binds(ast) < least ? `(${printRule(ast)})` : printRule(ast);
}

function printTests(tests: readonly UnaryTest[]): string {
  const [only] = tests;
  if (tests.length === 1 && only?.kind === 'range') return printTest(only);
  return `(${tests.map(printTest).join(', ')})`;
}

function printTest(test: UnaryTest): string {
  switch (test.kind) {
    case 'is': return inside(test.value, 4);
    case 'than': return `${test.test} ${inside(test.value, 4)}`;
    case 'range': return `${test.lowIn ? '[' : '('}${inside(test.low, 4)}..${inside(test.high, 4)}${test.highIn ? ']' : ')'}`;
    default: return test satisfies never;
  }
}

function quote(text: string): string {
  const escapes: Readonly<Record<string, string>> = { '"': '\\"', '\\': '\\\\', '\n': '\\n', '\t': '\\t', '\r': '\\r' };
  return `"${text.replaceAll(/["\\\n\t\r]/g, (character) => escapes[character] ?? character)}"`;
}
