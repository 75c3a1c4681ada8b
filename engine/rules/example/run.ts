import type { Decimal, Diagnostic } from '#engine/kernel/index.ts';
import { nearest, Numeral } from '#engine/pack/index.ts';
import type { Service } from '#engine/pack/index.ts';
import { sayUnits } from '../check/index.ts';
import { usesOf } from '../link/graph.ts';
import type { RuleBook } from '../link/index.ts';
import { buildProgram } from '../build.ts';
import type { Rule } from '../build.ts';
import type { Program } from '../program.ts';
import { Reporter, WHOLE } from '../report.ts';
import type { Site } from '../report.ts';
import { parseRule } from '../syntax/index.ts';
import type { Situation, Verdict } from '../value.ts';
import { atScale, dayNumber, inForce } from '../vocabulary/index.ts';
import type { Report } from '../vocabulary/index.ts';
import { worldOf } from './world.ts';
import type { ExampleWorld } from './world.ts';

/**
 * An execution of rules: of the program, or of the rules it was built from. Where it also gives the ids of the facts
 * that are missing, examples are held to them.
 */
export type Execute = (program: Program, situation: Situation, service: string, place: number, rules: readonly Rule[]) => Verdict & { readonly missing?: readonly string[] | undefined };

export type Example = NonNullable<Service['examples']>[number];

/** What an example came to. */
export interface ExampleResult {
  readonly service: string;
  readonly example: Example;
  /** Undefined where it could not be run; why is among the diagnostics. */
  readonly verdict: Verdict | undefined;
  readonly holds: boolean;
}

/** Runs the examples of every service through an execution. One that does not come out as it says is a diagnostic. */
export function runExamples(book: RuleBook, execute: Execute): { readonly results: readonly ExampleResult[]; readonly diagnostics: readonly Diagnostic[] } {
  const reporter = new Reporter(book.pack.texts);
  const report: Report = (site, problem) => { reporter.report(site, problem); };
  const results = [...book.pack.services.values()].filter((service) => service.standard).flatMap((service) =>
    (service.examples ?? []).map((example, index): ExampleResult => {
      const site: Site = { file: service.place.file, path: ['examples', index] };
      const verdict = runOne(book, service, example, site, { execute, report });
      const holds = verdict !== undefined && asExpected(book, example, verdict);
      if (verdict && !holds) report({ ...site, path: [...site.path, 'then'] }, { code: 'example-failed', at: WHOLE, data: { name: example.name.zh, expected: sayExpected(example), got: sayVerdict(verdict) } });
      return { service: service.id, example, verdict, holds };
    }));
  return { results, diagnostics: reporter.diagnostics() };
}

function runOne(book: RuleBook, service: Service, example: Example, site: Site, { execute, report }: { readonly execute: Execute; readonly report: Report }): ReturnType<Execute> | undefined {
  const fail = (code: string, data: Readonly<Record<string, string>>, ...path: PropertyKey[]): undefined => {
    report({ ...site, path: [...site.path, ...path] }, { code, at: WHOLE, data });
    return undefined;
  };
  if (!service.standard?.some((standard) => inForce(standard, example.on))) return fail('example-without-standard', { day: example.on }, 'on');
  const world = worldOf(book, service.subject ?? 'person', example.given, { ...site, path: [...site.path, 'given'] }, report);
  const lawOn = dayNumber(example.on);
  const rules = book.rulesFor({ service: service.id, lawOn, parameters: parametersOf(book, example, site, report), entitled: world.entitled, met: unsaid(book, service, example), receivedIsEntitled: world.received });
  if (!rules) return undefined;
  const program = buildProgram(book.vocabulary.schema, lawOn, rules);
  const silent = silentGroup(book, program, service, world);
  if (silent !== undefined) return fail('example-needs-group', { name: silent }, 'given');
  const verdict = execute(program, world.situation, service.id, 0, rules);
  return verdict.missing ? { ...verdict, missing: [...new Set(verdict.missing.map((id) => book.vocabulary.schema.facts.get(id)?.name ?? id))] } : verdict;
}

function parametersOf({ pack }: RuleBook, { parameters = {} }: Example, site: Site, report: Report): ReadonlyMap<string, string> {
  const known = new Set([...pack.parameters.values()].map((parameter) => parameter.name));
  return new Map(Object.entries(parameters).flatMap(([name, value]): readonly (readonly [string, string])[] => {
    const here: Site = { ...site, path: [...site.path, 'parameters', name] };
    if (!known.has(name)) report(here, { code: 'example-name-unknown', at: WHOLE, data: { name }, nearest: nearest(name, known) });
    else if (!(value instanceof Numeral)) report(here, { code: 'example-value-wrong', at: WHOLE, data: { name, expected: 'number' } });
    else return [[name, value.text]];
    return [];
  }));
}

/** The clauses of scope and endings of which an example says nothing: they are met, also in services that it asks. */
function unsaid({ pack }: RuleBook, service: Service, { given }: Example): ReadonlySet<string> {
  const says = (text: string | undefined): boolean => {
    const { value } = parseRule(text ?? '');
    return value !== undefined && [...usesOf([value]).names].some((name) => Object.hasOwn(given, name));
  };
  const scope = Object.entries(service.scope ?? {}).some(([key, level]) => says(pack.scopes.get(`${key}-${level}`)?.is));
  return new Set([...(scope ? [] : ['scope']), ...[...pack.endings.values()].filter(({ when }) => !says(when)).map(({ clause }) => clause)]);
}

/** A group over whose members the rules look while the example says nothing of who they are. */
function silentGroup({ pack, vocabulary }: RuleBook, program: Program, service: Service, { groups }: ExampleWorld): string | undefined {
  for (const node of program.nodes) {
    if (node.op !== 'fold' || groups.has(node.link)) continue;
    const link = vocabulary.schema.links.get(node.link);
    if (link?.kind === 'grouping' && (link.from === (service.subject ?? 'person') || link.to === service.subject)) return pack.entities.get(link.id)?.name ?? link.id;
  }
  return undefined;
}

/** An unknown list of relatives or records is named by examples and is no fact, so it is not looked for among those that are missing. */
function asExpected({ vocabulary }: RuleBook, { then }: Example, verdict: ReturnType<Execute>): boolean {
  if ('yes' in then) return verdict.kind === 'yes' && (then.yes === true || (verdict.amountFen !== undefined && fen(then.yes) === BigInt(verdict.amountFen)));
  if ('no' in then) return verdict.kind === 'no' && verdict.clause === then.no;
  if (verdict.kind !== 'unknown' || !verdict.missing) return verdict.kind === 'unknown';
  const facts = then.unknown.filter((name) => vocabulary.names.get(name)?.kind !== 'link');
  return verdict.missing.length === facts.length && facts.every((name) => verdict.missing?.includes(name));
}

function fen({ units, scale }: Decimal): bigint | undefined {
  return atScale({ units: BigInt(units), scale }, 2);
}

function sayExpected({ then }: Example): string {
  if ('yes' in then) return then.yes === true ? 'yes' : `yes ${sayUnits(BigInt(then.yes.units), then.yes.scale)}`;
  return 'no' in then ? `no (${then.no})` : `unknown (${then.unknown.join('、')})`;
}

function sayVerdict(verdict: ReturnType<Execute>): string {
  if (verdict.kind === 'yes') return verdict.amountFen === undefined ? 'yes' : `yes ${sayUnits(BigInt(verdict.amountFen), 2)}`;
  return `${verdict.kind} (${[verdict.clause, ...(verdict.missing ?? [])].join('; ')})`;
}
