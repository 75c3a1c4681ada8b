/** Expressions of forms that are wrong, by the code that says so and the part of the text that it points at. Bare names are of a person of lantern-bay. */
export const WRONG_IN_FORMS = {
  // A thousand times a hundred characters are as many as a text may have; one more is too many.
  'may-grow': { text: `string join([${Array.from({ length: 101 }, () => `"${'a'.repeat(10)}"`).join(', ')}], "${'-'.repeat(1_000)}")`, at: undefined },
  'arguments-named': { text: 'substring(text: "abc", start position: 2)', at: 'substring(text: "abc", start position: 2)' },
  'list-empty': { text: '[][item > 1]', at: '[]' },
  'list-length-open': { text: 'for a in split("a b", " "), b in [1, 2] return b', at: undefined },
  'name-not-written': { text: 'get value({a: 1}, upper case("a"))', at: 'get value({a: 1}, upper case("a"))' },
  'name-twice': { text: '{a: 1, a: 2}', at: '{a: 1, a: 2}' },
  'number-not-written': { text: 'number(upper case("1"))', at: 'upper case("1")' },
  'pattern-not-written': { text: 'matches("a", upper case("a"))', at: 'upper case("a")' },
  'range-not-value': { text: '[[1..3], 2]', at: '[1..3]' },
  'range-not-written': { text: 'for i in 1..count(同住成员) return i', at: undefined },
  'type-unknown': { text: '[1, null] instance of list<number>', at: undefined },
} as const;
