import { parseDate, partsOf, render, say } from '#engine/kernel/index.ts';
import type { CalendarDate, Locale } from '#engine/kernel/index.ts';
import type { Pack } from '#engine/pack/index.ts';
import { numeral } from '#engine/rules/index.ts';
import { REMEDY_MESSAGES } from './messages.ts';

/** How values stand in a file that is attached: as notices and entries of a case ask for them. */
export interface FileWriting {
  readonly locale: Locale;
  /** Where somebody is known to have none. */
  readonly none: string;
  readonly fen: (fen: number) => string;
  /** A month as `yyyymm`. */
  readonly month: (month: number) => string;
  /** A day as `yyyy-mm-dd`; a text that is none stays. */
  readonly day: (day: CalendarDate | string) => string;
  readonly department: (id: string) => string;
  readonly fact: (id: string) => string;
  readonly service: (id: string) => string;
}

/** How a pack's values are written in a language. */
export function fileWriting({ departments, facts, services }: Pick<Pack, 'departments' | 'facts' | 'services'>, locale: Locale): FileWriting {
  const words = (key: string, values: Readonly<Record<string, string | number>>): string => render(REMEDY_MESSAGES[locale], key, values);
  return {
    locale,
    none: words('written.none', {}),
    fen: (fen) => words('written.fen', { amount: numeral(fen, 2) }),
    month: (month) => words('written.month', { year: Math.floor(month / 100), month: String(month % 100).padStart(2, '0') }),
    day: (text) => { const date = parseDate(text); return date ? words('written.day', { ...partsOf(date) }) : text; },
    department: (id) => { const found = departments.get(id); return found ? say(found.name, locale) : id; },
    fact: (id) => { const found = facts.get(id); return found ? say(found.label, locale) : id; },
    service: (id) => { const found = services.get(id); return found ? say(found.name, locale) : id; },
  };
}
