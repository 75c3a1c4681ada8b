import type { Finding, FindingPlace } from '../pack.ts';
import { NUMERALS } from './keywords.ts';
import { aggregate, namePlace } from './reading.ts';
import type { LintRule } from './reading.ts';

/** Items of a box whose printed numbers skip one: a service may have been deleted, or the numbering is wrong. */
export const missingItemNumber: LintRule = ({ pack: { source, services, projects } }) => source.boxes.flatMap((box) => box.items.flatMap((item, index): Finding[] => {
  const before = box.items[index - 1];
  if (before?.printedNo === undefined || item.printedNo === undefined || item.printedNo <= before.printedNo + 1) return [];
  const place = (of: typeof item): FindingPlace => ({ citation: { kind: 'item', section: box.section, item: of.no }, file: source.file, line: of.paragraph.line, raw: of.paragraph.text.slice(0, of.paragraph.text.indexOf(of.title) + of.title.length) });
  const around = [...services.values(), ...projects.values()].filter((record) => record.cite.kind === 'item' && record.cite.section === box.section && (record.cite.item === before.no || record.cite.item === item.no));
  return [{ code: 'missing-item-number', severity: 'error', places: [place(before), place(item)], subjects: around.map((record) => record.id), data: { after: before.printedNo, before: item.printedNo, box: box.title } }];
}));

/** A number that an earlier item of the box already has. */
export const repeatedItemNumber: LintRule = ({ pack: { source } }) => source.boxes.flatMap((box) => box.items.flatMap((item, index): Finding[] => {
  const before = box.items.slice(0, index).find((other) => other.printedNo !== undefined && other.printedNo === item.printedNo);
  return before ? [{ code: 'repeated-item-number', severity: 'error', places: [before, item].map((one) => ({ citation: { kind: 'item' as const, section: box.section, item: one.no }, file: source.file, line: one.paragraph.line, raw: one.paragraph.text.slice(0, 20) })), subjects: [], data: { no: item.printedNo ?? 0, box: box.title } }] : [];
}));

/** Items without numbers in a plan whose other boxes number theirs. */
export const unnumberedItems: LintRule = ({ pack: { source } }) => {
  const numbered = source.boxes.some((box) => box.items.some((item) => item.printedNo !== undefined));
  return source.boxes.filter((box) => numbered && box.items.length > 1 && box.items.every((item) => item.printedNo === undefined)).flatMap((box) => aggregate('unnumbered-items', 'info', box.items.map((item): FindingPlace => ({ citation: { kind: 'item', section: box.section, item: item.no }, file: source.file, line: item.paragraph.line, raw: `${item.title}。` })), [], { box: box.title }));
};

/** Some boxes carry a number and some do not, or the blanks around it differ. */
export const boxHeadings: LintRule = ({ pack: { source } }) => {
  const place = (box: (typeof source.boxes)[number]): FindingPlace => ({ citation: { kind: 'box', section: box.section }, file: source.file, line: box.heading.line, raw: box.heading.text });
  const numbered = source.boxes.filter((box) => box.printedNo !== undefined);
  const bare = source.boxes.filter((box) => box.printedNo === undefined);
  const wrong = numbered.filter((box) => box.printedNo !== box.position);
  const blanks = new Set(numbered.map((box) => /\d([\s\u00A0]*)/.exec(box.heading.text)?.[1] ?? ''));
  return [
    ...(numbered.length > 0 ? aggregate('box-without-number', 'info', bare.map(place), [], { numbered: numbered.length }) : []),
    ...wrong.map((box): Finding => ({ code: 'box-number-wrong', severity: 'warning', places: [place(box)], subjects: [], data: { no: box.printedNo ?? 0, position: box.position } })),
    ...(blanks.size > 1 ? aggregate('box-heading-blanks', 'info', numbered.map(place)) : []),
  ];
};

/** Footnotes that the text never calls, and calls without a footnote; rows and footnotes that skip a number. */
export const footnotes: LintRule = ({ pack: { source }, passages }) => {
  const called = passages.filter(({ kind }) => kind === 'prose' || kind === 'item').flatMap((passage) => [...passage.text.matchAll(/\[(\d+)\]/g)].map((match) => ({ passage, no: Number(match[1]), raw: match[0] })));
  const lost = called.filter(({ no }) => !source.footnotes.some((note) => note.no === no));
  const unused = source.footnotes.filter((note) => !called.some(({ no }) => no === note.no));
  return [
    ...lost.map(({ passage, no, raw }): Finding => ({ code: 'footnote-missing', severity: 'warning', places: [{ citation: passage.citation, file: source.file, line: passage.line, raw }], subjects: [], data: { no } })),
    ...unused.map((note): Finding => ({ code: 'footnote-unused', severity: 'info', places: [{ citation: { kind: 'footnote', no: note.no }, file: source.file, line: note.paragraph.line, raw: note.paragraph.text }], subjects: [], data: { no: note.no } })),
  ];
};

/** Chapters, and sections of a chapter, whose printed numerals skip or repeat one. */
export const sectionNumbers: LintRule = ({ pack: { source } }) => {
  const numbered = source.sections.flatMap((section) => {
    const [, chapter, part] = NUMERALS.section.exec(section.id) ?? [];
    return chapter === undefined ? [] : [{ section, parent: part === undefined ? '' : chapter, no: numeralValue(part ?? chapter) }];
  });
  return numbered.flatMap((one, index): Finding[] => {
    const before = numbered.slice(0, index).findLast(({ parent }) => parent === one.parent);
    const expected = before === undefined ? 1 : before.no + 1;
    return one.no === expected ? [] : [{ code: 'section-number', severity: 'error', places: [...(before ? [before.section] : []), one.section].map((section) => ({ citation: { kind: 'section' as const, section: section.id }, file: source.file, line: section.heading.line, raw: section.heading.text })), subjects: [], data: { no: one.no, expected } }];
  });
};

/** The number that a Chinese numeral up to ninety-nine spells. */
function numeralValue(text: string): number {
  const digit = (one: string | undefined): number => one === undefined || one === '' ? 0 : NUMERALS.digits.indexOf(one) + 1;
  const [tens, ones] = text.includes(NUMERALS.ten) ? text.split(NUMERALS.ten) : [undefined, text];
  return tens === undefined ? digit(ones) : (tens === '' ? 1 : digit(tens)) * 10 + digit(ones);
}

/** One name on two rows of a table. */
export const repeatedIndicator: LintRule = (reading) => {
  const rows = [...reading.pack.indicators.values()];
  return rows.flatMap((row, index): Finding[] => {
    const before = rows.slice(0, index).find((other) => other.table === row.table && other.name.zh === row.name.zh);
    return before ? [{ code: 'repeated-indicator', severity: 'warning', places: [before, row].map((one) => namePlace(reading, one)), subjects: [before.id, row.id], data: { name: row.name.zh } }] : [];
  });
};
