import type { Finding, FindingPlace, Service } from '../pack.ts';
import { SENTENCE, SERVICE, TIME } from './keywords.ts';
import { aggregate, isWithin, matches, namePlace, pairsIn, placeIn, quotePlace, subjectsAt } from './reading.ts';
import type { LintRule, Passage, Reading } from './reading.ts';

const itemOf = ({ passages }: Reading, service: Service): Passage | undefined => passages.find(({ kind, citation }) => kind === 'item' && JSON.stringify(citation) === JSON.stringify(service.cite));
const titleOf = (passage: Passage): string => passage.text.split(SENTENCE.stop)[0] ?? passage.text;
const bodyOf = (passage: Passage): string => passage.text.slice(titleOf(passage).length + 1);

function places(reading: Reading, services: readonly Service[]): readonly FindingPlace[] {
  return services.flatMap((service) => {
    const passage = itemOf(reading, service);
    return passage ? [placeIn(reading, passage, `${titleOf(passage)}。`)] : [];
  });
}

/**
 * The parts that the plan itself demands of every service, and the services that print none of them.
 *
 * The demand is read from the plan's text; without one nothing is missing. A standard that only points elsewhere
 * (by standard, by regulation) is no printed standard.
 */
export const mandatoryPart: LintRule = (reading) => matches(reading, SERVICE.parts).flatMap(({ passage, match, raw }): readonly Finding[] => (match[1] ?? '').split('、').flatMap((part): readonly Finding[] => {
  const lacks = lacking(part);
  const services = lacks === undefined ? [] : [...reading.pack.services.values()].filter(lacks);
  const all = services.length === reading.pack.services.size;
  return services.length === 0 ? [] : [{ code: 'mandatory-part-missing', severity: all ? 'error' : 'warning', places: [placeIn(reading, passage, raw), ...places(reading, services)], subjects: services.map(({ id }) => id), data: { part, count: services.length, of: reading.pack.services.size } }];
}));

function lacking(part: string): ((service: Service) => boolean) | undefined {
  if (SERVICE.payer.test(part)) return ({ printed }) => printed.payer === 'unfilled';
  if (SERVICE.standard.test(part)) return ({ printed }) => printed.standard === 'absent';
  if (SERVICE.audience.test(part)) return ({ audience }) => audience.groups.length === 0;
  return undefined;
}

/** “By standard” or “by regulation”, without a word on which: the standard stays outside the plan. */
export const standardElsewhere: LintRule = (reading) => {
  const vague = [...reading.pack.services.values()].filter(({ printed }) => printed.standard === 'by-standard' || printed.standard === 'vague');
  const found = vague.flatMap((service) => {
    const passage = itemOf(reading, service);
    return passage ? [{ service, place: placeIn(reading, passage, firstSentence(passage)) }] : [];
  });
  return aggregate('standard-elsewhere', 'warning', found.map(({ place }) => place), found.map(({ service }) => service.id));
};

function firstSentence(passage: Passage): string {
  const body = bodyOf(passage);
  const stop = body.search(SENTENCE.stop);
  return stop < 0 ? body : body.slice(0, stop + 1);
}

/** Qualifying persons, without the conditions. One finding for the boxes; the text has its own duties. */
export const openCondition: LintRule = (reading) => {
  const found = matches(reading, SERVICE.openCondition, ['item']);
  return aggregate('condition-undefined', 'warning', found.map(({ passage, raw }) => placeIn(reading, passage, raw)), found.flatMap(({ passage, raw }) => subjectsAt(reading, passage, raw)));
};

/** Regularly, and no cycle in the sentence. */
export const noCycle: LintRule = (reading) => matches(reading, TIME.regularly).filter(({ raw, passage, match }) => !TIME.regularName.test(passage.text.slice(match.index, match.index + 4)) && !TIME.cycle.test(sentenceAround(passage, match.index)) && raw !== '').map(({ passage, match }): Finding => {
  const raw = clauseFrom(passage, match.index);
  return { code: 'frequency-missing', severity: 'warning', places: [placeIn(reading, passage, raw)], subjects: subjectsAt(reading, passage, raw), data: { raw } };
});

function sentenceAround({ text }: Passage, at: number): string {
  const before = text.slice(0, at).split(SENTENCE.stop).at(-1) ?? '';
  return before + (text.slice(at).split(SENTENCE.stop)[0] ?? '');
}

function clauseFrom({ text }: Passage, at: number): string {
  return text.slice(at).split(SENTENCE.clause)[0] ?? '';
}

