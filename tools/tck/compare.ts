import { form } from '#engine/rules/index.ts';

/** The kit writes irrational numbers with eight decimals; nearer than that is the same. */
const NEAR: form.Decimal = { kind: 'number', units: 1n, scale: 8 };

/** Whether an answer is what the kit expects: same kind, same value, the same zone or none. */
export function isSame(expected: form.FormValue, actual: form.FormValue): boolean {
  if (expected === null || actual === null || typeof expected !== 'object' || typeof actual !== 'object') return expected === actual;
  if (expected.kind === 'number' && actual.kind === 'number') return isNear(expected, actual);
  if (expected.kind === 'list' && actual.kind === 'list') return expected.items.length === actual.items.length && expected.items.every((item, at) => isSame(item, actual.items[at] ?? null));
  if (expected.kind === 'context' && actual.kind === 'context') return expected.entries.size === actual.entries.size && [...expected.entries].every(([key, value]) => actual.entries.has(key) && isSame(value, actual.entries.get(key) ?? null));
  return expected.kind === actual.kind && form.equal(expected, actual) === true;
}

function isNear(a: form.Decimal, b: form.Decimal): boolean {
  const [left, right, scale] = form.aligned(a, b);
  const [apart] = form.aligned({ kind: 'number', units: left < right ? right - left : left - right, scale }, NEAR);
  const [, near] = form.aligned({ kind: 'number', units: left < right ? right - left : left - right, scale }, NEAR);
  return apart < near;
}
