import { normalizeContextKey, parser, trackVariables } from '@bpmn-io/lezer-feel';
import type { Tree } from '@lezer/common';
import type { Ast, Cell, FormAst, FormCell, Problem, Profile } from './ast.ts';
import { bare, characterProblems, wordProblems } from './hints.ts';
import { TreeReader } from './tree.ts';
import { DAYS, FORM_FUNCTIONS, FUNCTIONS, SPACED_PARTS } from './words.ts';

/** The longest rule in UTF-16 units. A longer one is a mistake, and would be read by nobody. */
export const LONGEST_RULE = 10_000;
/** How many brackets, branches and operators may stand inside one another. */
export const DEEPEST_RULE = 200;

export interface Parsed<T> {
  /** Undefined where some problem is an error. */
  readonly value: T | undefined;
  readonly problems: readonly Problem[];
}

/** Names with a word of the grammar in them are told to the tokenizer; all other names of functions it joins by itself. */
const spaced = (...names: readonly string[]): NamesInside => Object.fromEntries(names.filter((name) => name.includes(' ')).map((name) => [name, 1]));
const ALL_FUNCTIONS: NamesInside = spaced(...FUNCTIONS, ...FORM_FUNCTIONS);
const contextTracker = trackVariables({ ...ALL_FUNCTIONS });
const SPACED_FUNCTIONS: NamesInside = { 'date and time': 1, 'years and months duration': 1 };
const expressions = parser.configure({ contextTracker });
const tests = parser.configure({ contextTracker, top: 'UnaryTests' });
const SPACED: ReadonlySet<string> = new Set([...Object.keys(ALL_FUNCTIONS), ...DAYS]);
const SPACED_IN_FORMS: ReadonlySet<string> = new Set([...SPACED, ...SPACED_PARTS]);

/** A rule text as a tree. Total: whatever the text, there is a tree or a problem with its place, in bounded time. */
export function parseRule(text: string): Parsed<Ast> {
  return parse(text, { grammar: expressions, profile: 'rule' }, (reader, tree) => only(reader, reader.expression(tree.topNode)));
}

/** A cell of a decision table: `-`, `>= 60`, `[1..3]`, `"a", "b"`, `not("a")`. */
export function parseCell(text: string): Parsed<Cell> {
  return parse(text, { grammar: tests, profile: 'rule' }, (reader, tree) => only(reader, reader.cell(tree.topNode)));
}

/** A name as the grammar knows it, whatever spaces stand around its signs. */
export function normalName(name: string): string {
  return normalizeContextKey(name);
}

/** Names that an expression may use, with those inside each: only by them can names with spaces or signs be told apart. */
export interface NamesInside {
  readonly [name: string]: NamesInside | 1;
}

/**
 * An expression that is checked before it is computed, for forms and questions: all forms of FEEL, with the hints of
 * rules where words run together. Total as `parseRule` is.
 */
export function parseTyped(text: string, names: NamesInside = {}): Parsed<FormAst> {
  return parse(text, { grammar: parser.configure({ contextTracker: trackVariables({ ...ALL_FUNCTIONS, ...names }) }), profile: 'typed', names }, (reader, tree) => reader.expression(tree.topNode));
}

/** A cell of a table in such a place. */
export function parseTypedCell(text: string, names: NamesInside = {}): Parsed<FormCell> {
  return parse(text, { grammar: parser.configure({ contextTracker: trackVariables({ ...ALL_FUNCTIONS, ...names }), top: 'UnaryTests' }), profile: 'typed', names }, (reader, tree) => reader.cell(tree.topNode));
}

/** An expression of a form or of an imported model: all of FEEL. Total as `parseRule` is. */
export function parseForm(text: string, names: NamesInside = {}): Parsed<FormAst> {
  return parse(text, { grammar: parser.configure({ contextTracker: trackVariables({ ...SPACED_FUNCTIONS, ...names }) }), profile: 'form' }, (reader, tree) => reader.expression(tree.topNode));
}

/** A cell of a table of a form or of an imported model. */
export function parseFormCell(text: string, names: NamesInside = {}): Parsed<FormCell> {
  return parse(text, { grammar: parser.configure({ contextTracker: trackVariables({ ...SPACED_FUNCTIONS, ...names }), top: 'UnaryTests' }), profile: 'form' }, (reader, tree) => reader.cell(tree.topNode));
}

/** A tree that the reader took without a problem in the profile of rules has none of the wide forms. */
function only<T extends Ast | Cell>(reader: TreeReader, tree: FormAst | FormCell): T | undefined {
  const narrow = (found: unknown): found is T => found === tree && reader.problems.length === 0;
  return narrow(tree) ? tree : undefined;
}

