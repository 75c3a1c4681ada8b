import { create } from 'qrcode';

/** A QR code as one path over a square of `size` units, its quiet zone included; one unit is one module. */
export interface QrCode {
  readonly size: number;
  readonly path: string;
}

/** Modules of nothing around the code; the standard asks for four. */
const QUIET = 4;
/** Up to so many characters a code still stands damage to a seventh of it; beyond, to a fourteenth, so that its modules stay large on paper. */
const SHORT = 400;

/** The QR code that holds a text: for a phone or the scanner of a counter. */
export function qrCode(text: string): QrCode {
  const { modules } = create(text, { errorCorrectionLevel: text.length > SHORT ? 'L' : 'M' });
  const { size, data } = modules;
  const runs: string[] = [];
  for (let row = 0; row < size; row++) {
    for (let from = 0; from < size; ) {
      let to = from;
      while (to < size && data[row * size + to] === 1) to++;
      if (to > from) runs.push(`M${from + QUIET} ${row + QUIET}h${to - from}v1h-${to - from}z`);
      from = to + 1;
    }
  }
  return { size: size + 2 * QUIET, path: runs.join('') };
}
