import type { Domain, Finding, Indicator } from '../pack.ts';
import { NAME, SENTENCE } from './keywords.ts';
import { aggregate, namePlace, pairsIn, placeIn, quotePlace, subjectsAt } from './reading.ts';
import type { LintRule, Passage, Reading } from './reading.ts';

const chapterOf = (section: string): string => section.replace(/\(.*$/, '');
const inChapter = (passage: Passage, chapter: string): boolean => passage.citation.kind === 'section' && chapterOf(passage.citation.section) === chapter;
const chapterOfDomain = (domain: Domain): string => domain.cite.kind === 'section' ? domain.cite.section : '';

/** Domains with a chapter of tasks, and the prose of each. */
function chapters(reading: Reading): readonly { readonly domain: Domain; readonly prose: readonly Passage[] }[] {
  const served = new Set([...reading.pack.services.values()].map(({ domain }) => domain));
  return reading.pack.plan.domains.filter(({ id }) => served.has(id)).map((domain) => ({ domain, prose: reading.passages.filter((passage) => passage.kind === 'prose' && inChapter(passage, chapterOfDomain(domain))) }));
}

/** How often a chapter must use a word of its own name, and how rarely the others, before its stray use counts. */
const OWN = { here: 4, elsewhere: 2 } as const;

/** A sentence about another chapter's subject: a word of that chapter's name, at home there and almost nowhere else. */
export const misplacedContent: LintRule = (reading) => {
  const all = chapters(reading);
  return all.flatMap(({ domain, prose }) => wordsOf(domain.name.zh).flatMap((word) => {
    const count = (passages: readonly Passage[]): number => passages.reduce((sum, { text }) => sum + text.split(word).length - 1, 0);
    const strays = all.filter((other) => other.domain !== domain).flatMap((other) => other.prose.filter(({ text }) => text.includes(word)).map((passage) => ({ passage, there: other.domain })));
    if (strays.length === 0 || count(prose) < OWN.here || count(strays.map(({ passage }) => passage)) > OWN.elsewhere) return [];
    return strays.map(({ passage, there }): Finding => {
      const raw = passage.text.split(SENTENCE.stop).find((text) => text.includes(word)) ?? passage.text;
      return { code: 'misplaced-content', severity: 'info', places: [placeIn(reading, passage, raw)], subjects: subjectsAt(reading, passage, raw), data: { word, here: there.name.zh, there: domain.name.zh } };
    });
  }));
};

/** Names of domains are words of two characters each. */
function wordsOf(name: string): readonly string[] {
  return name.match(/../gu) ?? [];
}

/** The name of an indicator's group in the earliest plan that had it. */
function firstGroup({ pack }: Reading, indicator: Indicator): string {
  const earlier = indicator.continues === undefined ? undefined : pack.indicators.get(indicator.continues);
  return earlier?.group ?? indicator.group;
}

/** An item whose targets belong to indicators of a group that has nothing in common with the title of the box. */
export const itemOffTopic: LintRule = (reading) => [...reading.pack.services.values()].flatMap((service): Finding[] => {
  const { cite } = service;
  const box = reading.pack.source.boxes.find((one) => cite.kind === 'item' && one.section === cite.section);
  const subject = box && NAME.boxSubject.exec(box.title)?.[1];
  const targets = [...reading.pack.targets.values()].filter((target) => box?.items.some((item) => cite.kind === 'item' && item.no === cite.item && 'section' in target.cite && target.cite.section === box.section && item.paragraph.text.includes(target.quote)));
  const rows = targets.flatMap((target) => target.indicator === undefined ? [] : reading.pack.indicators.get(target.indicator) ?? []);
  const groups = rows.map((row) => firstGroup(reading, row));
  if (!box || subject === undefined || groups.length === 0) return [];
  if (groups.some((group) => pairsIn(subject).some((pair) => group.includes(pair)))) return [];
  const row = rows[0];
  return [{
    code: 'item-off-topic', severity: 'info', places: [{ citation: { kind: 'box', section: box.section }, file: reading.pack.source.file, line: box.heading.line, raw: box.heading.text }, quotePlace(reading, cite, service.name.zh), ...(row ? [namePlace(reading, row)] : [])],
    subjects: [service.id, ...rows.map(({ id }) => id)], data: { item: service.name.zh, box: box.title, group: groups[0] ?? '' },
  }];
});

/** A service that its own chapter's prose never mentions, while one other chapter speaks of it more than once. */
export const subjectElsewhere: LintRule = (reading) => {
  const all = chapters(reading);
  return [...reading.pack.services.values()].flatMap((service): Finding[] => {
    const own = all.find(({ domain }) => domain.id === service.domain);
    const name = service.name.zh;
    if (!own || name.length < 4 || own.prose.some(({ text }) => text.includes(name))) return [];
    const others = all.filter((other) => other !== own && other.prose.map(({ text }) => text).join('\n').split(name).length > 2);
    const other = others[0];
    const passage = other?.prose.find(({ text }) => text.includes(name));
    if (!other || !passage || others.length > 1) return [];
    return [{ code: 'subject-elsewhere', severity: 'info', places: [quotePlace(reading, service.cite, name), placeIn(reading, passage, passage.text.split(SENTENCE.stop).find((text) => text.includes(name)) ?? name)].sort((a, b) => a.line - b.line), subjects: [service.id], data: { name, here: own.domain.name.zh, there: other.domain.name.zh } }];
  });
};

/** How much of a service's title must stand in a target for it to be about that service. */
const TITLE_HEAD = 4;

/** Targets in one chapter's prose about people or things that only another chapter's services serve; one finding for each such service. */
export const targetOffTopic: LintRule = (reading) => {
  const services = [...reading.pack.services.values()].filter(({ name }) => name.zh.length > TITLE_HEAD);
  const domains = chapters(reading).map(({ domain }) => domain);
  const head = (service: (typeof services)[number]): string => service.name.zh.slice(0, TITLE_HEAD);
  return domains.flatMap((domain) => {
    const own = services.filter((service) => service.domain === domain.id);
    const targets = [...reading.pack.targets.values()].filter((target) => target.domain === domain.id && target.cite.kind === 'section' && !own.some((service) => target.quote.includes(head(service))));
    return services.filter((service) => service.domain !== domain.id).flatMap((service): readonly Finding[] => {
      const strays = targets.filter(({ quote }) => quote.includes(head(service)));
      const places = [...strays.map((target) => quotePlace(reading, target.cite, target.quote)), quotePlace(reading, service.cite, service.name.zh)];
      return strays.length === 0 ? [] : aggregate('target-off-topic', 'info', places, [...strays.map(({ id }) => id), service.id], { count: strays.length, here: domain.name.zh, service: service.name.zh, there: domains.find(({ id }) => id === service.domain)?.name.zh ?? '' });
    });
  });
};
