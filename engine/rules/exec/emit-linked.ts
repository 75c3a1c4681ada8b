import type { Node, NodeId } from '../program.ts';
import type { Writer } from './emit.ts';
import { Body } from './emit-body.ts';
import { falseTest, isNone, isUnknown, stateOf } from './emit-value.ts';

/* Loops over linked things. In them `q` is the place of the linked thing, `p` of the one that asks; `open` says that something unknown was met. */

/** The body of a loop over linked things. `known`: what to do with one whose filter is true. */
function overLinked(writer: Writer, link: string, where: NodeId | undefined, value: NodeId | undefined, known: (body: Body) => readonly string[]): readonly string[] {
  const list = writer.layout.lists.findIndex((one) => one.id === link);
  const grouping = writer.layout.lists[list]?.kind === 'grouping';
  const body = new Body('q', writer.usesOf([where, value].filter((id) => id !== undefined)));
  if (where !== undefined) {
    const filter = writer.emit(body, where);
    body.lines.push(`if (${falseTest(writer.node(where), filter)}) continue;`);
    if (writer.node(where).unknowable) body.lines.push(`if (${filter} === 2) { open = 1; continue; }`);
  }
  const inner = known(body);
  return [
    `const S = F.spans[${String(list)}], L = F.linked[${String(list)}];`,
    'const s = S[2 * p], e = S[2 * p + 1];', 'let open = 0;',
    ...(grouping ? [] : ['if (e < 0) open = 1;']),
    'for (let i = s; i < e; i++) {', 'const q = L[i];', ...body.lines, ...inner, '}',
  ];
}

export function emitFold(writer: Writer, { link, fold, where, value, type }: Extract<Node, { op: 'fold' }>): readonly string[] {
  const states = stateOf(type);
  const [start, settled] = { count: ['0'], sum: ['0'], least: ['Infinity'], greatest: ['-Infinity'], some: ['0', '1'], every: ['1', '0'] }[fold];
  const step = (body: Body): readonly string[] => {
    if (fold === 'count' || value === undefined) return ['a++;'];
    const name = writer.emit(body, value);
    const node = writer.node(value);
    const tests = [...(node.nonable ? [`if (${isNone(node, name)}) continue;`] : []), ...(node.unknowable ? [`if (${isUnknown(node, name)}) { open = 1; continue; }`] : [])];
    const steps = { count: 'a++;', sum: `a += ${name};`, least: `a = Math.min(a, ${name});`, greatest: `a = Math.max(a, ${name});`, some: '', every: '' };
    return [...tests, settled === undefined ? steps[fold] : `if (${name} === ${settled}) { a = ${settled}; open = 0; break; }`];
  };
  const loop = overLinked(writer, link, where, fold === 'count' ? undefined : value, step);
  return [`let a = ${String(start)};`, ...loop, `r = open === 1 ? ${states.unknown} : ${fold === 'greatest' ? 'a === -Infinity ? Infinity : a' : 'a'};`];
}

export function emitSpells(writer: Writer, { op, link, where, from, to }: Extract<Node, { op: 'covered-months' | 'longest-gap' }>): readonly string[] {
  const window = new Body('p', writer.usesOf([from, to]));
  const [first, last] = [writer.emit(window, from), writer.emit(window, to)];
  const step = (): readonly string[] => [
    `const f = ${writer.cell('q', `${link}.from`)}, u = ${writer.cell('q', `${link}.until`)};`,
    'if (f === Infinity) continue;', 'if (f !== f || u !== u) { open = 1; continue; }', 'if (u < f) continue;',
    'm.push(H.month(f), u === Infinity ? 1e9 : H.month(u));',
  ];
  const loop = overLinked(writer, link, where, undefined, step);
  const none = [from, to].map((id, at) => (writer.node(id).nonable ? `${at === 0 ? first : last} === Infinity` : '')).filter(Boolean);
  return [
    ...window.lines, 'const m = [];', ...loop,
    `r = ${none.length > 0 ? `${none.join(' || ')} ? Infinity : ` : ''}${first} !== ${first} || ${last} !== ${last} || open === 1 ? NaN : H.${op === 'covered-months' ? 'covered' : 'gap'}(m, ${first}, ${last});`,
  ];
}