/** Every year, without how many. */
export const cycleWithoutCount: LintRule = (reading) => matches(reading, TIME.yearlyService, ['item']).filter(({ raw }) => !/\d/.test(raw)).map(({ passage, raw }): Finding => ({ code: 'cycle-without-count', severity: 'info', places: [placeIn(reading, passage, raw)], subjects: subjectsAt(reading, passage, raw), data: { raw } }));

/** No group of the service's audience is named in its item: the pack had to infer it. */
export const audienceMissing: LintRule = (reading) => {
  const silent = [...reading.pack.services.values()].flatMap((service) => {
    const passage = itemOf(reading, service);
    const named = passage && (SERVICE.audienceMarker.test(bodyOf(passage)) || service.audience.groups.some((group) => longestShared(group, bodyOf(passage)) >= Math.min(3, group.length)));
    return passage && !named ? [{ service, place: placeIn(reading, passage, `${titleOf(passage)}。`) }] : [];
  });
  return aggregate('audience-missing', 'info', silent.map(({ place }) => place), silent.map(({ service }) => service.id));
};

function longestShared(needle: string, text: string): number {
  for (let size = needle.length; size > 0; size--) {
    for (let from = 0; from + size <= needle.length; from++) if (text.includes(needle.slice(from, from + size))) return size;
  }
  return 0;
}

/** The audience stands before 提供 without 为: as printed, it gives what it should get. */
export const missingPreposition: LintRule = (reading) => [...reading.pack.services.values()].flatMap((service): Finding[] => {
  const passage = itemOf(reading, service);
  if (!passage) return [];
  return bodyOf(passage).split(SENTENCE.clause).flatMap((clause): Finding[] => {
    const group = service.audience.groups.find((one) => clause.startsWith(one) || clause.startsWith(tail(one)));
    const gives = clause.search(SERVICE.provides);
    if (group === undefined || gives < 0 || SERVICE.audienceMarker.test(clause.slice(0, gives))) return [];
    return [{ code: 'missing-preposition', severity: 'warning', places: [placeIn(reading, passage, clause)], subjects: [service.id], data: { raw: clause, group } }];
  });
});

/** What follows the last 的 of an audience: 生活不能自理的特困人员 is printed as 生活不能自理人员 too. */
function tail(group: string): string {
  const at = group.lastIndexOf(SERVICE.of);
  return at < 0 ? group : group.slice(0, at);
}

/** Services that move no indicator: nobody will see whether they work. */
export const serviceWithoutIndicator: LintRule = (reading) => {
  const none = [...reading.pack.services.values()].filter(({ feeds }) => feeds.length === 0);
  return aggregate('service-without-indicator', 'info', places(reading, none), none.map(({ id }) => id), { of: reading.pack.services.size });
};

/** Chapters whose domain promises no number by a year that is printed. */
export const domainWithoutTarget: LintRule = (reading) => {
  const { pack } = reading;
  const current = [...pack.plan.document.tables].sort((a, b) => b.target - a.target)[0];
  return pack.plan.domains.flatMap((domain): Finding[] => {
    const services = [...pack.services.values()].some((service) => service.domain === domain.id);
    const indicators = [...pack.indicators.values()].some((indicator) => indicator.domain === domain.id && indicator.table === current?.id);
    const dated = [...pack.targets.values()].some((target) => target.domain === domain.id && target.by !== 'unfilled');
    if (!services || (indicators && dated)) return [];
    const place = quotePlace(reading, domain.cite, domain.name.zh);
    const heading = pack.source.sections.find((section) => domain.cite.kind === 'section' && section.id === domain.cite.section)?.heading;
    return [{ code: indicators ? 'domain-without-dated-target' : 'domain-without-indicator', severity: indicators ? 'info' : 'warning', places: [heading ? { ...place, line: heading.line, raw: heading.text } : place], subjects: [], data: { domain: domain.name.zh } }];
  });
};

/** What several indicators of a domain measure and none of its services mentions. */
export const indicatorWithoutService: LintRule = (reading) => {
  const { pack } = reading;
  const current = [...pack.plan.document.tables].sort((a, b) => b.target - a.target)[0];
  return pack.plan.domains.flatMap((domain): Finding[] => {
    const indicators = [...pack.indicators.values()].filter((indicator) => indicator.domain === domain.id && indicator.table === current?.id);
    const services = [...pack.services.values()].filter((service) => service.domain === domain.id);
    const texts = services.flatMap((service) => itemOf(reading, service)?.text ?? []).join('\n');
    if (services.length === 0) return [];
    const chapter = chapterText(reading, domain.cite.kind === 'section' ? domain.cite.section : '');
    const topics = pairsOf(indicators.map(({ name }) => name.zh)).filter((pair) => !texts.includes(pair) && chapter.split(pair).length > 5 && Array.from(pair).some((char) => domain.name.zh.includes(char)));
    const topic = topics[0];
    if (topic === undefined) return [];
    const about = indicators.filter(({ name }) => name.zh.includes(topic));
    const box = reading.passages.find(({ kind, citation }) => kind === 'heading' && citation.kind === 'box' && services.some(({ cite }) => cite.kind === 'item' && cite.section === citation.section));
    return [{ code: 'domain-without-service', severity: 'warning', places: [...about.map((one) => namePlace(reading, one)), ...(box ? [placeIn(reading, box, box.text)] : [])], subjects: about.map(({ id }) => id), data: { topic, domain: domain.name.zh } }];
  });
};

