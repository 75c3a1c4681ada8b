import type { City } from '#engine/city.ts';
import { plainEntitlements } from '#engine/entitlement/index.ts';
import type { Locale } from '#engine/kernel/index.ts';
import { say as sayIn } from '#engine/kernel/index.ts';
import type { Person } from '#engine/record/index.ts';
import { choiceText } from '../account/view.ts';
import { departmentName } from './fact-view.ts';
import { factLabel, readLabel, valueWords } from './value.ts';

/** Everything that the city holds of a person, as one value: what the file holds and the page shows. */
export async function takeAlong(city: City, person: Person, name: string, locale: Locale) {
  const { record, rules, pack } = city;
  if (!record) return undefined;
  const held = await record.facts(person, { purpose: 'own-download', through: '/my/download', open: 'all' });
  const decided = await city.decidePerson(person, 'own-download', { key: person.id, through: '/my/download' });
  const { entries, money, accounts, accesses } = await record.holdings(person);
  const serviceName = (id: string): string => { const service = pack.services.get(id); return service ? sayIn(service.name, locale) : id; };
  return {
    city: sayIn(pack.plan.city, locale), asOf: city.today, person: { key: person.id, groups: person.subjects.slice(1), name },
    facts: (held?.facts ?? []).filter(({ value }) => value !== undefined).map(({ fact, no, value, from, standing, usedBy, holder }) => ({
      fact, label: factLabel(city, fact, locale), no, value: valueWords(city, fact, value, locale), exact: value ?? null, holder: departmentName(city, holder, locale) ?? null,
      from: from ? { feed: from.feed, department: departmentName(city, from.department, locale) ?? from.department, observedOn: from.observedOn, validFrom: from.validFrom } : null, standing: standing.kind, usedBy: usedBy.map(serviceName),
    })),
    entitlements: decided.kind === 'decided' ? plainEntitlements({ rules }, decided.entitlements, { locale, withTrace: false }).services : [],
    cases: entries.filter(({ kind }) => kind !== 'notice-given' && kind !== 'notice-replied'),
    notices: entries.filter(({ kind }) => kind === 'notice-given' || kind === 'notice-replied'),
    payments: money.map((line) => ({ ...line, name: serviceName(line.service) })),
    accounts: accounts.map((one) => ({ ...one, says: choiceText(one, locale) })),
    // Addresses as they are shown: whoever finds the file learns none.
    contact: (await city.contacts?.of(person)) ?? null,
    accesses: accesses.map(({ facts, ...look }) => ({ ...look, who: look.by.kind === 'department' ? departmentName(city, look.by.id, locale) : null, facts: facts.map((id) => readLabel(city, id, locale)) })),
  };
}
