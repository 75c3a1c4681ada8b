/** Type ids of PostgreSQL whose default JavaScript form is wrong for us, and the one form both adapters give. */
export const VALUE_PARSERS: Readonly<Record<number, (text: string) => unknown>> = {
  20: parseInteger,
  1082: (text) => text,
  1114: (text) => text,
  // oxlint-disable-next-line no-restricted-globals -- reads a text, not the clock
  1184: (text) => new Date(text).toISOString(),
  1700: (text) => text,
};

/** A bigint column as a number; beyond 2^53 - 1 a fault, never rounding. */
function parseInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError('an integer of the store is beyond 2^53');
  return value;
}
