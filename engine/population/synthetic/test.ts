import { parseCell, LANE } from '#engine/rules/index.ts';
import type { Ast, UnaryTest } from '#engine/rules/index.ts';
import { parseDecimal } from '#engine/kernel/index.ts';
import { atUnits } from './value.ts';
import { ModelFault } from './model.ts';
import type { Drawn, Sheet } from './sheet.ts';

/** Whether a row passes. */
export type Passes = (row: number) => boolean;

/** Tests of columns as one; every one must hold. What is none or unknown passes only a test that says so. */
export function compileWhen(sheet: Sheet, when: Readonly<Record<string, string>>, from: string, where: string): Passes {
  const tests = Object.entries(when).map(([name, cell]) => {
    const drawn = sheet.find(name, where);
    return compileCell(drawn, cell, sheet.reader(drawn, from, where), where);
  });
  const [first, second, third, ...more] = tests;
  if (!first) return () => true;
  if (!second) return first;
  if (!third) return (row) => first(row) && second(row);
  return (row) => first(row) && second(row) && third(row) && more.every((test) => test(row));
}

function compileCell(drawn: Drawn, text: string, read: (row: number) => number, where: string): Passes {
  // A bare label needs no quotes here: a test of a code can mean nothing else.
  const bare = drawn.type.kind === 'code' && drawn.labels.includes(text) ? JSON.stringify(text) : text;
  const { value: cell } = parseCell(bare);
  if (!cell) throw new ModelFault(where, `cannot read the test ${text}`);
  if (cell.tests === 'any') return () => true;
  const tests = cell.tests.map((test) => compileTest(drawn, test, where));
  const { none } = LANE[drawn.lane];
  const [only] = tests;
  if (only && tests.length === 1 && !cell.negated) return (row) => only(read(row));
  if (cell.negated) {
    // `not(none)` is everything known; of other tests the negation holds of known values only.
    const asksNone = cell.tests.some((test) => isWord(test, 'none'));
    return (row) => {
      const value = read(row);
      return (value > none || (value === none && !asksNone)) && !tests.some((test) => test(value));
    };
  }
  return (row) => {
    const value = read(row);
    return tests.some((test) => test(value));
  };
}

function isWord(test: UnaryTest, word: string): boolean {
  return test.kind === 'is' && test.value.kind === 'name' && test.value.name === word;
}

function compileTest(drawn: Drawn, test: UnaryTest, where: string): (value: number) => boolean {
  const { none, unknown } = LANE[drawn.lane];
  if (isWord(test, 'none')) return (value) => value === none;
  if (isWord(test, 'unknown')) return (value) => value === unknown;
  switch (test.kind) {
    case 'is': {
      const is = constantOf(drawn, test.value, where);
      return (value) => value === is;
    }
    case 'than': {
      const bound = constantOf(drawn, test.value, where);
      switch (test.test) {
        case '<': return (value) => value > none && value < bound;
        case '<=': return (value) => value > none && value <= bound;
        case '>': return (value) => value > bound;
        case '>=': return (value) => value >= bound;
        case '!=': return (value) => value > none && value !== bound;
        default: return (value) => value === bound;
      }
    }
    case 'range': {
      const [low, high] = [constantOf(drawn, test.low, where), constantOf(drawn, test.high, where)];
      const { lowIn, highIn } = test;
      return (value) => value > none && (lowIn ? value >= low : value > low) && (highIn ? value <= high : value < high);
    }
    default: return test satisfies never;
  }
}

/** A literal of a test as it stands in the column. */
function constantOf(drawn: Drawn, ast: Ast, where: string): number {
  const { type } = drawn;
  if (ast.kind === 'boolean' && type.kind === 'boolean') return ast.value ? 1 : 0;
  if (ast.kind === 'text' && type.kind === 'code') {
    const at = drawn.labels.indexOf(ast.value);
    if (at >= 0) return at;
  }
  if (ast.kind === 'date' && type.kind === 'date') return Number(ast.day.replaceAll('-', ''));
  const number = ast.kind === 'number' ? parseDecimal(ast.digits) : undefined;
  if (number && type.kind === 'number') return atUnits(number, type.scale);
  throw new ModelFault(where, `${drawn.name} cannot be tested like this`);
}
