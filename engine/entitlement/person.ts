import { render, say } from '#engine/kernel/index.ts';
import type { Locale } from '#engine/kernel/index.ts';
import type { Service } from '#engine/pack/index.ts';
import { sightsOf, unionOfSights } from '#engine/population/index.ts';
import type { PersonWorld, Sight, Seeing } from '#engine/population/index.ts';
import { dayNumber, dayText, readyRules } from '#engine/rules/index.ts';
import type { Change, Expr, ReadyRules, Rule, RuleBook, Words } from '#engine/rules/index.ts';
import { OneAnswer, whenChangesIn, whenEndsIn } from './decide.ts';
import type { Entitlement, Entitlements } from './decide.ts';
import { screened } from './screening.ts';
import { ENTITLEMENT_MESSAGES } from './messages.ts';

/** Rules compiled for a day, with what they look at of a person. */
interface ReadyDay {
  readonly ready: ReadyRules;
  readonly sights: ReadonlyMap<string, Sight>;
  readonly book: RuleBook;
  readonly rules: readonly Rule[];
}

const days = new WeakMap<RuleBook, Map<number, ReadyDay>>();
/** Days of law that are kept compiled: a little over a megabyte each. */
const MOST_DAYS = 8;

/** `plain` as the law lets it look at people (`screened`): one person is decided as everybody is. */
function readyOn(plain: RuleBook, lawOn: number): ReadyDay {
  const known = days.get(plain) ?? new Map<number, ReadyDay>();
  days.set(plain, known);
  const found = known.get(lawOn);
  if (found) return found;
  const book = screened(plain);
  const rules = book.rulesAt(lawOn);
  const made = { book, rules, ready: readyRules(book.vocabulary.schema, lawOn, rules), sights: looked(book, rules) };
  const [oldest] = known.keys();
  if (oldest !== undefined && known.size >= MOST_DAYS) known.delete(oldest);
  known.set(lawOn, made);
  return made;
}

function seeing({ service, subject, clauses, amount }: Rule): Seeing<Expr> {
  return { service, subject, parts: [...clauses.map(({ when }) => when), ...(amount ? [amount] : [])] };
}

function looked({ vocabulary: { schema } }: RuleBook, rules: readonly Rule[], only?: ReadonlySet<string>): ReadonlyMap<string, Sight> {
  return sightsOf(schema, rules.map(seeing), ({ node }: Expr) => node, only);
}

/** What the rules of a day of law (yyyymmdd) look at, by the subject of the services: what has to be opened of a person to decide; `only` some services, where not all are asked about. */
export function lookedAtOn(plain: RuleBook, lawOn: number, only?: ReadonlySet<string>): ReadonlyMap<string, Sight> {
  const { book, rules, sights } = readyOn(plain, lawOn);
  return only ? looked(book, rules, only) : sights;
}

/** The same with what the standards look at that begin within five years: how far `whenPersonChanges` looks ahead. */
export function lookedAtFrom(plain: RuleBook, lawOn: number, only?: ReadonlySet<string>): ReadonlyMap<string, Sight> {
  const book = screened(plain);
  const { schema } = book.vocabulary;
  const [today, last] = [dayText(lawOn), dayText(lawOn + 5 * 10_000)];
  const coming = [...new Set([...book.pack.services.values()].flatMap(({ standard = [] }) => standard.flatMap(({ from }) => (from > today && from <= last ? [from] : []))))];
  const all = [lookedAtOn(plain, lawOn, only), ...coming.map((day) => looked(book, book.rulesAt(dayNumber(day)), only))];
  return new Map([...schema.entities.keys()].map((entity) => [entity, unionOfSights(all.flatMap((one) => one.get(entity) ?? []))]));
}

/**
 * What a person is entitled to on a day of law (yyyymmdd): the services about the person, and those about the groups
 * that the person is in. The world must hold what `lookedAtOn` names for that day.
 *
 * They are the answers of a run over everybody, for the same facts are read by the same right: what nobody has signed for
 * is missing, and says so. Whoever tells their facts themselves is decided by `decideOne`.
 *
 * A service about anything else, or about a group that the person is in none of, is beyond.
 */
export function decidePerson(book: RuleBook, world: PersonWorld, lawOn: number): Entitlements {
  const { ready } = readyOn(book, lawOn);
  const answer = new OneAnswer(book, lawOn, NOTHING);
  const traces = answer.tracesOf(ready.memoOf(world.situation));
  const all: Entitlement[] = [];
  const beyond: Service[] = [];
  for (const rule of ready.rules) {
    const record = book.pack.services.get(rule.service);
    const place = rule.subject === world.entity ? world.place : world.groups.get(rule.subject);
    if (record && place !== undefined) all.push(answer.entitlement(record, traces.of(rule, place)));
    else if (record) beyond.push(record);
  }
  return { lawOn, all, steps: answer.steps, beyond };
}

const NOTHING: ReadonlySet<string> = new Set();

/** The first day within five years on which time alone changes a refusal of a person; the world must hold what `lookedAtFrom` names. */
export function whenPersonChanges(book: RuleBook, { situation }: PersonWorld, one: Entitlement): Change | undefined {
  return whenChangesIn(screened(book), () => situation, one);
}

/** The first day within five years on which time alone ends what a person has, or makes it another amount; the world must hold what `lookedAtFrom` names. */
export function whenPersonLoses(book: RuleBook, { situation }: PersonWorld, one: Entitlement): Change | undefined {
  return whenEndsIn(screened(book), () => situation, one);
}

/** What the others in a person's world are called: by the link that joins them to the person, else by the group that they share. */
export function calledIn({ pack, vocabulary: { schema } }: RuleBook, { situation, entity, place: self }: PersonWorld, locale: Locale): Words['thing'] {
  const [person, ...others] = [situation.get(entity)?.[self], ...(situation.get(entity) ?? [])];
  const label = (link: string): string => { const found = pack.entities.get(link); return found ? say(found.label, locale) : link; };
  const called = new Map<number, string>();
  for (const [link, targets] of person?.links ?? []) if (schema.links.get(link)?.to === entity) for (const target of targets) if (!called.has(target)) called.set(target, label(link));
  for (const [link, [group]] of person?.links ?? []) {
    if (schema.links.get(link)?.kind !== 'grouping') continue;
    others.forEach((other, at) => { if (!called.has(at) && other?.links.get(link)?.[0] === group) called.set(at, render(ENTITLEMENT_MESSAGES[locale], 'called.member', { group: label(link), number: at + 1 })); });
  }
  called.delete(self);
  return (of, place) => (of === entity ? called.get(place) : undefined);
}