interface How {
  readonly grammar: typeof parser;
  readonly profile: Profile | 'typed';
  /** Names with spaces that are no mistake. */
  readonly names?: NamesInside | undefined;
}

function parse<T>(text: string, how: How, read: (reader: TreeReader, tree: Tree) => T | undefined): Parsed<T> {
  const { profile } = how;
  const whole = { from: 0, to: text.length };
  if (text.length > LONGEST_RULE) return { value: undefined, problems: [{ code: 'rule-too-long', at: { from: LONGEST_RULE, to: text.length }, data: { length: text.length, limit: LONGEST_RULE } }] };
  if (text.trim() === '') return { value: undefined, problems: [{ code: 'rule-empty', at: whole, data: {} }] };
  const characters = profile === 'form' ? [] : characterProblems(text);
  if (characters.length > 0) return { value: undefined, problems: characters };
  const deep = tooManyBrackets(text);
  if (deep) return { value: undefined, problems: [deep] };
  const { tree, problems } = treeOf(text, how);
  if (problems.length > 0) return { value: undefined, problems };
  const reader = new TreeReader(text, profile);
  const value = read(reader, tree);
  return { value: reader.problems.length > 0 ? undefined : value, problems: reader.problems };
}

/** The grammar has no `range<number>`; read as `list <number>`, which is as long, it stands where it stood. */
const RANGE_TYPE = /(?<=\binstance\s+of\s+(?:list\s*<\s*)*|:\s*)range(?=\s*<)/g;

function treeOf(text: string, how: How): { readonly tree: Tree; readonly problems: readonly Problem[] } {
  const { grammar, profile } = how;
  const tree = grammar.parse(text);
  const problems = treeProblems(tree, text, how);
  const instead = profile !== 'rule' && problems.length > 0 ? text.replaceAll(RANGE_TYPE, 'list ') : text;
  if (instead === text) return { tree, problems };
  const other = grammar.parse(instead);
  return treeProblems(other, text, how).length > 0 ? { tree, problems } : { tree: other, problems: [] };
}

const tooDeep = (from: number): Problem => ({ code: 'rule-too-deep', at: { from, to: from + 1 }, data: { limit: DEEPEST_RULE } });

function tooManyBrackets(text: string): Problem | undefined {
  let depth = 0;
  const visible = bare(text);
  for (let at = 0; at < visible.length; at++) {
    const character = visible.charAt(at);
    if ('([{'.includes(character)) depth += 1;
    else if (')]}'.includes(character)) depth -= 1;
    if (depth > DEEPEST_RULE) return tooDeep(at);
  }
  return undefined;
}

/** Names that ran together come before the syntax errors that follow from them; of those only the first is reported. */
function treeProblems(tree: Tree, text: string, { profile, names = {} }: How): readonly Problem[] {
  const words: Problem[] = [];
  let broken: Problem | undefined;
  let depth = 0;
  tree.iterate({
    enter: (node) => {
      depth += 1;
      if (depth > DEEPEST_RULE * 2) broken = broken?.code === 'rule-too-deep' ? broken : tooDeep(node.from);
      if (node.type.isError) broken ??= unexpected(text, node.from, node.to);
      if (profile === 'form') return;
      if (node.name === 'VariableName' || node.name === 'PathName') words.push(...runTogether(text, node.from, node.to, (name) => (profile === 'rule' ? SPACED : SPACED_IN_FORMS).has(name) || Object.hasOwn(names, name)));
    },
    leave: () => { depth -= 1; },
  });
  return words.length > 0 ? words : broken ? [broken] : [];
}

function unexpected(text: string, from: number, to: number): Problem {
  const rest = text.slice(from).trimStart();
  const start = text.length - rest.length;
  if (rest === '') return { code: 'rule-unfinished', at: { from: text.trimEnd().length, to: text.length }, data: {} };
  const end = Math.max(to, start + (/^(?:[\p{L}\p{N}_]+|\P{L})/u.exec(rest)?.[0].length ?? 1));
  return { code: 'rule-unexpected', at: { from: start, to: end }, data: { found: text.slice(start, end) } };
}

function runTogether(text: string, from: number, to: number, isOne: (name: string) => boolean): readonly Problem[] {
  const name = text.slice(from, to);
  if (!/\s/.test(name) || isOne(name.replaceAll(/\s+/g, ' '))) return [];
  return wordProblems([...name.matchAll(/\S+/g)].map((match) => ({ text: match[0], from: from + match.index, to: from + match.index + match[0].length })));
}
