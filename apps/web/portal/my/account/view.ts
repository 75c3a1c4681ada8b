import type { City } from '#engine/city.ts';
import { say } from '#engine/kernel/index.ts';
import type { Locale } from '#engine/kernel/index.ts';
import { accountInForce, sumsOfMine } from '#engine/mine/index.ts';
import type { Affairs, OwnChoice, OwnPayTo } from '#engine/mine/index.ts';
import { numeral } from '#engine/rules/index.ts';
import { day } from '../../../format.ts';
import { wordsOf } from '../../../words.ts';

/** Where money goes, in words: of an account the bank and the end of its number. */
export function choiceText(choice: OwnChoice | undefined, locale: Locale): string {
  const t = wordsOf(locale);
  return choice?.kind === 'bank-account' ? t('my.account.of-bank', { bank: choice.bank, last: choice.lastFour }) : t('my.account.card');
}

/** The same for a payment, which names the choice; one that is not there any more was the person's own too. */
export function accountText({ choices }: OwnPayTo, account: number | null, locale: Locale): string {
  const found = choices.find(({ number }) => number === account);
  return account !== null && !found ? wordsOf(locale)('my.account.some') : choiceText(found, locale);
}

/** Where the money of somebody goes, what still goes elsewhere, what waits for it, and what they chose before. */
export function accountView(city: City, affairs: Affairs, payTo: OwnPayTo, locale: Locale) {
  const [now, ...before] = payTo.choices;
  const nameOf = (service: string): string => { const found = city.pack.services.get(service); return found ? say(found.name, locale) : service; };
  const elsewhere = sumsOfMine(affairs).filter(({ subject, stage, account }) => subject === payTo.subject && (stage === 'prepared' || stage === 'approved') && account !== accountInForce(affairs));
  return {
    kind: now?.kind ?? 'social-security-card', to: choiceText(now, locale), since: now && day(now.chosenOn, locale),
    going: elsewhere.map(({ service, stage, amountFen, account }, at) => ({ at: `${service} ${stage} ${at}`, service: nameOf(service), amount: numeral(amountFen, 2), to: accountText(payTo, account ?? null, locale) })),
    held: affairs.grants.filter(({ subject, grant }) => subject === payTo.subject && grant.held === 'account').map(({ service }) => ({ id: service, name: nameOf(service) })),
    before: before.map((one) => ({ number: one.number, to: choiceText(one, locale), on: day(one.chosenOn, locale) })),
  };
}

/** Whether money of theirs waits for an account, of a service or of any. */
export function waitsForAccount({ grants, payTo }: Affairs, service?: string): boolean {
  return payTo !== undefined && grants.some((one) => one.subject === payTo.subject && one.grant.held === 'account' && (service === undefined || one.service === service));
}
