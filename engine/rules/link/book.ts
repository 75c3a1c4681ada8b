import type { Diagnostic } from '#engine/kernel/index.ts';
import type { Pack, Parameter, Service } from '#engine/pack/index.ts';
import { Alike } from '../alike.ts';
import { asked, buildProgram } from '../build.ts';
import type { Rule } from '../build.ts';
import { Checker } from '../check/index.ts';
import type { Environment } from '../check/index.ts';
import type { Expr } from '../op.ts';
import type { Program } from '../program.ts';
import { Reporter, WHOLE } from '../report.ts';
import { parseCell, parseRule, parseTyped, parseTypedCell } from '../syntax/index.ts';
import type { Ast, Cell, Parsed, Problem } from '../syntax/index.ts';
import { changesOf, dayAfter, dayNumber, dayText, FOR_EVER, inForce, parameterOn, vocabularyOf } from '../vocabulary/index.ts';
import type { ParameterTable, Report, Vocabulary } from '../vocabulary/index.ts';
import { AS_WRITTEN, condition } from './clause.ts';
import type { Standard, Variation } from './clause.ts';
import { checkPack } from './pack.ts';
import type { PackUses } from './pack.ts';
import { checkStandard, clausesOf } from './rule.ts';
import type { ClauseText } from './rule.ts';

/** The executable standard of a service in one stretch of time, as its texts say it. */
export interface StandardText {
  readonly service: string;
  readonly from: string;
  readonly until: string | undefined;
  readonly clauses: readonly ClauseText[];
  readonly standard: Standard;
}

/** How an example differs from the rules as they stand. */
export interface Trial extends Variation {
  readonly service: string;
  readonly lawOn: number;
  /** Parameters it fixes, by name, as digits. */
  readonly parameters: ReadonlyMap<string, string>;
  /** The services it says somebody is entitled to; undefined where the rules decide. */
  readonly entitled: ReadonlySet<string> | undefined;
}

/** All rules of a pack, ready to be built for any day of law. */
export interface RuleBook {
  readonly pack: Pack;
  readonly vocabulary: Vocabulary;
  /** Every rule in force on a day (yyyymmdd) as a program; a rule that is wrong, and what asks it, is left out. */
  programAt(lawOn: number): Program;
  /** The standards of a service, in the order of the file. */
  rulesOf(service: string): readonly StandardText[];
  /** The checked rule of a service on a day, with the origin of its parts, for a trace; undefined where none is in force or it is wrong. */
  ruleAt(service: string, lawOn: number): Rule | undefined;
  /** A rule text about a kind of thing, checked against the law of a day: for editors, forms and the reference. */
  check(text: string, about: { readonly entity: string; readonly lawOn: number }): { readonly expr: Expr | undefined; readonly problems: readonly Problem[] };
  /** An expression of a form or a question, which may say more than rules of services: texts, times, durations, lists, contexts (`builtin/`). */
  checkForm(text: string, about: { readonly entity: string; readonly lawOn: number }): { readonly expr: Expr | undefined; readonly problems: readonly Problem[] };
  /** The checked rules in force on a day, for what works on rules rather than programs: traces, questions. */
  rulesAt(lawOn: number): readonly Rule[];
  /** The rule of one service, and those it asks, under the conditions of an example; undefined where none is in force or one is wrong. */
  rulesFor(trial: Trial): readonly Rule[] | undefined;
}

/** Texts already parsed, kept from one link to the next: a changed file costs its own rules only. */
export class ParseCache {
  readonly #rules = new Map<string, Parsed<Ast>>();
  readonly #cells = new Map<string, Parsed<Cell>>();

  rule(text: string): Parsed<Ast> {
    const parsed = this.#rules.get(text) ?? parseRule(text);
    this.#rules.set(text, parsed);
    return parsed;
  }

  cell(text: string): Parsed<Cell> {
    const parsed = this.#cells.get(text) ?? parseCell(text);
    this.#cells.set(text, parsed);
    return parsed;
  }
}

/** Checks every rule of a pack on every day on which it differs. Never throws: what is wrong is a diagnostic. */
export function linkRules(pack: Pack, parsed: ParseCache = new ParseCache()): { readonly book: RuleBook; readonly diagnostics: readonly Diagnostic[]; readonly parsed: ParseCache } {
  const reporter = new Reporter(pack.texts);
  const report: Report = (site, problem) => { reporter.report(site, problem); };
  const vocabulary = vocabularyOf(pack, report);
  const uses = checkPack(pack, vocabulary, parsed, report);
  const book = new Book(pack, vocabulary, uses, parsed, report);
  book.checkBreakdowns(report);
  book.checkPersonas(report);
  book.checkGuardianship(report);
  return { book, diagnostics: reporter.diagnostics(), parsed };
}

