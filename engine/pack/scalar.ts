/**
 * Where each character of a scalar's value stands in its YAML source: `result[i]` for character i, and one more for
 * the end. Offsets count from the start of `source`.
 *
 * `source` is the scalar as written: plain, quoted, or a block with its header and indentation. Lines that YAML
 * folds, indents or chomps keep their places; an escape stands where its backslash does.
 */
export function scalarOffsets(source: string, value: string): readonly number[] {
  const offsets: number[] = [];
  let at = contentStart(source);
  for (let i = 0; i < value.length; i++) {
    const character = value.charAt(i);
    if (isSpace(character)) {
      offsets.push(Math.min(at, source.length));
      if (source.charAt(at) === character && character !== '\n') at += 1;
      else if (!isSpace(value.charAt(i + 1))) while (isSpace(source.charAt(at))) at += 1;
      continue;
    }
    while (isSpace(source.charAt(at))) at += 1;
    const quote = source.charAt(0);
    offsets.push(Math.min(at, source.length));
    if (quote === '"' && source.charAt(at) === '\\') at += escapeLength(source, at);
    else if (quote === "'" && source.startsWith("''", at)) at += 2;
    else at += 1;
  }
  offsets.push(Math.min(at, source.length));
  return offsets;
}

function isSpace(character: string): boolean {
  return character === ' ' || character === '\n' || character === '\t' || character === '\r';
}

/** After an opening quote, or after the header line of a block. */
function contentStart(source: string): number {
  const head = source.charAt(0);
  if (head === '"' || head === "'") return 1;
  if (head !== '|' && head !== '>') return 0;
  const line = source.indexOf('\n');
  return line === -1 ? source.length : line + 1;
}

function escapeLength(source: string, at: number): number {
  const lengths: Readonly<Record<string, number>> = { x: 4, u: 6, U: 10 };
  return lengths[source.charAt(at + 1)] ?? 2;
}
