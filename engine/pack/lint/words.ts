import { pinyin } from 'pinyin-pro';
import type { Finding } from '../pack.ts';
import { SENTENCE, SLIPS } from './keywords.ts';
import { matches, placeIn, subjectsAt } from './reading.ts';
import type { LintRule, Passage, Reading } from './reading.ts';

function slip(code: string, pattern: RegExp, severity: Finding['severity'] = 'info', kinds?: readonly Passage['kind'][]): LintRule {
  return (reading) => matches(reading, pattern, kinds).map(({ passage, match, raw }): Finding => {
    const shown = raw.length > 3 ? raw : passage.text.slice(Math.max(0, match.index - 4), match.index + raw.length + 6);
    return { code, severity, places: [placeIn(reading, passage, shown)], subjects: subjectsAt(reading, passage, raw), data: { raw: shown } };
  });
}

/** A function word, or a word of one meaning, or any longer word twice in a row. */
export const doubledWord: LintRule = (reading) => [SLIPS.doubled, SLIPS.doubledKind, SLIPS.doubledRun].flatMap((pattern) => slip('doubled-word', pattern)(reading));

/** How often the plan must write the shorter form elsewhere. */
const ELSEWHERE = 2;

/**
 * A character twice where the plan elsewhere writes it once between the same neighbours: 服务务体系 beside 服务体系.
 *
 * Where two words meet (学生 and 生活) the shorter form is no word and stands nowhere else.
 */
export const doubledCharacter: LintRule = (reading) => {
  const words = grams(reading, 4);
  return matches(reading, SLIPS.doubledChar).flatMap(({ passage, match }): Finding[] => {
    const { index } = match;
    const shorter = [passage.text.slice(index - 1, index + 1) + passage.text.slice(index + 2, index + 4), passage.text.slice(Math.max(0, index - 2), index + 1) + passage.text.slice(index + 2, index + 3)];
    const known = index > 0 && shorter.every((word) => word.length === 4 && (words.get(word)?.count ?? 0) >= ELSEWHERE);
    const raw = passage.text.slice(Math.max(0, index - 2), index + 4);
    return known ? [{ code: 'doubled-word', severity: 'info', places: [placeIn(reading, passage, raw)], subjects: subjectsAt(reading, passage, raw), data: { raw } }] : [];
  });
};
/** A span of time that belongs to persons instead of to what they do. */
export const personSpan: LintRule = slip('wrong-word', SLIPS.personSpan, 'warning');
export const publicParticipation: LintRule = slip('wrong-word', SLIPS.publicParticipation);
export const misspelt: LintRule = slip('misspelt-term', SLIPS.misspelt, 'info', ['prose', 'item', 'cell', 'heading']);
/** A fixed pair of characters broken by a wrong one. */
export const brokenPair: LintRule = slip('wrong-word', SLIPS.brokenPair);
/** A fixed formula with another word in it, and a need that lacks its 的. */
export const brokenFormula: LintRule = slip('wrong-word', SLIPS.brokenFormula);
export const missingOf: LintRule = slip('missing-word', SLIPS.missingOf);
/** An attribute in front of two groups. */
export const ambiguousScope: LintRule = slip('ambiguous-scope', SLIPS.ambiguous);
/** A standard is given, where by a standard was meant. */
export const providesStandard: LintRule = slip('missing-word', SLIPS.providesStandard);
/** The verb of a clause comes back as its own object. */
export const verbTwice: LintRule = slip('repeated-verb', SLIPS.verbTwice);

/** A share of a total without the word for "makes up": numerator and denominator run together. */
export const shareWithoutVerb: LintRule = (reading) => matches(reading, SLIPS.shareWithoutVerb).filter(({ raw }) => !SLIPS.shareVerb.test(raw)).map(({ passage, raw }): Finding => ({ code: 'share-without-verb', severity: 'warning', places: [placeIn(reading, passage, raw)], subjects: subjectsAt(reading, passage, raw), data: { raw } }));

/** A clause that ends on a character which only ends words it is not part of here. */
export const cutWord: LintRule = (reading) => SLIPS.cutEnds.flatMap(({ char, words }) => reading.sentences.flatMap(({ passage, text }) => text.split(SENTENCE.clause).filter((clause) => clause.endsWith(char) && !words.test(clause)).map((clause): Finding => ({ code: 'cut-word', severity: 'info', places: [placeIn(reading, passage, clause)], subjects: subjectsAt(reading, passage, clause), data: { raw: clause.slice(-8) } }))));

/** Runs of Chinese characters with the passage they stand in. */
function runs({ passages }: Reading): readonly { readonly passage: Passage; readonly run: string }[] {
  return passages.filter(({ kind }) => kind !== 'note').flatMap((passage) => (passage.text.match(/\p{Script=Han}{5,}/gu) ?? []).map((run) => ({ passage, run })));
}

