import { z } from 'zod';
import type { CalendarDate } from '#engine/kernel/index.ts';

/** An account at a bank that somebody has named as their own. `number`: digits alone. */
export const BANK_ACCOUNT = z.strictObject({ bank: z.string(), number: z.string() });
export type BankAccount = z.output<typeof BANK_ACCOUNT>;

/** The same as somebody typed it; `isPassbook`: they say that it is a passbook's, not a card's. */
export const TYPED_ACCOUNT = z.strictObject({ ...BANK_ACCOUNT.shape, isPassbook: z.boolean() });
export type TypedAccount = z.output<typeof TYPED_ACCOUNT>;

/** To where the money of a person goes. The number of a social security card is not known to us: the treasury's own register holds it. */
export type PayTo = { readonly kind: 'social-security-card' } | (BankAccount & { readonly kind: 'bank-account' });

/** What somebody chose, as they see it: of the number no more than its end. */
export type OwnChoice = { readonly number: number; readonly chosenOn: CalendarDate } & ({ readonly kind: 'social-security-card' } | { readonly kind: 'bank-account'; readonly bank: string; readonly lastFour: string });

/** To where the money of one person goes and once went. */
export interface OwnPayTo {
  /** Whose it is. */
  readonly subject: string;
  /** The newest first: it is the one in force. None: the social security card. */
  readonly choices: readonly OwnChoice[];
}

/** For so many minutes after somebody has proved who they are they may say where their money goes. */
export const CHOOSE_PROVEN_MINUTES = 10;

/** Characters that the name of a bank and its branch may have. */
export const MOST_BANK = 40;
/** Digits that an account of a person has: passbooks from 9 on, a card 16 to 19. */
const DIGITS = { least: 9, most: 30 } as const;
const CARD_DIGITS = { least: 16, most: 19 } as const;

export const ACCOUNT_MISTAKES = ['bank-missing', 'bank-long', 'number-missing', 'number-not-digits', 'number-length', 'number-mistyped'] as const;
export type AccountMistake = (typeof ACCOUNT_MISTAKES)[number];

/**
 * An account from what was typed: spaces and dashes between digits fall away, digits may be full-width.
 *
 * A number as long as a card's must have the check digit of a card (Luhn): a slip of one digit would send the money back
 * or to somebody else. Numbers of passbooks have none, and some are as long as a card's: one of another length, and one of
 * which they say that it is a passbook's, is taken as it is.
 */
export function readAccount(typed: TypedAccount): BankAccount | AccountMistake {
  const bank = typed.bank.normalize('NFC').trim();
  const number = digitsOf(typed.number);
  if (bank === '') return 'bank-missing';
  if (bank.length > MOST_BANK) return 'bank-long';
  if (number === '') return 'number-missing';
  if (!/^\d+$/.test(number)) return 'number-not-digits';
  if (number.length < DIGITS.least || number.length > DIGITS.most) return 'number-length';
  return !typed.isPassbook && isLongAsCard(number) && !holdsLuhn(number) ? 'number-mistyped' : { bank, number };
}

/** Whether a number is checked by its own digits; in any other nothing but a second look finds a slip. */
export function isCardNumber(number: string): boolean {
  return isLongAsCard(number) && holdsLuhn(number);
}

/** What of a number is shown. */
export function lastFourOf(number: string): string {
  return number.slice(-4);
}

function isLongAsCard(number: string): boolean {
  return number.length >= CARD_DIGITS.least && number.length <= CARD_DIGITS.most;
}

function digitsOf(typed: string): string {
  return typed.normalize('NFKC').replaceAll(/[\s-]/g, '');
}

/** ISO/IEC 7812-1: from the right each second digit doubled, the sum of all digits a multiple of ten. */
function holdsLuhn(number: string): boolean {
  let sum = 0;
  for (let at = 0; at < number.length; at++) {
    const one = Number(number.at(-1 - at)) * (at % 2 === 1 ? 2 : 1);
    sum += one > 9 ? one - 9 : one;
  }
  return sum % 10 === 0;
}
