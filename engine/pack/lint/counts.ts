import type { Finding } from '../pack.ts';
import { CIRCLE, SHORTHAND, SUMS } from './keywords.ts';
import { aggregate, matches, placeIn, subjectsAt } from './reading.ts';
import type { LintRule, Reading } from './reading.ts';

const numeral = (text: string): number => Number.isNaN(Number(text)) ? SHORTHAND.numerals[text as keyof typeof SHORTHAND.numerals] ?? 0 : Number(text);

type Found = ReturnType<typeof matches>[number];

/** How many things stand in a list and how many are counted, for one way of writing both; undefined where the text does not tell. */
interface Counted { readonly members: number; readonly count: number }

function differing(reading: Reading, pattern: RegExp, read: (found: Found) => Counted | undefined): readonly Finding[] {
  return matches(reading, pattern).flatMap((found): Finding[] => {
    const counted = read(found);
    const { passage, raw } = found;
    return counted === undefined || counted.count === 0 || counted.members === counted.count ? [] : [{ code: 'count-differs', severity: 'warning', places: [placeIn(reading, passage, raw)], subjects: subjectsAt(reading, passage, raw), data: { raw, ...counted } }];
  });
}

/** A、B和C等四大…: more members than the count, or fewer where no “and others” leaves room. */
const listThenCount: LintRule = (reading) => differing(reading, SHORTHAND.listed, ({ match, raw }) => {
  const [members, count] = [splitList(match.groups?.['list'] ?? '').length, numeral(match.groups?.['count'] ?? '')];
  return members < 3 || (members < count && SHORTHAND.andOthers.test(raw)) ? undefined : { members, count };
});

/** A、B、C“三同步”: a formula behind its own list. */
const listThenFormula: LintRule = (reading) => differing(reading, SHORTHAND.listThenFormula, ({ match }) => ({ members: splitList(match[1] ?? '').length, count: numeral(match[2] ?? '') }));

/** “三名工程”(A、B、C): a formula before its own list. */
const formulaThenList: LintRule = (reading) => differing(reading, SHORTHAND.formulaThenList, ({ match }) => ({ members: splitList(match[2] ?? '').length, count: numeral(match[1] ?? '') }));

/** 五馆一院(A馆、B馆 …): each kind counted by its last character. A kind that ends none of the names is not judged. */
const kindsThenList: LintRule = (reading) => differing(reading, SHORTHAND.kindsThenList, ({ match }) => {
  const members = splitList(match[2] ?? '');
  const kinds = [...(match[1] ?? '').matchAll(SHORTHAND.kind)].map(([, count, kind]) => ({ count: numeral(count ?? ''), members: members.filter((member) => member.endsWith(kind ?? '')).length }));
  return kinds.every((kind) => kind.members > 0) ? { members: kinds.reduce((sum, kind) => sum + kind.members, 0), count: kinds.reduce((sum, kind) => sum + kind.count, 0) } : undefined;
});

/** 市、县、乡三级…网络: levels named in front of their number. */
const levels: LintRule = (reading) => differing(reading, SHORTHAND.level, ({ match }) => {
  const named = (match[1] ?? '').replaceAll(/[(（][^)）]*[)）]/g, '');
  return named.includes('、') ? { members: named.split('、').length, count: numeral(match[2] ?? '') } : undefined;
});

/** “四个一批”[1] and the note that lists them. */
const formulaThenNote: LintRule = (reading) => differing(reading, SHORTHAND.formulaThenNote, ({ match }) => {
  const note = reading.pack.source.footnotes.find(({ no }) => no === Number(match[2]));
  return note && { members: splitList(note.paragraph.text.replace(/[。.]$/, '')).length, count: numeral(match[1] ?? '') };
});

export const countDiffers: LintRule = (reading) => [listThenCount, listThenFormula, formulaThenList, kindsThenList, levels, formulaThenNote].flatMap((rule) => rule(reading));

function splitList(list: string): readonly string[] {
  return list.split(SHORTHAND.between).filter((member) => member !== '');
}

/** Shares that stand together as shares of one whole and give more than all of it; parts that exceed their total. */
export const partsAndWhole: LintRule = (reading) => [
  ...matches(reading, SUMS.shares).flatMap(({ passage, raw }): Finding[] => {
    const sum = [...raw.matchAll(SUMS.share)].reduce((total, match) => total + Number(match[1]), 0);
    return sum > SUMS.rounding ? [{ code: 'parts-exceed-whole', severity: 'error', places: [placeIn(reading, passage, raw)], subjects: subjectsAt(reading, passage, raw), data: { raw, sum: String(Math.round(sum * 100) / 100), whole: '100%' } }] : [];
  }),
  ...matches(reading, SUMS.total).flatMap(({ passage, match, raw }): Finding[] => {
    const [total, unit] = [Number(match[1]), match[2] ?? ''];
    const sum = [...(match[3] ?? '').matchAll(new RegExp(`(\\d+(?:\\.\\d+)?)${unit}`, 'gu'))].reduce((all, part) => all + Number(part[1]), 0);
    return sum > total ? [{ code: 'parts-exceed-whole', severity: 'error', places: [placeIn(reading, passage, raw)], subjects: subjectsAt(reading, passage, raw), data: { raw, sum: String(sum), whole: `${total}${unit}` } }] : [];
  }),
];

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