interface Seen { count: number; readonly passage: Passage; readonly before: string; readonly after: string }

function grams(reading: Reading, size: number): ReadonlyMap<string, Seen> {
  const found = new Map<string, Seen>();
  for (const { passage, run } of runs(reading)) {
    for (let from = 0; from + size <= run.length; from++) {
      const gram = run.slice(from, from + size);
      const seen = found.get(gram);
      if (seen) seen.count++;
      else found.set(gram, { count: 1, passage, before: run[from - 1] ?? '', after: run[from + size] ?? '' });
    }
  }
  return found;
}

/**
 * A word of five characters that stands once, and is a frequent word of six with one character left out.
 *
 * The lost character is inside, so that the two share both ends and no shorter word explains the gap.
 */
export const droppedCharacter: LintRule = (reading) => {
  const long = grams(reading, 6);
  const short = grams(reading, 5);
  const found = [...long].filter(([, { count }]) => count > 1).flatMap(([term]) => [2, 3].flatMap((at) => {
    const cut = `${term.slice(0, at)}${term.slice(at + 1)}`;
    const seen = short.get(cut);
    return seen?.count === 1 ? [{ term, cut, seen }] : [];
  }));
  return found.filter((one, index) => found.findIndex((other) => other.seen.passage === one.seen.passage) === index).map(({ term, cut, seen }): Finding => {
    const whole = grown(seen.passage.text, cut, long.get(term)?.passage.text ?? '', term);
    return { code: 'dropped-character', severity: 'info', places: [placeIn(reading, seen.passage, `${cut}${whole}`)], subjects: subjectsAt(reading, seen.passage, `${cut}${whole}`), data: { raw: `${cut}${whole}`, term: `${term}${whole}` } };
  });
};

/** What follows both words alike: the rest of the term. */
function grown(text: string, cut: string, elsewhere: string, term: string): string {
  const [own, other] = [text.slice(text.indexOf(cut) + cut.length), elsewhere.slice(elsewhere.indexOf(term) + term.length)];
  return /^\p{Script=Han}*/u.exec(own.slice(0, sharedLength(own, other)))?.[0] ?? '';
}

/**
 * Two words of six characters that differ in one inner character of the same sound: one was chosen wrongly from the
 * list that typing by sound offers. The rarer, else the later, is shown as the slip.
 */
export const soundAlike: LintRule = (reading) => {
  const words = grams(reading, 6);
  const byShape = Map.groupBy(words.keys(), (word) => `${word.slice(0, 3)}_${word.slice(4)}`);
  return [...byShape.values()].flatMap((group) => {
    const [one, other] = group;
    if (one === undefined || other === undefined || !sameSound(one[3] ?? '', other[3] ?? '')) return [];
    const [first, second] = [words.get(one), words.get(other)];
    if (!first || !second) return [];
    const [right, wrong] = first.count >= second.count ? [{ word: one, seen: first }, { word: other, seen: second }] : [{ word: other, seen: second }, { word: one, seen: first }];
    return [{ code: 'sound-alike', severity: 'info' as const, places: [placeIn(reading, right.seen.passage, right.word), placeIn(reading, wrong.seen.passage, wrong.word)].sort((a, b) => a.line - b.line), subjects: subjectsAt(reading, wrong.seen.passage, wrong.word), data: { raw: wrong.word, term: right.word } }];
  });
};

function sameSound(a: string, b: string): boolean {
  const sounds = (char: string): readonly string[] => pinyin(char, { toneType: 'none', type: 'array', multiple: true });
  return a !== b && sounds(a).some((sound) => sounds(b).includes(sound));
}

/** How many characters two passages must share word for word before it is called copied; in one box, where services run parallel, more. */
const COPIED = { apart: 19, together: 24 } as const;

/** Whole sentences, or long stretches of one, that stand twice. */
export const copiedSentence: LintRule = (reading) => {
  const prose = reading.passages.filter(({ kind }) => kind === 'prose' || kind === 'item');
  const first = new Map<string, { readonly passage: Passage; readonly at: number }>();
  const found: Finding[] = [];
  for (const passage of prose) {
    for (let at = 0; at + COPIED.apart <= passage.text.length; at++) {
      const window = passage.text.slice(at, at + COPIED.apart);
      const seen = first.get(window);
      if (!seen) {
        first.set(window, { passage, at });
        continue;
      }
      const length = sharedLength(seen.passage.text.slice(seen.at), passage.text.slice(at));
      if (length >= (sameBox(seen.passage, passage) ? COPIED.together : COPIED.apart)) {
        const raw = passage.text.slice(at, at + length).replace(/^[,，。;；、]+/, '');
        found.push({ code: 'copied-sentence', severity: 'info', places: [placeIn(reading, seen.passage, raw), placeIn(reading, passage, raw)], subjects: subjectsAt(reading, passage, raw), data: { raw } });
      }
      at += length - 1;
    }
  }
  return found;
};

