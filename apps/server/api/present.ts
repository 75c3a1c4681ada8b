import type { z } from 'zod';
import { shownOf } from '#engine/city.ts';
import type { City } from '#engine/city.ts';
import { describeAny } from '#engine/delivery/index.ts';
import { confidenceWords, presentWords, sourceOfItem } from '#engine/entitlement/index.ts';
import type { ItemToVerify, ScheduledReform } from '#engine/entitlement/index.ts';
import { gapOf, valuePairs } from '#engine/indicator/index.ts';
import type { ValuePair } from '#engine/indicator/index.ts';
import { printDecimal, toNumber } from '#engine/kernel/index.ts';
import type { Decimal, Diagnostic, Locale } from '#engine/kernel/index.ts';
import { describeFinding, printCitation } from '#engine/pack/index.ts';
import type { Centre, Division, Fact, Finding, Indicator, LifeEvent, Mechanism, Project, Service, System, Target } from '#engine/pack/index.ts';
import { plainQuality } from '#engine/population/index.ts';
import type { Hit } from '#engine/search/index.ts';
import type * as reply from './schemas.ts';

/* Records of the city as replies of the API: what the plan does not print becomes null. */

type Of<Schema extends z.ZodType> = z.input<Schema>;

const filled = <T>(value: T | 'unfilled' | undefined): T | null => (value === undefined || value === 'unfilled' ? null : value as T);
const number = (value: Decimal | undefined): number | null => (value ? toNumber(value) : null);

export function presentPlan({ pack, today, release }: City): Of<typeof reply.planReply> {
  const { plan } = pack;
  const kinds = ['services', 'indicators', 'targets', 'mechanisms', 'systems', 'projects', 'background', 'events', 'divisions', 'centres'] as const;
  return {
    id: plan.id, name: plan.name, city: plan.city, period: plan.period, authority: plan.authority, indexNo: plan.indexNo ?? null, issuedOn: plan.issuedOn, today, release: { digest: release.digest, activatedAt: release.activatedAt ?? null }, statement: plan.statement,
    domains: plan.domains.map((domain) => ({ id: domain.id, mark: domain.mark, name: domain.name, life: domain.life ?? null, cite: printCitation(domain.cite) })),
    counts: Object.fromEntries(kinds.map((kind) => [kind, pack[kind].size])),
  };
}

export function presentService(city: City, service: Service): Of<typeof reply.serviceReply> {
  return {
    id: service.id, domain: service.domain, name: service.name, for: service.for, gives: service.gives, kind: service.kind, also: service.also ?? [], lifeStages: service.lifeStages, audience: service.audience,
    standard: { printed: service.printed.standard, text: service.printed.standardText ?? null },
    payer: filled(service.printed.payer), owner: filled(service.owner), how: filled(service.how), feeds: service.feeds, related: service.related ?? [],
    cite: printCitation(service.cite), source: (city.cited(service.cite)?.paragraphs ?? []).map((paragraph) => paragraph.text).join('\n'), note: service.note ?? null, findings: city.findingsOf(service.id).length,
  };
}

function presentValue(value: ValuePair['base'], printed: string | undefined): Of<typeof reply.indicatorReply>['pairs'][number]['base'] {
  if (value === undefined || value === 'none-printed') return { value: null, printed: printed ?? null, op: null, cumulative: false, reference: null };
  if ('reference' in value) return { value: null, printed: printed ?? null, op: null, cumulative: false, reference: value.reference };
  return { value: toNumber(value.value), printed: printed ?? printDecimal(value.value), op: value.op ?? null, cumulative: value.cumulative ?? false, reference: null };
}

export function presentIndicator(city: City, indicator: Indicator): Of<typeof reply.indicatorReply> {
  const table = city.pack.plan.document.tables.find((one) => one.id === indicator.table);
  const pairs = valuePairs(indicator).map((pair) => {
    const printed = indicator.parts?.find((part) => part.id === pair.id)?.printed ?? indicator.printed;
    const gap = gapOf(pair, indicator.direction);
    return { id: pair.id, name: pair.name, base: presentValue(pair.base, printed.base), target: presentValue(pair.target, printed.target), actual: presentValue(pair.actual, printed.actual), gap: { kind: gap.kind, by: 'by' in gap ? toNumber(gap.by) : null } };
  });
  return {
    id: indicator.id, table: indicator.table, row: indicator.cite.kind === 'row' ? indicator.cite.row : 0, name: indicator.name, domain: indicator.domain, group: indicator.group, unit: indicator.unit, unitPrinted: indicator.unitPrinted,
    attribute: filled(indicator.attribute), direction: indicator.direction, kind: indicator.kind, scope: indicator.scope ?? null, baseYear: table?.base ?? 0, targetYear: table?.target ?? 0, pairs,
    continues: indicator.continues ?? null, continuedBy: indicator.continuedBy ?? null, targets: city.targetsOf(indicator.id).map((target) => target.id), services: city.servicesFeeding(indicator.id).map((service) => service.id),
    owner: filled(indicator.owner), formula: filled(indicator.measured)?.formula ?? null, means: indicator.means, cite: printCitation(indicator.cite), note: indicator.note ?? null, findings: city.findingsOf(indicator.id).length,
  };
}

