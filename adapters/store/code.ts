import { createHash } from 'node:crypto';
import type { Random } from '#engine/ports.ts';

/** Letters that are not mistaken for one another on paper; 32 of them, so that each stands for five bits. */
const LETTERS = 'ABCDEFGHJKMNPQRSTUVWXYZ123456789';
const LENGTH = 10;

/** Ten letters, fifty bits, that nobody can foresee. */
export function newLetters(random: Random): string {
  return [...random(LENGTH)].map((byte) => LETTERS[byte % LETTERS.length]).join('');
}

/** A code that people read to one another, told once. */
export function newCode(random: Random): string {
  const letters = newLetters(random);
  return `${letters.slice(0, 5)}-${letters.slice(5)}`;
}

/** What the store knows a code by; however it is typed, it is the same. */
export function codeHash(code: string): string {
  return createHash('sha256').update(code.toUpperCase().replaceAll(/[^A-Z0-9]/g, '')).digest('hex');
}
