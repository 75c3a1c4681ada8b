import jsqr from 'jsqr';

/** The reader as the type of its package has it, and as it is. */
const read = jsqr.default;

/** What a scanner reads of a code that was painted from its path, three pixels a module; undefined where it reads nothing. */
export function scanned({ size, path }: { readonly size: number; readonly path: string }): string | undefined {
  const scale = 3;
  const width = size * scale;
  const pixels = new Uint8ClampedArray(width * width * 4).fill(255);
  for (const [, x, y, length] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let row = Number(y) * scale; row < (Number(y) + 1) * scale; row++) {
      const from = (row * width + Number(x) * scale) * 4;
      for (let at = from; at < from + Number(length) * scale * 4; at += 4) pixels.fill(0, at, at + 3);
    }
  }
  return read(pixels, width, width)?.data;
}