function sameBox(a: Passage, b: Passage): boolean {
  return a.citation.kind === 'item' && b.citation.kind === 'item' && a.citation.section === b.citation.section;
}

/** Characters before and after the one that differs, and the list marks that must stand among them: a whole member of the list is shared. */
const NEARLY = { before: 8, after: 3, marks: 2 } as const;

/** One formula of several members printed twice, with one character changed. */
export const nearlyCopied: LintRule = (reading) => {
  const seen = new Map<string, { readonly passage: Passage; readonly at: number; readonly char: string }>();
  const found: Finding[] = [];
  for (const passage of reading.passages.filter(({ kind }) => kind === 'prose' || kind === 'item')) {
    for (let at = NEARLY.before; at + NEARLY.after < passage.text.length; at++) {
      const [before, char, after] = [passage.text.slice(at - NEARLY.before, at), passage.text[at] ?? '', passage.text.slice(at + 1, at + 1 + NEARLY.after)];
      if (before.split(SLIPS.listMark).length <= NEARLY.marks || !SENTENCE.han.test(char) || !SENTENCE.han.test(after[0] ?? '')) continue;
      const key = `${before}_${after}`;
      const other = seen.get(key);
      if (!other) seen.set(key, { passage, at, char });
      else if (other.char !== char) found.push({ code: 'nearly-copied', severity: 'info', places: [placeIn(reading, other.passage, around(other)), placeIn(reading, passage, around({ passage, at }))], subjects: [], data: { one: around(other), other: around({ passage, at }) } });
    }
  }
  return found;
};

function around({ passage, at }: { readonly passage: Passage; readonly at: number }): string {
  return passage.text.slice(at - NEARLY.before, at + 1 + NEARLY.after).replace(/^[,，、。]/, '');
}

/** A quoted formula with a mark between its members, elsewhere written without quotes and mark. */
export const looseTerm: LintRule = (reading) => {
  const quoted = matches(reading, SLIPS.quotedPair);
  const once = quoted.filter((one, index) => quoted.findIndex((other) => other.match[1] === one.match[1]) === index);
  return once.flatMap(({ passage, match, raw }) => {
    const loose = (match[1] ?? '').replaceAll(SLIPS.listMark, '');
    return matches(reading, new RegExp(loose, 'g')).slice(0, 1).map((bare): Finding => ({ code: 'term-variant', severity: 'info', places: [placeIn(reading, bare.passage, bare.raw), placeIn(reading, passage, raw)].sort((a, b) => a.line - b.line), subjects: [], data: { one: bare.raw, other: raw } }));
  });
};

function sharedLength(a: string, b: string): number {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) length++;
  return length;
}

export const givenRegime: LintRule = slip('wrong-object', SLIPS.givenRegime);
export const unnamedDocument: LintRule = slip('unnamed-document', SLIPS.unnamedDocument);

/** Something unlawful in the list of what is provided: the words against it are missing. */
export const illegalAsService: LintRule = (reading) => matches(reading, SLIPS.illegal).flatMap(({ passage, match }): Finding[] => (match.groups?.['list'] ?? '').split('、').filter((member) => SLIPS.illegalMember.test(member) && !SLIPS.against.test(member)).map((member) => ({ code: 'illegal-as-service', severity: 'warning', places: [placeIn(reading, passage, member)], subjects: subjectsAt(reading, passage, member), data: { raw: member } })));

/** Two words of five in one sentence that differ in the middle: one thing under two terms. */
export const variantInSentence: LintRule = (reading) => reading.sentences.flatMap(({ passage, text }): Finding[] => {
  const seen = new Map<string, string>();
  return (text.match(/\p{Script=Han}{5,}/gu) ?? []).flatMap((run) => Array.from({ length: run.length - 4 }, (_, from) => run.slice(from, from + 5))).flatMap((word): Finding[] => {
    const shape = `${word.slice(0, 2)}_${word.slice(3)}`;
    const other = seen.get(shape);
    if (other === undefined) seen.set(shape, word);
    if (other === undefined || other === word || SLIPS.functionWord.test(`${other[2]}${word[2]}`)) return [];
    return [{ code: 'term-variant', severity: 'info', places: [placeIn(reading, passage, other), placeIn(reading, passage, word)], subjects: subjectsAt(reading, passage, word), data: { one: other, other: word } }];
  });
});
