import type { City } from '#engine/city.ts';
import { wordsOfPack } from '#engine/entitlement/index.ts';
import { parseDate, parseDecimal } from '#engine/kernel/index.ts';
import type { Decimal, Locale } from '#engine/kernel/index.ts';
import type { Stated } from '#engine/record/index.ts';
import { receivesFact } from '#engine/rules/index.ts';
import { day, figure } from '../../../format.ts';
import { wordsOf } from '../../../words.ts';
import type { MessageId } from '../../../words.ts';

/** What a fact is called: whether a service is received by the service. */
export function factLabel({ rules }: Pick<City, 'rules'>, fact: string, locale: Locale): string {
  const label = wordsOfPack(rules, locale, undefined).fact(fact);
  return [...rules.pack.services.keys()].some((id) => receivesFact(id) === fact) ? wordsOf(locale)('record.receives', { service: label }) : label;
}

/** What of the city's own books is read beside facts: grants, payments and what else was done for somebody. */
const BOOKS: Readonly<Record<string, MessageId>> = {
  benefit_grant: 'record.read.grants', ledger_line: 'record.read.ledger', notice: 'record.read.notices', pay_account: 'record.read.account', payment_item: 'record.read.payments',
  reconsideration: 'record.read.reconsideration', recovery: 'record.read.debts', task: 'record.read.tasks',
};

/** What was read, in words: facts by their labels, links by theirs, and what stands in the books of the city. */
export function readLabel(city: Pick<City, 'rules'>, id: string, locale: Locale): string {
  const book = BOOKS[id];
  if (book !== undefined) return wordsOf(locale)(book);
  return city.rules.vocabulary.schema.links.has(id) ? wordsOfPack(city.rules, locale, undefined).link(id) : factLabel(city, id, locale);
}

/** A stated value in words: the label of a code, a day, a number with its unit, yes or no. */
export function valueWords({ rules }: Pick<City, 'rules'>, id: string, value: Stated | undefined, locale: Locale): string {
  const t = wordsOf(locale);
  const type = rules.vocabulary.schema.facts.get(id)?.type;
  if (value === undefined || !type) return t('record.unknown');
  if (value.is === 'none') return t('record.none');
  const { text } = value;
  switch (type.kind) {
    case 'boolean': return t(text === 'true' ? 'record.yes' : 'record.no');
    case 'code': return wordsOfPack(rules, locale, undefined).code(type.list, text);
    case 'date': { const date = parseDate(text); return date ? day(date, locale) : text; }
    case 'number': {
      const unit = unitOf({ rules }, id, locale);
      const exact = parseDecimal(text);
      return `${exact ? figure(whole(exact)) : text}${unit === undefined ? '' : ` ${unit}`}`;
    }
    case 'text': return text;
    default: return type satisfies never;
  }
}

/** The unit in which a fact is told. */
export function unitOf({ rules: { pack } }: Pick<City, 'rules'>, id: string, locale: Locale): string | undefined {
  const fact = pack.facts.get(id);
  const unit = fact?.unit === undefined ? undefined : pack.units.get(fact.unit);
  return unit?.[locale];
}

/** A sum without cents that are none. */
function whole({ units, scale }: Decimal): Decimal {
  const one = 10 ** scale;
  return units % one === 0 ? { units: units / one, scale: 0 } : { units, scale };
}
