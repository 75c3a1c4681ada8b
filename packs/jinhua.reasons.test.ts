import { beforeAll, expect, test } from 'vitest';
import { wordsOfPack } from '#engine/entitlement/index.ts';
import { LOCALES } from '#engine/kernel/index.ts';
import type { Locale } from '#engine/kernel/index.ts';
import { loadPack } from '#engine/pack/index.ts';
import { explain, linkRules, NONE, runExamples, traceOf } from '#engine/rules/index.ts';
import type { RuleBook, Situation, Value } from '#engine/rules/index.ts';
import { packFiles } from '#tools/pack-files.ts';

/** What stands in rules and never in a sentence: operators, functions, the names of days and parts. */
const FEEL = /[<>=*]|!=|\b(?:not|has|max|min|if|some|every|receives|add months|full years between) ?\(|\.(?:year|month|day)\b|\bfacts date\b|\blaw date\b|\bround half\b|\bthen\b.*\belse\b|\$\{|\[|undefined|\(\)|（）/;
/** A Chinese sentence has no Latin words but HIV. */
const LATIN = /[A-Za-z]{3,}/;

interface Said {
  readonly locale: Locale;
  readonly service: string;
  readonly text: string;
}

let book: RuleBook;
const said: Said[] = [];
/** Which clause came out how, over all that is looked at. */
const outcomes = new Set<string>();

/** The same things with no fact known, and with every fact none that may be. */
function without(situation: Situation, none: boolean): Situation {
  const { facts } = book.vocabulary.schema;
  const value = (id: string): readonly (readonly [string, Value])[] => (none && facts.get(id)?.nonable === true ? [[id, NONE]] : []);
  return new Map([...situation].map(([entity, things]) => [entity, things.map((thing) => ({ ...thing, facts: new Map([...facts.values()].filter((fact) => fact.entity === entity).flatMap(({ id }) => value(id))) }))]));
}

beforeAll(() => {
  const { pack } = loadPack(packFiles('jinhua'));
  if (!pack) throw new Error('the pack does not load');
  ({ book } = linkRules(pack));
  const words = LOCALES.map((locale) => [locale, wordsOfPack(book, locale, locale === 'zh' ? '家里其他人' : 'others')] as const);
  // Every example of every service, and the same household with nothing known, and with nothing there.
  runExamples(book, (program, situation, service, place, rules) => {
    const traces = [situation, without(situation, false), without(situation, true)].map((world) => traceOf({ schema: book.vocabulary.schema, rules, situation: world, lawOn: program.lawOn }, service, place));
    for (const trace of traces) {
      for (const { id, held } of trace.clauses) outcomes.add(`${service} ${id} ${held}`);
      for (const [locale, of] of words) {
        const { answer, reasons, missing, nearly } = explain(trace, of);
        for (const text of [answer, ...reasons.flatMap(({ says, asks }) => [says, ...(asks === undefined ? [] : [asks])]), ...missing.map(({ says }) => says), ...nearly]) said.push({ locale, service, text });
      }
    }
    const [first] = traces;
    if (!first) throw new Error('there are three');
    return first.verdict.kind === 'yes' ? { kind: 'yes', ...(first.verdict.amountFen === undefined ? {} : { amountFen: first.verdict.amountFen }) } : first.verdict;
  });
});

test('every service that can be decided, and each of its clauses met and not met or not known, was put into words', () => {
  const services = [...book.pack.services.values()].filter(({ standard }) => standard !== undefined);
  expect(new Set(said.map(({ service }) => service)).size).toBe(services.length);
  const clauses = new Set([...outcomes].map((one) => one.split(' ').slice(0, 2).join(' ')));
  const once = [...clauses].filter((clause) => ['yes', 'no', 'unknown'].filter((held) => outcomes.has(`${clause} ${held}`)).length < 2);
  expect(once).toEqual([]);
  expect(said.length).toBeGreaterThan(10_000);
});

test('no sentence that a person can read holds the text of a rule', () => {
  const raw = said.filter(({ locale, text }) => FEEL.test(text) || (locale === 'zh' && LATIN.test(text.replaceAll('HIV', ''))));
  expect([...new Set(raw.map(({ service, text }) => `${service}: ${text}`))]).toEqual([]);
});

test('years are not parted by commas, and no day is reckoned twice in one breath', () => {
  expect(said.filter(({ text }) => /\b[12],\d{3}\b(?! ?(?:元|yuan|人|米|平方米))/.test(text) && /年份|the year of/.test(text)).map(({ text }) => text)).toEqual([]);
  expect(said.filter(({ text }) => text.includes('按按') || /（([^（）]+)）（\1）/.test(text.replaceAll(/还不知道|没有/g, ''))).map(({ text }) => text)).toEqual([]);
});
