import { expect, test } from 'vitest';
import { loadPack } from '#engine/pack/index.ts';
import { known, linkRules } from '#engine/rules/index.ts';
import { packFiles } from '#tools/pack-files.ts';
import { derivationProblems, NOTHING_TOLD, SELF, situationOf } from './told.ts';

/** The book of lantern-bay with one fact that follows from another. */
function bookWith(is: string) {
  const { pack } = loadPack(new Map([...packFiles('lantern-bay'), ['derived.yaml', new TextEncoder().encode(`- { fact: 捕捞证有效, is: '${is}' }\n`)]]));
  if (!pack) throw new Error('no pack');
  return linkRules(pack).book;
}

test('a fact of a question may follow from another by what rules of services may not say: a date moved by a duration', () => {
  const book = bookWith('出生日期 + duration("P60Y") <= date("2031-06-15")');
  expect(derivationProblems(book)).toEqual([]);
  const born = [...book.vocabulary.schema.facts.values()].find((fact) => fact.name === '出生日期')?.id ?? '';
  const told = (day: bigint) => situationOf(book, { ...NOTHING_TOLD, facts: new Map([[born, known(day)]]) }, () => 'open').get('person')?.[SELF]?.facts.get('person.fishing-licence');
  // Sixty years after 15 June 1971 is the day itself, after the 16th the day that follows it.
  expect(told(19710615n)).toEqual(known(true));
  expect(told(19710616n)).toEqual(known(false));
});

test('what follows must be of the kind of its fact: a list is none', () => {
  expect(derivationProblems(bookWith('[出生日期]'))).toEqual([{ fact: '捕捞证有效', code: 'derived-type-differs' }]);
});
