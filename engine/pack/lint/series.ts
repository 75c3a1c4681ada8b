import type { Finding, Indicator } from '../pack.ts';
import { NAME } from './keywords.ts';
import { aggregate, likeness, namePlace, quotePlace } from './reading.ts';
import type { LintRule, Reading } from './reading.ts';
import { continued } from './tables.ts';

const bare = (name: string): string => name.replaceAll(/[(（][^)）]*[)）]?/g, '').replaceAll(/[“”\s]/g, '');

/** One indicator under two names: a series that cannot be joined by name. */
export const indicatorRenamed: LintRule = (reading) => continued(reading).flatMap(([earlier, later]): Finding[] => (
  bare(earlier.name.zh) === bare(later.name.zh) ? [] : [{ code: 'indicator-renamed', severity: 'warning', places: [namePlace(reading, earlier), namePlace(reading, later)], subjects: [earlier.id, later.id], data: { earlier: earlier.name.zh, later: later.name.zh } }]
));

/** The tables of the plan in time: what the earlier holds and the later does not, with no word why. */
export const indicatorDropped: LintRule = (reading) => {
  const { pack } = reading;
  const order = [...pack.plan.document.tables].sort((a, b) => a.target - b.target);
  return order.slice(0, -1).flatMap((table, index) => {
    const next = order[index + 1];
    const dropped = [...pack.indicators.values()].filter((indicator) => indicator.table === table.id && indicator.continuedBy === undefined && ![...pack.indicators.values()].some((other) => other.continues === indicator.id));
    return next ? aggregate('indicator-dropped', 'warning', dropped.map((one) => namePlace(reading, one)), dropped.map(({ id }) => id), { table: table.no, next: next.no }) : [];
  });
};

/** Names of one thing that differ in a character or two: in the text and in a table, or in a target and a row of the last plan. */
export const termVariant: LintRule = (reading) => {
  const { pack } = reading;
  const facts = [...pack.background.values()].flatMap((fact) => fact.see.flatMap((id) => {
    const indicator = pack.indicators.get(id);
    return indicator && fact.unit === indicator.unit ? [{ record: fact, indicator }] : [];
  }));
  const targets = [...pack.targets.values()].flatMap((target) => [...pack.indicators.values()].filter((indicator) => indicator.unit === target.unit && (target.indicator === indicator.id || (target.indicator === undefined && indicator.domain === target.domain))).map((indicator) => ({ record: target, indicator })));
  const found = [...facts, ...targets].filter(({ record, indicator }) => bare(record.quote).includes(bare(record.name.zh)) && variant(record.name.zh, indicator.name.zh));
  const pairs = found.filter((one, index) => found.findIndex((other) => bare(other.record.name.zh) === bare(one.record.name.zh) && bare(other.indicator.name.zh) === bare(one.indicator.name.zh)) === index);
  return pairs.map(({ record, indicator }): Finding => ({
    code: 'term-variant', severity: 'info', places: [quotePlace(reading, record.cite, record.quote), namePlace(reading, indicator)], subjects: [record.id, indicator.id], data: { one: record.name.zh, other: indicator.name.zh },
  }));
};

/** Nearly the same words, not the same, and not one inside the other. */
function variant(a: string, b: string): boolean {
  const [left, right] = [bare(a), bare(b)];
  if (left === right || left.includes(right) || right.includes(left)) return false;
  const [one, other] = [left.replaceAll(NAME.fillers, ''), right.replaceAll(NAME.fillers, '')];
  return one !== '' && other !== '' && (likeness(one, other) >= 0.6 || inOrder(one, other) / Math.max(one.length, other.length) >= 0.75);
}

/** The words for a domain, by chapter, table group and box: which differ. */
export const categoryName: LintRule = (reading) => {
  const { pack } = reading;
  return pack.plan.domains.flatMap((domain): Finding[] => {
    const chapter = domain.cite.kind === 'section' ? domain.cite.section : undefined;
    const heading = pack.source.sections.find((section) => section.id === chapter);
    if (!heading) return [];
    const table = [...pack.plan.document.tables].sort((a, b) => b.target - a.target)[0];
    const own = [...pack.indicators.values()].filter((indicator) => indicator.domain === domain.id && indicator.table === table?.id);
    const group = commonest(own.map((indicator) => indicator.group));
    const subject = group?.replaceAll(NAME.citedGroup, '');
    if (group === undefined || subject === undefined || heading.title.includes(subject)) return [];
    const row = own.find((indicator) => indicator.group === group);
    return [{
      code: 'category-name', severity: 'info',
      places: [...(row ? [groupPlace(reading, row, group)] : []), { citation: { kind: 'section', section: heading.id }, file: pack.source.file, line: heading.heading.line, raw: heading.heading.text }],
      subjects: [], data: { group, chapter: heading.title },
    }];
  });
};

function commonest(words: readonly string[]): string | undefined {
  return [...words].sort((a, b) => words.filter((one) => one === b).length - words.filter((one) => one === a).length)[0];
}

/** The group name stands on its own line above the rows. */
function groupPlace({ pack }: Reading, indicator: Indicator, group: string): Finding['places'][number] {
  const { cite } = indicator;
  const table = pack.source.tables.find((one) => cite.kind === 'row' && one.no === cite.table);
  const first = table?.rows.find((row) => row.group === group);
  const above = pack.source.lines.slice(0, first?.name.line ?? 0).findLastIndex((line) => line.trim() === group);
  return { citation: { kind: 'table', table: table?.no ?? 0 }, file: pack.source.file, line: above + 1, raw: group };
}

/** The word for a box against the word for its chapter. */
export const boxName: LintRule = (reading) => {
  const { pack } = reading;
  return pack.source.boxes.flatMap((box): Finding[] => {
    const chapter = pack.source.sections.find((section) => section.id === box.section.replace(/\(.*$/, ''));
    const subject = NAME.boxSubject.exec(box.title)?.[1];
    if (!chapter || subject === undefined || chapter.title.includes(subject)) return [];
    const section = pack.source.sections.find((one) => one.id === box.section);
    if (section?.title.includes(subject) || Array.from(subject).every((char) => `${chapter.title}${section?.title ?? ''}`.includes(char))) return [];
    return [{
      code: 'box-name', severity: 'info',
      places: [{ citation: { kind: 'section', section: chapter.id }, file: pack.source.file, line: chapter.heading.line, raw: chapter.heading.text }, { citation: { kind: 'box', section: box.section }, file: pack.source.file, line: box.heading.line, raw: box.heading.text }],
      subjects: [], data: { box: box.title, chapter: chapter.title },
    }];
  });
};

/** How many characters two words share in order (longest common subsequence). */
function inOrder(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, () => 0);
  for (const char of a) {
    const next = [0];
    for (let at = 1; at <= b.length; at++) next.push(b[at - 1] === char ? (row[at - 1] ?? 0) + 1 : Math.max(row[at] ?? 0, next[at - 1] ?? 0));
    row = next;
  }
  return row[b.length] ?? 0;
}
