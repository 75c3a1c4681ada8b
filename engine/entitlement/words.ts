import { say } from '#engine/kernel/index.ts';
import type { Locale } from '#engine/kernel/index.ts';
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
  const labels = new Map<string, string>();
  for (const { name, label } of pack.definitions) labels.set(`definition ${name}`, say(label, locale));
  for (const { id, name, label } of pack.parameters.values()) labels.set(`parameter ${id}`, say(label, locale)).set(`parameter ${name}`, say(label, locale));
  for (const { id, name, label } of pack.tables.values()) labels.set(`table ${id}`, say(label, locale)).set(`table ${name}`, say(label, locale));
  const units = new Map([...pack.units].filter(([, unit]) => unit.times.units === 1 && unit.times.scale === 0).toReversed().map(([, unit]) => [unit.dimension, unit[locale]] as const));
  const codes = codeLabels({ pack, vocabulary }, locale);
  return {
    locale,
    fact: (id) => {
      const fact = pack.facts.get(id);
      const service = pack.services.get(id.replace(/^receives\./, ''));
      return fact ? say(fact.label, locale) : service ? say(service.name, locale) : id;
    },
    link: (id) => { const link = pack.entities.get(id); return link ? say(link.label, locale) : id; },
    service: (id) => { const service = pack.services.get(id); return service ? say(service.name, locale) : id; },
    origin: (kind, id) => labels.get(`${kind} ${id}`) ?? id,
    code: (list, code) => codes.get(`${list} ${code}`) ?? code,
    unit: (unit) => units.get(UNIT_OF[unit] ?? unit),
    holder: (id) => {
      const holder = pack.facts.get(id)?.holder;
      const department = holder === undefined || holder === 'unfilled' ? undefined : pack.departments.get(holder);
      return department && say(department.name, locale);
    },
    clause: (service, clause) => {
      const text = pack.services.get(service)?.standard?.at(-1)?.conditions.find((one) => one.id === clause)?.says;
      return text && say(text, locale);
    },
    thing: () => undefined,
  };
}

/** What the rules call a dimension that the units of a pack call otherwise. */
const UNIT_OF: Readonly<Record<string, string>> = { years: 'duration-years', months: 'duration-months', days: 'duration-days' };

/** Labels of codes: of areas their names; of others the words of the question that asks for them, where it has some in this language. */
function codeLabels({ pack, vocabulary }: Pick<RuleBook, 'pack' | 'vocabulary'>, locale: Locale): ReadonlyMap<string, string> {
  const labels = new Map<string, string>();
  for (const { id, codes, labels: own } of vocabulary.schema.codeLists.values()) codes.forEach((code, at) => labels.set(`${id} ${code}`, own[at] ?? code));
  for (const division of pack.divisions.values()) labels.set(`${AREAS} ${division.id}`, say(division.name, locale));
  if (locale === 'zh') return labels;
  for (const { fact, form, options = [] } of pack.questions.values()) {
    const named = vocabulary.names.get(fact ?? '');
    if (form !== 'value' || named?.kind !== 'fact' || named.fact.type.kind !== 'code') continue;
    for (const { id, label } of options) labels.set(`${named.fact.type.list} ${id}`, say(label, locale));
  }
  return labels;
}
