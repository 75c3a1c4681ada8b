import type { Ast, UnaryTest } from '../syntax/index.ts';
import { ENTITLED } from '../syntax/index.ts';

/** What a rule mentions: names of the pack, and services whose verdict it asks. */
export interface Uses {
  readonly names: ReadonlySet<string>;
  readonly services: ReadonlySet<string>;
  /** Whether it reads the day of law or of the facts, so that it differs from day to day. */
  readonly daily: boolean;
}

export function usesOf(rules: readonly Ast[]): Uses {
  const names = new Set<string>();
  const services = new Set<string>();
  const visit = (ast: Ast): void => {
    if (ast.kind === 'name' || ast.kind === 'path' || ast.kind === 'call') names.add(ast.name);
    if (ast.kind === 'call' && ast.name === ENTITLED) for (const one of ast.of) if (one.kind === 'text') services.add(one.value);
    partsOf(ast).forEach(visit);
  };
  rules.forEach(visit);
  return { names, services, daily: names.has('law date') || names.has('facts date') };
}

function partsOf(ast: Ast): readonly Ast[] {
  switch (ast.kind) {
    case 'number': case 'text': case 'boolean': case 'date': case 'null': case 'tested': case 'name': return [];
    case 'path': case 'negate': return [ast.of];
    case 'filter': return [ast.of, ast.where];
    case 'call': case 'list': case 'and': case 'or': return ast.of;
    case 'arithmetic': case 'compare': return [ast.left, ast.right];
    case 'between': return [ast.of, ast.low, ast.high];
    case 'in': return [ast.of, ...ast.tests.flatMap(valuesOf)];
    case 'if': return [ast.condition, ast.yes, ast.no];
    case 'some': case 'every': return [ast.many, ast.satisfies];
    case 'for': return [ast.many, ast.gives];
    default: return ast satisfies never;
  }
}

/** The expressions inside a test of `in` or of a cell. */
export function valuesOf(test: UnaryTest): readonly Ast[] {
  return test.kind === 'range' ? [test.low, test.high] : [test.value];
}

export interface Layers {
  /** How many stand below one at most; those in a circle have none. */
  readonly depth: ReadonlyMap<string, number>;
  /** Each circle once, in the order in which its members ask one another. */
  readonly circles: readonly (readonly string[])[];
}

/** How deep each of many things stands above those it asks, and which of them ask in a circle. */
export function layersOf(asks: ReadonlyMap<string, Iterable<string>>): Layers {
  const open = new Map([...asks].map(([name, of]) => [name, [...new Set(of)].filter((other) => asks.has(other))]));
  const depth = new Map<string, number>();
  const circles: (readonly string[])[] = [];
  const settled = new Set<string>();
  while (open.size > 0) {
    const ready = [...open].filter(([, of]) => of.every((other) => settled.has(other)));
    for (const [name, of] of ready) depth.set(name, 1 + Math.max(0, ...of.map((other) => depth.get(other) ?? 0)));
    const done = ready.length > 0 ? ready.map(([name]) => name) : circleIn(open, settled);
    if (ready.length === 0) circles.push(done);
    for (const name of done) {
      open.delete(name);
      settled.add(name);
    }
  }
  return { depth, circles };
}

/** Some circle among things that all ask one another. */
function circleIn(open: ReadonlyMap<string, readonly string[]>, settled: ReadonlySet<string>): readonly string[] {
  const path: string[] = [];
  let [here] = open.keys();
  while (here !== undefined && !path.includes(here)) {
    path.push(here);
    here = open.get(here)?.find((other) => !settled.has(other));
  }
  return here === undefined ? path : path.slice(path.indexOf(here));
}