const nobody: Report = () => {};

class Book implements RuleBook {
  readonly pack: Pack;
  readonly vocabulary: Vocabulary;
  readonly #uses: PackUses;
  readonly #parsed: ParseCache;
  /** By service and first day of a stretch in which nothing it depends on changes. */
  readonly #rules = new Map<string, Rule | undefined>();
  readonly #programs = new Map<string, Program>();
  readonly #alike = new Alike();
  readonly #current = new Map<string, ReadonlyMap<Service, Standard>>();
  readonly #days = new Map<Standard, readonly string[]>();
  readonly #parameters = new Map<string, ParameterTable>();

  constructor(pack: Pack, vocabulary: Vocabulary, uses: PackUses, parsed: ParseCache, report: Report) {
    this.pack = pack;
    this.vocabulary = vocabulary;
    this.#uses = uses;
    this.#parsed = parsed;
    for (const service of pack.services.values()) {
      for (const standard of service.standard ?? []) for (const day of this.#daysOf(service, standard)) this.#rule(service, standard, day, report);
    }
  }

  programAt(lawOn: number): Program {
    const day = dayText(lawOn);
    const current = this.#inForce(day);
    const key = [...current].map(([service, standard]) => `${service.id} ${this.#stretch(service, standard, day)}`).join('\n');
    const found = this.#programs.get(key);
    if (found) return found.lawOn === lawOn ? found : { ...found, lawOn };
    const program = buildProgram(this.vocabulary.schema, lawOn, this.rulesAt(lawOn));
    this.#programs.set(key, program);
    return program;
  }

  rulesAt(lawOn: number): readonly Rule[] {
    const day = dayText(lawOn);
    return whole([...this.#inForce(day)].flatMap(([service, standard]) => this.#rule(service, standard, day, nobody) ?? [])).map((rule) => this.#alike.rule(rule));
  }

  rulesOf(service: string): readonly StandardText[] {
    const record = this.pack.services.get(service);
    return (record?.standard ?? []).flatMap((standard) => (record ? [{ service, from: standard.from, until: standard.until, clauses: clausesOf(this.pack, record, standard), standard }] : []));
  }

  rulesFor({ service, lawOn, parameters, entitled, ...variation }: Trial): readonly Rule[] | undefined {
    const current = new Map([...this.#inForce(dayText(lawOn))].map(([record, standard]) => [record.id, { record, standard }]));
    const environment = { ...this.#environment(dayText(lawOn), nobody), overrides: parameters, entitled };
    const rules = new Map<string, Rule>();
    const open = [service];
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      const found = current.get(id);
      const rule = found && checkStandard(environment, found.record, found.standard, variation);
      if (!rule) return undefined;
      rules.set(id, rule);
      open.push(...asked(rule).filter((other) => !rules.has(other)));
    }
    return [...rules.values()];
  }

  ruleAt(service: string, lawOn: number): Rule | undefined {
    const record = this.pack.services.get(service);
    const standard = record && this.#inForce(dayText(lawOn)).get(record);
    const rule = record && standard && this.#rule(record, standard, dayText(lawOn), nobody);
    return rule && this.#alike.rule(rule);
  }

  check(text: string, { entity, lawOn }: { readonly entity: string; readonly lawOn: number }): { readonly expr: Expr | undefined; readonly problems: readonly Problem[] } {
    return this.#checked(text, entity, (report) => this.#environment(dayText(lawOn), report));
  }

  checkForm(text: string, { entity, lawOn }: { readonly entity: string; readonly lawOn: number }): { readonly expr: Expr | undefined; readonly problems: readonly Problem[] } {
    return this.#checked(text, entity, (report) => ({ ...this.#environment(dayText(lawOn), report), forms: true, parse: parseTyped, parseCell: parseTypedCell }));
  }

  #checked(text: string, entity: string, environment: (report: Report) => Environment): { readonly expr: Expr | undefined; readonly problems: readonly Problem[] } {
    const problems: Problem[] = [];
    const checker = new Checker(environment((_, problem) => { problems.push(problem); }));
    const expr = checker.rule(text, { entity, depth: 0, site: { file: '', path: [] }, vars: new Map(), inlined: false });
    return { expr, problems };
  }

  /** Each group's text, of each thing that it is said of, must be a truth value on the last day that anything here changes. */
  checkBreakdowns(report: Report): void {
    for (const [at, { groups }] of [...this.pack.breakdowns.values()].entries()) {
      groups.forEach((group, place) => {
        const said = [{ entity: 'person', is: group.is, path: [at, 'groups', place, 'is'] }, ...group.in.map(({ entity, is }, index) => ({ entity, is, path: [at, 'groups', place, 'in', index, 'is'] }))];
        for (const { entity, is, path } of said) {
          const checker = new Checker(this.#environment(this.pack.plan.period.to, report));
          condition(checker, is, { entity, depth: 0, site: { file: 'breakdowns.yaml', path }, vars: new Map(), inlined: false });
        }
      });
    }
  }

  /** Who each persona is must be a truth value about a person. */
  checkPersonas(report: Report): void {
    [...this.pack.personas.values()].forEach(({ who }, at) => {
      const checker = new Checker(this.#environment(this.pack.plan.period.to, report));
      condition(checker, who, { entity: 'person', depth: 0, site: { file: 'personas.yaml', path: [at, 'who'] }, vars: new Map(), inlined: false });
    });
  }

  /** Whether somebody is a ward must be a truth value about a person, reached by a relation that there is. */
  checkGuardianship(report: Report): void {
    const { guardianship, interview, period } = this.pack.plan;
    if (!guardianship) return;
    const site = (path: string): { readonly file: string; readonly path: readonly string[] } => ({ file: 'plan.yaml', path: ['guardianship', path] });
    const { schema } = this.vocabulary;
    const link = schema.links.get(guardianship.link);
    if (link?.kind !== 'relation') report(site('link'), { code: 'entity-unknown', at: WHOLE, data: { id: guardianship.link } });
    condition(new Checker(this.#environment(period.to, report)), guardianship.ward, { entity: interview?.subject ?? 'person', depth: 0, site: site('ward'), vars: new Map(), inlined: false });
  }

  #inForce(day: string): ReadonlyMap<Service, Standard> {
    const found = this.#current.get(day);
    if (found) return found;
    const current = new Map([...this.pack.services.values()].flatMap((service) => {
      const standard = service.standard?.find((one) => inForce(one, day));
      return standard ? [[service, standard] as const] : [];
    }));
    this.#current.set(day, current);
    return current;
  }

  #environment(day: string, report: Report): Environment {
    const subjects = new Map([...this.#inForce(day).keys()].map((service) => [service.id, service.subject ?? 'person']));
    return {
      pack: this.pack, vocabulary: this.vocabulary, lawOn: dayNumber(day), factsOn: dayNumber(day), subjects, circular: this.#uses.circular, overrides: new Map(),
      parse: (text) => this.#parsed.rule(text), parseCell: (text) => this.#parsed.cell(text), parameterOn: (parameter) => this.#parameterOn(parameter, day), report,
    };
  }

  #parameterOn(parameter: Parameter, day: string): ParameterTable {
    const key = `${parameter.id} ${day}`;
    const table = this.#parameters.get(key) ?? parameterOn(this.pack, parameter, day);
    this.#parameters.set(key, table);
    return table;
  }

  /** The days inside a standard on which its rule may begin to differ. */
  #daysOf(service: Service, standard: Standard): readonly string[] {
    const found = this.#days.get(standard);
    if (found) return found;
    const { parameters, services } = this.#uses.of(service, standard);
    const changes = [
      ...[...parameters].flatMap(changesOf),
      ...[...services].flatMap((id) => this.pack.services.get(id)?.standard ?? []).flatMap(({ from, until }) => [from, ...(until === undefined ? [] : [dayAfter(until)])]),
    ];
    const days = [...new Set([standard.from, ...changes.filter((day) => day > standard.from && day <= (standard.until ?? FOR_EVER))])].sort();
    this.#days.set(standard, days);
    return days;
  }

  #stretch(service: Service, standard: Standard, day: string): string {
    if (this.#uses.of(service, standard).daily) return day;
    return this.#daysOf(service, standard).filter((first) => first <= day).at(-1) ?? standard.from;
  }

  #rule(service: Service, standard: Standard, day: string, report: Report): Rule | undefined {
    const key = `${service.id} ${this.#stretch(service, standard, day)}`;
    if (!this.#rules.has(key)) this.#rules.set(key, checkStandard(this.#environment(day, report), service, standard, AS_WRITTEN));
    return this.#rules.get(key);
  }
}

/** The rules whose every question is answered by another of them. */
function whole(rules: readonly Rule[]): readonly Rule[] {
  const there = new Set(rules.map((rule) => rule.service));
  const left = rules.filter((rule) => asked(rule).every((service) => there.has(service)));
  return left.length === rules.length ? rules : whole(left);
}
