import type { Service } from '#engine/pack/index.ts';
import { dayText } from '#engine/rules/index.ts';
import type { RuleBook } from '#engine/rules/index.ts';
import { SHOWN_AS_DEMO } from './decide.ts';
import { payersOn } from './split.ts';
import { standardOn } from './standard.ts';
import { isNoDocument } from './verify/item.ts';

/** What of a service in force is remembered, or was chosen for a demonstration, so that its figures are not real ones. */
export interface RestsOnDemo {
  /** A value that it reads. */
  readonly value: boolean;
  /** The words of one of its conditions: no document was read for them. */
  readonly rule: boolean;
  readonly payers: boolean;
}

/** The services that are decided on a day of law (yyyymmdd), each with what of it is for demonstration. */
export function demoOn(book: RuleBook, lawOn: number): ReadonlyMap<string, RestsOnDemo> {
  return new Map([...book.pack.services.values()].flatMap((service) => {
    const standard = standardOn(book, service, lawOn);
    return standard ? [[service.id, { value: standard.parameters.some(({ demo }) => demo), rule: hasRuleOfDemo(book, service, dayText(lawOn)), payers: payersOn(service, dayText(lawOn))?.some(({ confidence }) => SHOWN_AS_DEMO.has(confidence)) ?? false }] as const] : [];
  }));
}

function hasRuleOfDemo({ pack }: RuleBook, { standard = [] }: Service, day: string): boolean {
  return standard.filter(({ from, until }) => from <= day && (until === undefined || day <= until)).some(({ conditions }) => conditions.some(({ law }) => isNoDocument(pack, law)));
}

/** Whether who gets how much rests on it; who pays for it is another matter. */
export const isDemoStandard = (rests: RestsOnDemo | undefined): boolean => rests !== undefined && (rests.value || rests.rule);
