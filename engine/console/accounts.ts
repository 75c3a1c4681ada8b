import { render } from '#engine/kernel/index.ts';
import type { Locale } from '#engine/kernel/index.ts';
import { isRole, nameOfRole } from '#engine/permission/index.ts';
import type { Staff } from '#engine/permission/index.ts';
import { CONSOLE_MESSAGES } from './entry.ts';

/** Accounts of staff, as those who make them work with them and whoever watches over both reads them. */
export interface Accounts {
  /** Undefined: they are not theirs to read. */
  list(who: Staff): Promise<AccountList | undefined>;
  /** Makes, takes back or closes one. `provenAt`: when they last proved who they are. */
  act(who: Staff, command: AccountCommand, provenAt: string): Promise<AccountDone | AccountProblem>;
}

export interface AccountList {
  readonly accounts: readonly AccountLine[];
  /** The last things that were done with accounts, the newest first. */
  readonly events: readonly AccountEntry[];
  readonly mayManage: boolean;
}

export interface AccountLine extends NewMember {
  readonly isTest: boolean;
  /** Null: they have not chosen a password yet, or it was taken back. */
  readonly enrolledAt: string | null;
  readonly disabledAt: string | null;
}

/** What happened to an account; who did it is told by name. */
export interface AccountEntry {
  readonly account: string;
  readonly kind: string;
  readonly at: string;
  readonly by: string;
}

/** What a new account is made of; no area: the whole city. */
export interface NewMember {
  readonly id: string;
  readonly name: string;
  readonly department: string;
  readonly areas: readonly string[];
  readonly roles: readonly string[];
}

export type AccountCommand = ({ readonly do: 'add' } & NewMember) | { readonly do: 'reset' | 'disable'; readonly id: string };

/** `enrol`: the code with which somebody sets up their account; it is told this once. */
export type AccountDone = { readonly kind: 'enrol'; readonly id: string; readonly code: string; readonly until: string } | { readonly kind: 'disabled' };

/** Why nothing was done. `own-account`: nobody takes back or closes their own. */
export type AccountProblem =
  | { readonly kind: 'not-allowed' | 'prove-again' | 'own-account' | 'id-wrong' | 'name-wrong' | 'roles-missing' }
  | { readonly kind: 'account-exists' | 'account-unknown' | 'account-test' }
  | { readonly kind: 'department-unknown' | 'area-unknown' | 'role-unknown'; readonly value: string }
  /** One person would have both. */
  | { readonly kind: 'roles-apart'; readonly one: string; readonly other: string };

/** Why nothing was done with an account, in words, and what to do. */
export function describeAccountProblem(problem: AccountProblem, locale: Locale): string {
  const messages = CONSOLE_MESSAGES[locale];
  const role = (id: string): string => (isRole(id) ? nameOfRole(id, locale) : id);
  switch (problem.kind) {
    case 'not-allowed': return render(messages, 'refusal.not-allowed');
    case 'roles-apart': return render(messages, 'account.roles-apart', { one: role(problem.one), other: role(problem.other) });
    case 'department-unknown': case 'area-unknown': case 'role-unknown': case 'prove-again': case 'own-account': case 'id-wrong': case 'name-wrong': case 'roles-missing': case 'account-exists': case 'account-unknown': case 'account-test': return render(messages, `account.${problem.kind}`);
    default: return problem satisfies never;
  }
}
