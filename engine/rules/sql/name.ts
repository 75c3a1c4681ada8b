/** What PostgreSQL keeps of a name, in bytes of UTF-8; the rest it drops without a word. */
export const LONGEST_NAME = 63;

/** What generated text calls its own stages, columns and joins. */
const OWN = /^[a-z]\d+(_\d+)?$/;

/**
 * Names of tables or columns for ids of a pack, each different from the others even where case does not count,
 * within `LONGEST_NAME` bytes, without quotation marks, and none of `taken` or of ours.
 *
 * An id that is already such a name stays as it is. The order of ids decides which of two gets the plain name.
 */
export function edgeNames(ids: readonly string[], taken: readonly string[] = []): ReadonlyMap<string, string> {
  const used = new Set(taken.map(folded));
  const names = new Map<string, string>();
  for (const id of ids) {
    if (names.has(id)) continue;
    const name = freeName(clean(id), used);
    used.add(folded(name));
    names.set(id, name);
  }
  return names;
}

function freeName(id: string, used: ReadonlySet<string>): string {
  const fits = id !== '' && bytes(id) <= LONGEST_NAME && !OWN.test(id) && !used.has(folded(id));
  if (fits) return id;
  for (let number = 2; ; number++) {
    const ending = `~${String(number)}`;
    const name = cut(id, LONGEST_NAME - ending.length) + ending;
    if (!used.has(folded(name))) return name;
  }
}

const folded = (name: string): string => name.normalize('NFC').toUpperCase().toLowerCase();
const bytes = (text: string): number => new TextEncoder().encode(text).length;

/**
 * Without what ends a name, a statement or a line for some reader of scripts: Spark's, for one, looks for semicolons
 * and comments inside back-ticks too. All databases get the same names, so that the same Parquet serves them.
 */
function clean(id: string): string {
  // oxlint-disable-next-line no-control-regex -- these are what must not get into a name
  return id.toWellFormed().replaceAll(/[\u0000-\u001F\u007F\u2028\u2029'"`;\\]|-(?=-)|\/(?=\*)/g, '_');
}

/** The longest beginning of whole characters that has at most so many bytes. */
function cut(text: string, most: number): string {
  let kept = '';
  for (const character of text) {
    if (bytes(kept + character) > most) return kept;
    kept += character;
  }
  return kept;
}
