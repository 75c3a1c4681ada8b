import type { Finding, FindingPlace } from '../pack.ts';
import { MARKS, NAME, SENTENCE, SLIPS } from './keywords.ts';
import { aggregate, matches, namePlace, placeIn, rowsOf, subjectsAt } from './reading.ts';
import type { LintRule, Passage } from './reading.ts';

const EVERYWHERE: readonly Passage['kind'][] = ['heading', 'prose', 'item', 'cell', 'note'];

/** A value that was never filled in. The note of a table that explains a mark is `note-without-use`. */
export const placeholder: LintRule = (reading) => matches(reading, MARKS.placeholder, ['prose', 'item', 'cell']).map(({ passage, match, raw }): Finding => {
  const clause = passage.text.slice(0, match.index).split(SENTENCE.clause).at(-1) ?? '';
  return { code: 'placeholder', severity: 'error', places: [placeIn(reading, passage, `${clause}${raw}`)], subjects: subjectsAt(reading, passage, raw), data: { raw: `${clause}${raw}` } };
});

/** A dash that has lost the numerals on its two sides. */
export const lostCharacters: LintRule = (reading) => matches(reading, MARKS.lostNumeral, EVERYWHERE).map(({ passage, raw }): Finding => ({ code: 'lost-characters', severity: 'error', places: [placeIn(reading, passage, passage.kind === 'cell' ? passage.text : raw)], subjects: subjectsAt(reading, passage, raw), data: { raw } }));

/** A table of targets without a single comparison sign, though another table or the text prints them for its targets. */
export const lostComparators: LintRule = (reading) => {
  const { pack, cells } = reading;
  return pack.plan.document.tables.flatMap((table): readonly Finding[] => {
    const targets = cells.filter((cell) => cell.cell === 'target' && cell.indicator.table === table.id && cell.value !== undefined);
    const elsewhere = cells.some((cell) => cell.cell === 'target' && cell.indicator.table !== table.id && MARKS.compare.test(cell.raw)) || [...pack.targets.values()].some((target) => target.indicator !== undefined && MARKS.compare.test(target.quote));
    if (targets.length < 3 || targets.some((cell) => MARKS.compare.test(cell.raw)) || !elsewhere) return [];
    return aggregate('lost-comparators', 'warning', targets.map(({ place }) => place), targets.map(({ id }) => id), { table: table.no });
  });
};

/** The target is a bracketed total and the value reached is a bare number: the bracket, or the total, was lost. */
export const lostCumulative: LintRule = (reading) => rowsOf(reading).flatMap(({ id, name, target, actual }): Finding[] => (
  actual?.value && target && MARKS.cumulative.test(target.raw) && !MARKS.cumulative.test(actual.raw)
    ? [{ code: 'lost-cumulative', severity: 'error', places: [target.place, actual.place], subjects: [id], data: { name, target: target.raw, actual: actual.raw } }]
    : []
));

/** The note explains a mark that the table never uses: totals cannot be told from yearly values. */
export const noteWithoutUse: LintRule = (reading) => reading.pack.source.tables.flatMap((table): Finding[] => {
  const mark = table.note && MARKS.noteMark.exec(table.note.text);
  const used = reading.cells.filter((cell) => cell.place.citation.kind === 'row' && cell.place.citation.table === table.no && cell.raw.includes(mark?.[1] ?? ''));
  if (!table.note || !mark || used.length > 0) return [];
  const totals = reading.cells.filter((cell) => cell.cell === 'target' && cell.indicator.kind === 'cumulative' && cell.place.citation.kind === 'row' && cell.place.citation.table === table.no);
  return [{ code: 'note-without-use', severity: 'warning', places: [...totals.map(({ place }) => place), { citation: { kind: 'note', table: table.no }, file: reading.pack.source.file, line: table.note.line, raw: table.note.text }], subjects: totals.map(({ id }) => id), data: { mark: mark[0], table: table.no } }];
});

/** A starting value that is itself a bound, so that no progress can be counted from it. */
export const comparatorBase: LintRule = ({ cells }) => cells.flatMap((cell): Finding[] => cell.cell === 'base' && cell.op !== undefined ? [{ code: 'comparator-base', severity: 'info', places: [cell.place], subjects: [cell.id], data: { name: cell.name, raw: cell.raw } }] : []);

/** Brackets opened and not closed in names of one table, and two styles of bracket for totals. */
export const brackets: LintRule = (reading) => {
  const { pack } = reading;
  const open = pack.plan.document.tables.flatMap((table) => {
    const rows = [...pack.indicators.values()].filter((indicator) => indicator.table === table.id && NAME.openUnit.test(namePlace(reading, indicator).raw));
    return aggregate('unclosed-bracket', 'info', rows.map((one) => namePlace(reading, one)), rows.map(({ id }) => id), { table: table.no });
  });
  const totals = [...reading.cells.filter(({ raw }) => MARKS.cumulative.test(raw)).map(({ place }) => place), ...reading.passages.filter(({ kind, text }) => kind === 'note' && MARKS.noteMark.test(text) && text.match(MARKS.noteMark)?.index !== 0).map((passage) => placeIn(reading, passage, passage.text))];
  const styles = new Set(totals.map(({ raw }) => MARKS.cumulativeStyle.exec(raw)?.[0]));
  return [...open, ...(styles.size > 1 ? aggregate('bracket-styles', 'info', totals, [], { styles: [...styles].join(' ') }) : [])];
};

