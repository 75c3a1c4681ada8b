import type { City } from '#engine/city.ts';
import type { Task } from '#engine/casework/index.ts';
import type { FactsView, ShownFact } from '#engine/console/index.ts';
import { calledIn, explainEntitlement, lookedAtOn, wordsOfPack } from '#engine/entitlement/index.ts';
import { say } from '#engine/kernel/index.ts';
import type { Locale } from '#engine/kernel/index.ts';
import { classesOpenTo, purposeOfTask } from '#engine/permission/index.ts';
import type { DataClass, Staff } from '#engine/permission/index.ts';
import { factsIn } from '#engine/population/index.ts';
import { dayNumber, dayText, factsUsed, seenFact } from '#engine/rules/index.ts';
import type { FactUsed } from '#engine/rules/index.ts';

export interface FactsAsked {
  /** Whether they have proved lately who they are. */
  readonly isProven: boolean;
  readonly locale: Locale;
  readonly through: string;
}

/** The facts that the service of a task reads, through the door, with what they come to. */
export async function factsOfTask(city: City, who: Staff, task: Task, { isProven, locale, through }: FactsAsked): Promise<FactsView> {
  const { service, subjectKey } = task;
  const classes = classesOpenTo(who, { ...task, open: task.state.kind !== 'done' });
  if (classes.length === 0) return { kind: 'denied' };
  const key = subjectKey === null ? undefined : city.personOf(subjectKey);
  if (service === null || key === undefined) return { kind: 'nothing-to-show' };
  if (classes.includes('sensitive') && !isProven && readsSensitive(city, service)) return { kind: 'prove-again' };
  const found = await city.decidePerson(who, purposeOfTask(task.kind), { key, through, service });
  if (found.kind !== 'decided') return { kind: found.kind === 'denied' ? 'denied' : 'nothing-to-show' };
  const one = found.entitlements.all.find((each) => each.service.id === service);
  if (!one) return { kind: 'nothing-to-show' };
  const words = { ...wordsOfPack(city.rules, locale, undefined), thing: calledIn(city.rules, found.world, locale) };
  const { answer, reasons } = explainEntitlement(one, words, (name) => name);
  const facts = factsUsed(one.trace, words).map((fact) => shownFact(city, fact, { classes, locale }));
  const isWhole = facts.every(({ state }) => state !== 'closed');
  return { kind: 'facts', facts, answer: isWhole ? { says: answer, reasons: reasons.map(({ says }) => says) } : undefined };
}

function readsSensitive(city: City, service: string): boolean {
  const sights = [...lookedAtOn(city.rules, dayNumber(city.today), new Set([service])).values()];
  return sights.flatMap((sight) => [...factsIn(sight)]).some((fact) => city.pack.facts.get(seenFact(fact).fact)?.dataClass === 'sensitive');
}

function shownFact({ pack }: City, { fact, name, value, state, provenance }: FactUsed, { classes, locale }: { readonly classes: readonly DataClass[]; readonly locale: Locale }): ShownFact {
  if (!classes.includes(pack.facts.get(fact)?.dataClass ?? 'sensitive')) return { name, value: undefined, state: 'closed', holder: undefined, observedOn: undefined };
  const holder = pack.departments.get(provenance?.holder ?? '');
  return { name, value, state, holder: holder && say(holder.name, locale), observedOn: provenance?.observedOn === undefined ? undefined : dayText(provenance.observedOn) };
}
