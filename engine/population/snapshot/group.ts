/** The group whose members lie around a row: the last that begins at or before it; undefined behind the last group. */
export function groupAt(starts: Int32Array, row: number): number | undefined {
  if (row >= (starts[starts.length - 1] ?? 0)) return undefined;
  let [low, high] = [0, starts.length - 2];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= row) low = middle;
    else high = middle - 1;
  }
  return low;
}
