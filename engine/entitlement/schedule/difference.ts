/** A line of one of two texts, or of both. */
export interface DiffLine {
  readonly mark: '-' | '+' | ' ';
  readonly line: string;
}

/**
 * The lines of two texts side by side: what went, what came, what stayed, in the order of the later text.
 *
 * By the longest run of lines that both have; for the short texts of a pack’s fields.
 */
export function differenceOf(before: string, after: string): readonly DiffLine[] {
  const [a, b] = [before.split('\n'), after.split('\n')];
  const longest = a.map(() => new Uint32Array(b.length + 1)).concat([new Uint32Array(b.length + 1)]);
  const at = (i: number, j: number): number => longest[i]?.[j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--) for (let j = b.length - 1; j >= 0; j--) longest[i]?.fill(a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1)), j, j + 1);
  const lines: DiffLine[] = [];
  for (let i = 0, j = 0; i < a.length || j < b.length;) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      lines.push({ mark: ' ', line: a[i] ?? '' });
      [i, j] = [i + 1, j + 1];
    } else if (j >= b.length || (i < a.length && at(i + 1, j) >= at(i, j + 1))) lines.push({ mark: '-', line: a[i++] ?? '' });
    else lines.push({ mark: '+', line: b[j++] ?? '' });
  }
  return lines;
}
