import { loadPack } from '#engine/pack/index.ts';
import { Checker } from '#engine/rules/check/index.ts';
import type { Environment } from '#engine/rules/check/index.ts';
import { asForm, buildProgram, compileClosure, evaluate, form, sameValue } from '#engine/rules/index.ts';
import type { Expr, Found, Situation, Type } from '#engine/rules/index.ts';
import { childrenOf } from '#engine/rules/index.ts';
import { parseTyped, parseTypedCell } from '#engine/rules/syntax/index.ts';
import { FORM_WORLD, randomForm, randomForms } from '#engine/rules/testing/random-form.ts';
import { packFiles } from './pack-files.ts';

/** One expression on which two do not say the same, or a value that its type does not allow. */
export interface FormFinding {
  readonly seed: number;
  readonly text: string;
  readonly facts: string;
  readonly interpreter: string;
  readonly by: 'closure' | 'forms' | 'type';
  readonly says: string;
}

export interface FormOutcome {
  readonly expressions: number;
  /** Refused before anything is computed: too large, or a number without a rounding. */
  readonly refused: Readonly<Record<string, number>>;
  /** Values compared with those of the closure, and of the dynamic evaluator. */
  readonly closure: number;
  readonly forms: number;
  readonly findings: readonly FormFinding[];
}

const LAW_ON = 20310615;
/** How many people each expression is asked about: some of whom everything is known, some of whom not. */
const PEOPLE = 6;

/**
 * Random expressions of forms through the typed interpreter, the compiled closure and the dynamic evaluator: one value.
 *
 * The dynamic evaluator knows no unknown, so it is asked about people of whom everything is known; and it has null where
 * rules have none, of which a comparison is false (contract 2), so it is asked where nothing inside is none.
 */
export function agreeForms(seed: number, expressions: number): FormOutcome {
  const refused: Record<string, number> = {};
  const findings: FormFinding[] = [];
  const counts = { closure: 0, forms: 0 };
  for (let at = seed; at < seed + expressions; at++) {
    const text = randomForm(at);
    const checked = checkedForm(text);
    if (typeof checked === 'string') refused[checked] = (refused[checked] ?? 0) + 1;
    else findings.push(...compared(at, text, checked, counts));
  }
  return { expressions, refused, ...counts, findings };
}

const { pack } = loadPack(packFiles('lantern-bay'));

/** The checked expression, or the code of its first problem. */
export function checkedForm(text: string): Expr | string {
  if (!pack) throw new Error('the pack of the tests does not load');
  const problems: string[] = [];
  const names: Environment['vocabulary']['names'] = new Map([...FORM_WORLD.facts].map(([id, fact]) => [id, { kind: 'fact', fact, site: { file: '', path: [] } }]));
  const checker = new Checker({
    pack, vocabulary: { schema: FORM_WORLD, names, areas: new Map() }, lawOn: LAW_ON, factsOn: LAW_ON, subjects: new Map(), circular: new Set(), overrides: new Map(), forms: true,
    parse: parseTyped, parseCell: parseTypedCell, parameterOn: () => { throw new Error('forms ask for no parameter here'); }, report: (_, { code, severity }) => { if (severity !== 'warning') problems.push(code); },
  });
  return checker.rule(text, { entity: 'person', depth: 0, site: { file: '', path: [] }, vars: new Map(), inlined: true }) ?? problems[0] ?? 'nothing';
}

function compared(seed: number, text: string, expr: Expr, counts: { closure: number; forms: number }): readonly FormFinding[] {
  const closure = compileClosure(buildProgram(FORM_WORLD, LAW_ON, [], [expr]));
  const ast = parseTyped(text).value;
  const findings: FormFinding[] = [];
  for (let person = 0; person < PEOPLE; person++) {
    const complete = person % 2 === 0;
    const situation = randomForms(seed * PEOPLE + person, complete);
    const meant = valueAt(expr, situation);
    const found = (by: FormFinding['by'], says: string): void => { findings.push({ seed, text, facts: factsOf(situation), interpreter: say(meant, expr.type), by, says }); };
    const compiled = closure.valueOf(closure.frameOf(situation), 0, 0);
    counts.closure += 1;
    if (!sameValue(meant, compiled)) found('closure', say(compiled, expr.type));
    if (!isAllowed(expr, meant)) found('type', JSON.stringify(expr.type, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)));
    if (!complete || !ast || holdsNone(expr, situation)) continue;
    counts.forms += 1;
    const { value } = form.evaluateForm(ast, { scope: { get: (name) => factAt(situation, name) } });
    if (meant.kind !== 'known' || form.printValue(value) !== say(meant, expr.type)) found('forms', form.printValue(value));
  }
  return findings;
}

const valueAt = (expr: Expr, situation: Situation): Found => evaluate({ schema: FORM_WORLD, rules: [], situation }, expr, 0);

/** Whether some part of the expression is none here. */
function holdsNone(expr: Expr, situation: Situation): boolean {
  if (expr.nonable && valueAt(expr, situation).kind === 'none') return true;
  return childrenOf<Expr>(expr.node).some((child) => holdsNone(child, situation));
}

function factAt(situation: Situation, name: string): form.FormValue | undefined {
  const value = situation.get('person')?.[0]?.facts.get(name);
  const type = FORM_WORLD.facts.get(name)?.type;
  return type && value?.kind === 'known' ? asForm(value.value, type) : undefined;
}

const say = (value: Found, type: Type): string => (value.kind === 'known' ? form.printValue(asForm(value.value, type)) : value.kind);
const factsOf = (situation: Situation): string => [...FORM_WORLD.facts].map(([id, { type }]) => `${id} = ${say(situation.get('person')?.[0]?.facts.get(id) ?? { kind: 'unknown' }, type)}`).join(', ');

/** Whether a value is one that its type allows, inside lists and contexts too. */
function isAllowed({ type, unknowable, nonable }: Expr, value: Found): boolean {
  if (value.kind !== 'known') return value.kind === 'unknown' ? unknowable : nonable;
  return fits(type, value.value);
}

type Known = Extract<Found, { kind: 'known' }>['value'];

function fits(type: Type, value: Known | undefined): boolean {
  if (typeof value === 'bigint') return countFits(type, value);
  if (typeof value === 'string') return type.kind === 'text' && Array.from(value).length <= (type.most ?? Number.POSITIVE_INFINITY);
  if (typeof value !== 'object') return type.kind === 'boolean' && value !== undefined;
  switch (value.kind) {
    case 'time': return type.kind === 'time';
    case 'date and time': return type.kind === 'moment';
    case 'list': return type.kind === 'list' && value.items.length >= type.least && value.items.length <= type.most && value.items.every((item) => (item === undefined ? type.nones : type.of !== undefined && fits(type.of, item)));
    case 'context': return type.kind === 'context' && type.entries.every(({ key, type: inner, nonable }) => { const entry = value.entries.get(key); return entry === undefined ? nonable : fits(inner, entry); });
    default: return value satisfies never;
  }
}

function countFits(type: Type, value: bigint): boolean {
  switch (type.kind) {
    case 'number': case 'date': return value >= BigInt(type.min) && value <= BigInt(type.max);
    case 'months': case 'duration': return value <= type.most && -value <= type.most;
    default: return false;
  }
}