export function presentTarget(city: City, target: Target): Of<typeof reply.targetReply> {
  return {
    id: target.id, domain: target.domain, name: target.name, kind: target.kind, op: target.op ?? null, value: number(target.value), from: number(target.from), to: number(target.to), unit: target.unit, scope: target.scope, by: filled(target.by), period: target.period ?? null, hedge: target.hedge ?? null,
    indicator: target.indicator ?? null, quote: target.quote, cite: printCitation(target.cite), note: target.note ?? null, findings: city.findingsOf(target.id).length,
  };
}

export function presentMechanism(_: City, one: Mechanism): Of<typeof reply.mechanismReply> {
  return { id: one.id, domain: one.domain, family: one.family, name: one.name, says: one.says, needs: one.needs, state: one.state, at: one.at ?? null, by: one.by ?? null, quote: one.quote, cite: one.cite.map(printCitation) };
}

export function presentSystem(_: City, one: System): Of<typeof reply.systemReply> {
  return { id: one.id, domain: one.domain, kind: one.kind, name: one.name, printedState: one.printedState, partOf: one.partOf ?? null, does: one.does, state: one.state, at: one.at ?? null, by: one.by ?? null, quote: one.quote, cite: printCitation(one.cite) };
}

export function presentProject(_: City, one: Project): Of<typeof reply.projectReply> {
  return { id: one.id, domain: one.domain, kind: one.kind, nature: one.nature, name: one.name, content: one.content, year: filled(one.year), owner: filled(one.owner), money: filled(one.money), quote: one.quote, cite: printCitation(one.cite) };
}

export function presentDivision(city: City, one: Division): Of<typeof reply.divisionReply> {
  const figure = city.pack.population.find((each) => each.division === one.id && each.measure === city.pack.plan.population.measure);
  return {
    key: one.id, code: one.code ?? null, name: one.name, kind: one.kind, type: one.type ?? null, parent: one.parent ?? null,
    residents: figure ? { value: toNumber(figure.value), on: figure.on, source: figure.source, confidence: figure.confidence } : null,
  };
}

export function presentCentre(_: City, one: Centre): Of<typeof reply.centreReply> {
  return { id: one.id, name: one.name, township: one.township ?? null, county: one.county, address: filled(one.address), phone: filled(one.phone), hours: filled(one.hours), owner: filled(one.owner), reviewBy: one.reviewBy, demo: one.confidence === 'demo' };
}

export function presentEvent(_: City, one: LifeEvent): Of<typeof reply.eventReply> {
  return { id: one.id, name: one.name, says: one.says, services: one.services, system: one.system ?? null, cite: one.cite ? printCitation(one.cite) : null, state: one.state, at: one.at ?? null, by: one.by ?? null };
}

export function presentFinding(finding: Finding, locale: Locale): Of<typeof reply.findingReply> {
  return {
    code: finding.code, severity: finding.severity, ...describeFinding(finding, locale), subjects: [...finding.subjects],
    places: finding.places.map((place) => ({ cite: printCitation(place.citation), file: place.file, line: place.line, raw: place.raw })),
  };
}

export function presentReview(diagnostic: Diagnostic, locale: Locale): Of<typeof reply.reviewReply> {
  const { message, hint } = describeAny(diagnostic, locale);
  return { code: diagnostic.code, severity: diagnostic.severity, title: message, explanation: hint, file: diagnostic.place.file, line: diagnostic.place.line };
}

export function presentToVerify({ pack }: City, item: ItemToVerify, locale: Locale): Of<typeof reply.toVerifyReply> {
  return { id: item.id, kind: item.kind, department: item.department ?? null, what: item.what, present: presentWords(pack, item, locale), confidence: confidenceWords(item, locale), source: sourceOfItem(pack, item), services: [...item.services], demo: item.demo };
}

export function presentReform({ entry, state, withdrawn }: ScheduledReform): Of<typeof reply.reformReply> {
  return { id: entry.id, name: entry.name ?? null, state, on: entry.on ?? null, at: entry.at, by: entry.by, withdrawn: withdrawn ? { at: withdrawn.at, by: withdrawn.by } : null, reform: entry.reform ?? null, changes: entry.changes ?? [], tried: entry.tried ?? null };
}

export function presentHit({ pack }: City, hit: Hit): Of<typeof reply.hitReply> {
  const name = { service: pack.services, event: pack.events, indicator: pack.indicators, system: pack.systems }[hit.kind].get(hit.id)?.name;
  return { kind: hit.kind, id: hit.id, name: name ?? { zh: hit.id, en: hit.id }, score: Math.round(hit.score * 10) / 10 };
}

export function presentFact({ questions, rules }: City, fact: Fact): Of<typeof reply.factReply> {
  const column = rules.vocabulary.schema.facts.get(fact.id);
  return {
    id: fact.id, name: fact.name, label: fact.label, entity: fact.entity, type: fact.type, unit: fact.unit ?? null,
    codes: Object.entries(fact.codes ?? {}).map(([code, label]) => ({ code, label })), least: number(fact.range?.min), most: number(fact.range?.max), mayBeNone: column?.nonable ?? false,
    holder: filled(fact.holder), refresh: fact.refresh, dataClass: fact.dataClass, absent: fact.absent,
    askedBy: [...questions.values()].filter((one) => one.covers.has(fact.id)).map((one) => one.question.id),
  };
}

export function presentQuality(city: City): Of<typeof reply.qualityReply> {
  const [found, { population }] = [city.quality(), city];
  if (!found || !population) return { population: null, quality: null };
  return { population: { people: population.people, synthetic: population.kind === 'synthetic', standsFor: population.standsFor }, quality: plainQuality(city.pack, found, shownOf(population)) };
}