function chapterText({ passages }: Reading, chapter: string): string {
  return passages.filter(({ kind, citation }) => kind === 'prose' && citation.kind === 'section' && (citation.section === chapter || citation.section.startsWith(`${chapter}(`))).map(({ text }) => text).join('\n');
}

/** Pairs of characters that stand in two names or more. */
function pairsOf(names: readonly string[]): readonly string[] {
  const own = names.map((name) => new Set(pairsIn(name).filter((pair) => Array.from(pair).every((char) => SENTENCE.han.test(char)))));
  return [...new Set(own.flatMap((pairs) => [...pairs]))].filter((pair) => own.filter((pairs) => pairs.has(pair)).length > 1);
}

/** Items that only say their title again: a service without content. */
export const circularService: LintRule = (reading) => {
  const found = [...reading.pack.services.values()].flatMap((service) => {
    const passage = itemOf(reading, service);
    const given = passage && bodyOf(passage).split(SERVICE.circular).at(-1)?.replace(/[。\s]+$/, '');
    const title = service.name.zh;
    const empty = passage !== undefined && given !== undefined && [title, `${title}${SERVICE.service}`, `${title}${SERVICE.system}`].includes(given) && bodyOf(passage).split(SENTENCE.stop).filter((one) => one !== '').length === 1;
    return passage && empty ? [{ service, place: placeIn(reading, passage, passage.text) }] : [];
  });
  return aggregate('circular-service', 'warning', found.map(({ place }) => place), found.map(({ service }) => service.id));
};

/** Items that are a title and nothing else. */
export const titleOnly: LintRule = (reading) => reading.pack.source.boxes.flatMap((box) => {
  const bare = box.items.filter((item) => item.text === '');
  return aggregate('item-without-content', 'info', bare.map((item): FindingPlace => ({ citation: { kind: 'item', section: box.section, item: item.no }, file: reading.pack.source.file, line: item.paragraph.line, raw: item.paragraph.text })), [], { box: box.title });
});

/** Money “as appropriate”, “in part or in full”: nobody can work out what is due. */
export const vagueAmount: LintRule = (reading) => {
  const found = matches(reading, SERVICE.vagueAmount);
  return aggregate('vague-amount', 'warning', found.map(({ passage, raw }) => placeIn(reading, passage, raw)), found.flatMap(({ passage, raw }) => subjectsAt(reading, passage, raw)));
};

/** The title of an item cut down in its own condition: of legal aid only the law is left. */
export const conditionCut: LintRule = (reading) => [...reading.pack.services.values()].flatMap((service): Finding[] => {
  const passage = itemOf(reading, service);
  const match = passage && SERVICE.namedCondition.exec(bodyOf(passage));
  const named = match?.[1] ?? '';
  return passage && match && named !== service.name.zh && service.name.zh.startsWith(named) ? [{ code: 'condition-cut', severity: 'info', places: [placeIn(reading, passage, match[0])], subjects: [service.id], data: { raw: match[0], name: service.name.zh } }] : [];
});

/** Two services of one domain for some of the same people, one name inside the other. */
export const servicesOverlap: LintRule = (reading) => {
  const all = [...reading.pack.services.values()];
  return all.flatMap((wide) => all.filter((narrow) => narrow !== wide && narrow.domain === wide.domain && narrow.name.zh.length < wide.name.zh.length && isWithin(narrow.name.zh, wide.name.zh) && narrow.audience.groups.some((group) => wide.audience.groups.includes(group))).map((narrow): Finding => ({
    code: 'services-overlap', severity: 'info', places: [narrow, wide].flatMap((one) => places(reading, [one])), subjects: [narrow.id, wide.id], data: { one: narrow.name.zh, other: wide.name.zh },
  })));
};

/** Titles of services that are tasks of the administration: improve this, strengthen that. */
export const taskAsService: LintRule = (reading) => {
  const tasks = [...reading.pack.services.values()].filter(({ name }) => SERVICE.taskTitle.test(name.zh));
  return aggregate('task-as-service', 'info', places(reading, tasks), tasks.map(({ id }) => id));
};
