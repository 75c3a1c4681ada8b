import { serviceIn, setValue } from '#engine/pack/index.ts';
import type { Service } from '#engine/pack/index.ts';
import { dayBefore } from '#engine/rules/index.ts';
import { asText } from './value.ts';

type Payer = Exclude<Service['payers'], 'unfilled'>[number];

/** Who pays from a day on, and on whose word. */
export interface NewPayers {
  readonly from: string;
  readonly shares: readonly Pick<Payer, 'level' | 'of' | 'shareBp'>[];
  readonly source: string;
  readonly confidence: Payer['confidence'];
}

/** The text of a service’s file with new payers from a day on; those of before end the day before it, those of later days go. */
export function layPayers(text: string, file: string, { from, shares, source, confidence }: NewPayers): string {
  const { payers } = serviceIn(file, text);
  const kept = (payers === 'unfilled' ? [] : payers).filter((one) => one.from < from).map((one): Line => ({ ...one, until: one.until !== undefined && one.until < from ? one.until : dayBefore(from) }));
  const lines = [...kept, ...shares.map((one): Line => ({ ...one, from, until: undefined, source, confidence }))];
  // Where there were some, the new lines stand as far in as those did.
  const indent = / *(?=- )/.exec(payers === 'unfilled' ? '' : (text.slice(text.search(/^payers:/m)).split('\n')[1] ?? ''))?.[0] ?? '';
  return setValue(text, ['payers'], lines.map(written).join(`\n${indent}`));
}

type Line = Omit<NewPayers, 'shares'> & Pick<Payer, 'level' | 'of' | 'shareBp'> & { readonly until: string | undefined };

function written({ level, of, shareBp, from, until, source, confidence }: Line): string {
  return `- {level: ${level}, of: ${of}, share-bp: ${shareBp}, from: ${asText(from)}${until === undefined ? '' : `, until: ${asText(until)}`}, source: ${source}, confidence: ${confidence}}`;
}