/** A quotation mark or book-title mark, or a bracket in prose, that has no partner in its paragraph. */
export const unbalanced: LintRule = (reading) => reading.passages.filter(({ kind }) => kind !== 'cell' && kind !== 'note').flatMap((passage): Finding[] => (
  Object.entries({ ...MARKS.quotes, ...MARKS.openBrackets }).flatMap(([open, close]): Finding[] => {
    const raw = firstUnpaired(passage.text, open, close);
    return raw === undefined ? [] : [{ code: 'unbalanced-marks', severity: 'info', places: [placeIn(reading, passage, raw)], subjects: subjectsAt(reading, passage, raw), data: { raw, open, close } }];
  })
));

/** The text from the first mark without partner up to the end of its sentence. */
function firstUnpaired(text: string, open: string, close: string): string | undefined {
  const opened: number[] = [];
  for (let index = 0; index < text.length; index++) {
    const last = opened.at(-1);
    if (text[index] === open) {
      if (last !== undefined && open in MARKS.quotes) return stretch(text, last);
      opened.push(index);
    } else if (text[index] === close && opened.pop() === undefined) return stretch(text, Math.max(0, index - 10));
  }
  const first = opened[0];
  return first === undefined ? undefined : stretch(text, first);
}

function stretch(text: string, from: number): string {
  return text.slice(from, from + 24);
}

/** A paragraph or item that stops without a full stop, though its neighbours end in one. */
export const cutSentence: LintRule = (reading) => {
  const titles = new Set(reading.pack.source.boxes.filter((box) => box.items.every((item) => item.text === '')).map((box) => box.section));
  return reading.passages.flatMap((passage): Finding[] => {
    const { citation, kind, text } = passage;
    if ((kind !== 'prose' && kind !== 'item') || SENTENCE.closing.test(text) || (citation.kind === 'item' && titles.has(citation.section)) || !SENTENCE.stop.test(text) && text.length < 30) return [];
    const clause = text.split(SENTENCE.clause).at(-1) ?? text;
    return [{ code: 'cut-sentence', severity: 'warning', places: [placeIn(reading, passage, clause)], subjects: subjectsAt(reading, passage, clause), data: { raw: clause } }];
  });
};

/** The means are named and the deed is missing: 通过…等方式 and then a new subject. */
export const unfinishedClause: LintRule = (reading) => matches(reading, SLIPS.means).map(({ passage, raw }): Finding => ({ code: 'unfinished-clause', severity: 'warning', places: [placeIn(reading, passage, raw)], subjects: subjectsAt(reading, passage, raw), data: { raw } }));

/** The words of the target stand in the name. */
export const verbInName: LintRule = (reading) => [...reading.pack.indicators.values()].flatMap((indicator): Finding[] => {
  const place = namePlace(reading, indicator);
  return NAME.verbTail.test(place.raw) ? [{ code: 'verb-in-name', severity: 'info', places: [place], subjects: [indicator.id], data: { raw: place.raw } }] : [];
});

/** A header whose year stands without the word for what it is the year of, or twice. */
export const splitHeader: LintRule = (reading) => reading.pack.source.tables.flatMap((table) => {
  const years = table.header.filter(({ text }) => MARKS.bareYear.test(text));
  const twice = years.filter((year) => years.some((other) => other !== year && other.text === year.text));
  const split = twice.length > 0 ? table.header : years;
  return aggregate('split-header', 'info', split.map((one): FindingPlace => ({ citation: { kind: 'table', table: table.no }, file: reading.pack.source.file, line: one.line, raw: one.text })), [], { table: table.no });
});

/** Blanks inside values and words, no-break ones too; and Western marks in Chinese sentences: one finding each. */
export const typography: LintRule = (reading) => {
  const around = (passage: Passage, match: RegExpExecArray): string => passage.text.slice(Math.max(0, match.index - 4), match.index + match[0].length + 4);
  const blanks = [...matches(reading, MARKS.strayInText, ['prose', 'item', 'cell', 'note']), ...matches(reading, MARKS.strayAfterNumber, ['item'])].filter(({ passage, match }) => passage.kind !== 'cell' || !NAME.openUnit.test(passage.text.slice(0, match.index)));
  const western = matches(reading, MARKS.halfWidth, ['prose', 'item', 'heading']);
  const lines = western.filter(({ passage }, index) => western.findIndex((other) => other.passage === passage) === index);
  return [
    ...aggregate('stray-space', 'info', blanks.map(({ passage, match }) => placeIn(reading, passage, around(passage, match)))),
    ...aggregate('half-width-punctuation', 'info', lines.map(({ passage, match }) => placeIn(reading, passage, around(passage, match))), [], { marks: western.length }),
  ];
};

/** A Latin letter inside a Chinese year. */
export const latinInYear: LintRule = (reading) => matches(reading, MARKS.latinInYear, EVERYWHERE).filter(({ raw }) => MARKS.latinInRatio.test(raw)).map(({ passage, raw }): Finding => ({ code: 'latin-in-number', severity: 'info', places: [placeIn(reading, passage, raw)], subjects: [], data: { raw } }));

/** Angle brackets of quotation where a comparison sign belongs, and several kinds of sign in one table. */
export const angleSign: LintRule = (reading) => {
  const cells = reading.cells.filter(({ raw }) => MARKS.angleSign.test(raw));
  return aggregate('angle-sign', 'info', cells.map(({ place }) => place), cells.map(({ id }) => id));
};
