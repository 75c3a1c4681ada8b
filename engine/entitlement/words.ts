import { say } from '#engine/kernel/index.ts';
import type { LocalText, Locale } from '#engine/kernel/index.ts';
import type { RuleBook, Words } from '#engine/rules/index.ts';
import { AREAS } from '#engine/rules/index.ts';
import { OTHERS } from './told.ts';

/** What the vocabulary of a pack calls things, for explanations; `other` is what somebody else of the household is called, or undefined to leave it unsaid. */
export function wordsOfPack(book: RuleBook, locale: Locale, other: string | undefined): Words {
  const words = general.get(book) ?? new Map<Locale, Words>();
  general.set(book, words);
  const found = words.get(locale) ?? made(book, locale);
  words.set(locale, found);
  const subject = book.pack.plan.interview?.subject ?? 'person';
  return { ...found, thing: (entity, place) => (entity === subject && place === OTHERS ? other : undefined) };
}

/** What a pack calls things does not change. */
const general = new WeakMap<RuleBook, Map<Locale, Words>>();

function made({ pack, vocabulary }: RuleBook, locale: Locale): Words {
  const named = (of: Iterable<{ readonly id: string; readonly name: string; readonly label: LocalText }>): ReadonlyMap<string, string> => new Map([...of].flatMap(({ id, name, label }) => [[id, say(label, locale)], [name, say(label, locale)]] as const));
  const labels = { definition: new Map(pack.definitions.map(({ name, label }) => [name, say(label, locale)])), parameter: named(pack.parameters.values()), table: named(pack.tables.values()) };
  const units = new Map([...pack.units].filter(([, unit]) => unit.times.units === 1 && unit.times.scale === 0).toReversed().map(([, unit]) => [unit.dimension, unit[locale]] as const));
  const codes = codeLabels({ pack, vocabulary }, locale);
  const clausesOf = kept((service) => new Map((pack.services.get(service)?.standard?.at(-1)?.conditions ?? []).map(({ id, says }) => [id, says && say(says, locale)])));
  return {
    locale,
    fact: kept((id) => {
      const fact = pack.facts.get(id);
      const service = pack.services.get(id.replace(/^receives\./, ''));
      return fact ? say(fact.label, locale) : service ? say(service.name, locale) : id;
    }),
    link: (id) => { const link = pack.entities.get(id); return link ? say(link.label, locale) : id; },
    service: (id) => { const service = pack.services.get(id); return service ? say(service.name, locale) : id; },
    origin: (kind, id) => labels[kind].get(id) ?? id,
    code: (list, code) => codes.get(list)?.get(code) ?? code,
    unit: (unit) => units.get(UNIT_OF[unit] ?? unit),
    holder: kept((id) => {
      const holder = pack.facts.get(id)?.holder;
      const department = holder === undefined || holder === 'unfilled' ? undefined : pack.departments.get(holder);
      return department && say(department.name, locale);
    }),
    clause: (service, clause) => clausesOf(service).get(clause),
    thing: () => undefined,
  };
}

/** Remembers what each of a pack's few ids is called. */
function kept<T>(find: (id: string) => T): (id: string) => T {
  const known = new Map<string, T>();
  return (id) => {
    const before = known.get(id);
    if (before !== undefined) return before;
    const found = find(id);
    known.set(id, found);
    return found;
  };
}

/** What the rules call a dimension that the units of a pack call otherwise. */
const UNIT_OF: Readonly<Record<string, string>> = { years: 'duration-years', months: 'duration-months', days: 'duration-days' };

/** Labels of codes by list: of areas their names; of others the words of the question that asks for them, where it has some in this language. */
function codeLabels({ pack, vocabulary }: Pick<RuleBook, 'pack' | 'vocabulary'>, locale: Locale): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const labels = new Map([...vocabulary.schema.codeLists.values()].map(({ id, codes, labels: own }) => [id, new Map(codes.map((code, at) => [code, own[at] ?? code]))]));
  const areas = labels.get(AREAS) ?? new Map<string, string>();
  for (const division of pack.divisions.values()) areas.set(division.id, say(division.name, locale));
  labels.set(AREAS, areas);
  if (locale === 'zh') return labels;
  for (const { fact, form, options = [] } of pack.questions.values()) {
    const named = vocabulary.names.get(fact ?? '');
    if (form !== 'value' || named?.kind !== 'fact' || named.fact.type.kind !== 'code') continue;
    for (const { id, label } of options) labels.get(named.fact.type.list)?.set(id, say(label, locale));
  }
  return labels;
}
