import type { Locale } from '#engine/kernel/index.ts';

/** What the vocabulary of a pack calls things, in one language. Explanations take every word that is not grammar from here. */
export interface Words {
  readonly locale: Locale;
  readonly fact: (id: string) => string;
  readonly link: (id: string) => string;
  readonly service: (id: string) => string;
  /** A definition, parameter or decision table. */
  readonly origin: (kind: 'definition' | 'parameter' | 'table', id: string) => string;
  readonly code: (list: string, code: string) => string;
  /** What stands after a number of a unit (`yuan`, `months`), or undefined where nothing does. */
  readonly unit: (unit: string) => string | undefined;
  /** Who holds a fact, by the vocabulary, or undefined where the plan does not say. */
  readonly holder: (fact: string) => string | undefined;
  /** What a clause asks for, in the rule's own words, or undefined where it has none. */
  readonly clause: (service: string, clause: string) => string | undefined;
  /** What a thing other than the subject is called ("the second member"), or undefined to leave it unsaid. */
  readonly thing: (entity: string, place: number) => string | undefined;
}

/** A whole number of units of 10^-scale with thousands separators; a fraction stands only where there is one, of two digits at least where there may be two: 1,755 and 1,462.50. */
export function numeral(units: number, scale: number): string {
  const digits = String(Math.abs(units)).padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale).replaceAll(/\B(?=(\d{3})+$)/g, ',');
  const rest = digits.slice(digits.length - scale);
  const exact = rest.replace(/0+$/, '');
  const fraction = exact === '' || scale < 2 ? exact : exact.padEnd(2, '0');
  return `${units < 0 ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

/** A number that nothing says the unit of. Four digits of it may be a year, so they are not parted: 2026, but 12,026. */
export function bareNumeral(units: number, scale: number): string {
  return scale === 0 && Math.abs(units) < 10_000 ? String(units) : numeral(units, scale);
}
