import type { Finding } from '../pack.ts';
import { CIRCLE, SHORTHAND } from './keywords.ts';
import { aggregate, matches, placeIn, subjectsAt } from './reading.ts';
import type { LintRule, Reading } from './reading.ts';

const numeral = (text: string): number => Number.isNaN(Number(text)) ? SHORTHAND.numerals[text as keyof typeof SHORTHAND.numerals] ?? 0 : Number(text);

/** A counted list whose members are more or fewer than the count: A、B和C等四大…. */
export const countDiffers: LintRule = (reading) => [...levels(reading), ...matches(reading, SHORTHAND.listed).flatMap(({ passage, match, raw }): Finding[] => {
  const members = splitList(match.groups?.['list'] ?? '');
  const count = numeral(match.groups?.['count'] ?? '');
  return members.length >= 3 && count > 0 && members.length > count ? [differs(reading, passage, raw, members.length, count)] : [];
})];

/** Levels named in front of their number: 市、县、乡三级…网络. */
function levels(reading: Reading): readonly Finding[] {
  return matches(reading, SHORTHAND.level).flatMap(({ passage, match, raw }): Finding[] => {
    const named = (match[1] ?? '').replaceAll(/[(（][^)）]*[)）]/g, '');
    const members = named.includes('、') ? named.split('、').length : 0;
    const count = numeral(match[2] ?? '');
    return members > 1 && count > 0 && members !== count ? [differs(reading, passage, raw, members, count)] : [];
  });
}

function differs(reading: Reading, passage: Parameters<typeof placeIn>[1], raw: string, members: number, count: number): Finding {
  return { code: 'count-differs', severity: 'warning', places: [placeIn(reading, passage, raw)], subjects: subjectsAt(reading, passage, raw), data: { raw, members, count } };
}

function splitList(list: string): readonly string[] {
  return list.split(SHORTHAND.between).filter((member) => member !== '');
}

/** Quoted shorthand that counts things and that the plan nowhere spells out: neither a list beside it nor a footnote. */
export const shorthandUndefined: LintRule = (reading) => {
  const found = matches(reading, SHORTHAND.counted).filter(({ match }) => countsThings(match[1] ?? ''));
  const bare = found.filter(({ passage, match }) => !explained(passage.text, match));
  const once = bare.filter((one, index) => bare.findIndex((other) => other.match[1] === one.match[1]) === index && !found.some((other) => other.match[1] === one.match[1] && !bare.includes(other)));
  return aggregate('shorthand-undefined', 'info', once.map(({ passage, raw }) => placeIn(reading, passage, raw)), once.flatMap(({ passage, raw }) => subjectsAt(reading, passage, raw)), { terms: once.map(({ raw }) => raw).join('') });
};

function countsThings(quoted: string): boolean {
  return !SHORTHAND.planNumber.test(quoted) && !SHORTHAND.forEach.test(quoted) && (SHORTHAND.apart.test(quoted) || SHORTHAND.measured.test(quoted));
}

/** A bracket or footnote call after it, or a list with as many members in front of it in the clause. */
function explained(text: string, match: RegExpExecArray): boolean {
  const after = text.slice(match.index + match[0].length, match.index + match[0].length + 8);
  const inside = match[1] ?? '';
  const clause = text.slice(0, match.index).split(/[,，。;；:：]/).at(-1) ?? '';
  return /^[^,，。]{0,4}[(（]/.test(after) || /\[\d+\]/.test(inside + after) || /\d/.test(inside.replaceAll(/\+/g, '').slice(2)) || clause.split(SHORTHAND.between).length >= 3;
}

/** Circles of different reach for one thing. */
export const circlesDiffer: LintRule = (reading) => {
  const circles = matches(reading, CIRCLE.promise).map((one) => ({ ...one, reach: `${one.match[1]}${one.match[2]}`, core: (one.match[3] ?? '').replaceAll(CIRCLE.common, '').slice(0, -1) }));
  const cores = [...new Set(circles.map(({ core }) => core))].filter((core) => core.length > 1);
  return cores.flatMap((core): Finding[] => {
    const own = circles.filter((one) => one.core.includes(core));
    const reaches = new Set(own.map(({ reach }) => reach));
    return reaches.size > 1 ? [{ code: 'circles-differ', severity: 'warning', places: own.map(({ passage, raw }) => placeIn(reading, passage, raw)), subjects: [...new Set(own.flatMap(({ passage, raw }) => subjectsAt(reading, passage, raw)))], data: { core, reaches: [...reaches].join(', ') } }] : [];
  });
};

/** Minutes to reach something, with no word on whether on foot or by car. */
export const circleWithoutMode: LintRule = (reading) => {
  const found = matches(reading, CIRCLE.promise).filter(({ passage, match }) => !CIRCLE.mode.test(passage.text.slice(Math.max(0, match.index - 12), match.index + match[0].length + 12)));
  return aggregate('circle-without-mode', 'info', found.map(({ passage, raw }) => placeIn(reading, passage, raw)), found.flatMap(({ passage, raw }) => subjectsAt(reading, passage, raw)));
};
