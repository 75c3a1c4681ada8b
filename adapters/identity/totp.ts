import { createHmac, timingSafeEqual } from 'node:crypto';

/*
 * Codes by time (RFC 6238): what the application on a telephone shows, from a key that it and we hold. SHA-1, thirty
 * seconds and six digits are what every such application reads.
 */

const STEP_SECONDS = 30;
/** How many steps a telephone's clock may be off, to both sides. */
const MOST_STEPS_OFF = 1;
export const TOTP_SECRET_BYTES = 20;
const DIGITS = 6;

/** The code of a step of time. */
export function codeOf(secret: Uint8Array, step: number, digits = DIGITS): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', secret).update(counter).digest();
  const at = (mac.at(-1) ?? 0) & 0xf;
  return String((mac.readUInt32BE(at) & 0x7fff_ffff) % 10 ** digits).padStart(digits, '0');
}

/** The step in which an instant lies, in seconds since 1970. */
export function stepAt(seconds: number): number {
  return Math.floor(seconds / STEP_SECONDS);
}

/** The step whose code this is, among those around an instant that come after a step; undefined where it is none of them. */
export function stepOfCode(secret: Uint8Array, code: string, { seconds, after }: { readonly seconds: number; readonly after: number }): number | undefined {
  const typed = code.replaceAll(/\s/g, '');
  if (!/^\d{6}$/.test(typed)) return undefined;
  const now = stepAt(seconds);
  const steps = Array.from({ length: 2 * MOST_STEPS_OFF + 1 }, (_, index) => now - MOST_STEPS_OFF + index);
  return steps.filter((step) => step > after).find((step) => timingSafeEqual(Buffer.from(codeOf(secret, step)), Buffer.from(typed)));
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Bytes as people type them into such an application: base 32 of RFC 4648 without the filling. */
export function base32(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{1,5}/g) ?? []).map((five) => ALPHABET[Number.parseInt(five.padEnd(5, '0'), 2)]).join('');
}

/** The address that such an application reads from a picture. */
export function totpAddress(secret: Uint8Array, { issuer, account }: { readonly issuer: string; readonly account: string }): string {
  return `otpauth://totp/${encodeURIComponent(issuer)}:${encodeURIComponent(account)}?secret=${base32(secret)}&issuer=${encodeURIComponent(issuer)}&algorithm=SHA1&digits=${DIGITS}&period=${STEP_SECONDS}`;
}
