import { sql } from 'kysely';
import { caseStream } from '#engine/casework/index.ts';
import type { Json, NoticeValues } from '#engine/casework/index.ts';
import { BANK_ACCOUNT, lastFourOf } from '#engine/mine/index.ts';
import type { BankAccount, OwnChoice, PayTo } from '#engine/mine/index.ts';
import type { Principal } from '#engine/ports.ts';
import type { Session } from './database.ts';
import { ACCOUNT_WRONG, grantEvents, grantId, putChanged, storedOf } from './grant.ts';
import type { GrantRow } from './grant.ts';
import { appendEvents } from './log.ts';
import type { Append } from './log.ts';
import { dateOf } from './read-model.ts';
import { tasksDone } from './task.ts';
import type { Vault } from './vault.ts';
import type { WishDoor } from './wish.ts';

/** The kind of the stream in which choices stand. */
export const ACCOUNT_CASE = 'account';
/** What whoever names an account gives their word for. */
const OWN_NAME = 'own-name';
const INDEX = 'pay-account';
export const choicePlace = (subject: string, sequence: number): string => `pay-account/${subject}/${sequence}`;

type Person = Extract<Principal, { kind: 'person' }>;

/**
 * To where the money of a person goes from now on, said by themselves; they are told of it, and what was held because of
 * the account is free again. The account that is in force already changes nothing; false then.
 */
export async function choosePayTo({ database, vault, by }: WishDoor, { id, ...owner }: Person, to: PayTo, told: NoticeValues): Promise<boolean> {
  return database.write({ id, ...owner }, 'choose an account', async (session) => {
    if (await isInForce(session, vault, id, to)) return false;
    const stamp = { ...by, actor: id };
    const about = { stream: caseStream(ACCOUNT_CASE, id), subjectKey: id, householdKey: null };
    const given: Json = { noticeKind: 'account', template: 'notice.account', values: told, service: null, respondBy: null };
    const [chosen] = await appendEvents(session, vault, [{ ...about, kind: 'account-chosen', payload: { to: to.kind, ...(to.kind === 'bank-account' ? { promised: OWN_NAME } : {}) } }, { ...about, kind: 'notice-given', payload: given }], stamp);
    const sequence = chosen?.sequence ?? 0;
    const plain = to.kind === 'bank-account' ? new TextEncoder().encode(JSON.stringify({ bank: to.bank, number: to.number } satisfies BankAccount)) : null;
    const sealed = plain && { body: base64(vault.seal(plain, choicePlace(id, sequence))), number_index: base64(indexOfChoice(vault, plain)) };
    const row = { subject_key: id, sequence, chosen_at: by.at, ...sealed };
    await sql`select minsheng.put_pay_accounts((${JSON.stringify([row])}::text)::jsonb)`.execute(session);
    await freeHeld(session, { vault, stamp }, id);
    return true;
  });
}

/** Frees what waited for the account of somebody, and closes what departments had to do about it. */
async function freeHeld(session: Session, { vault, stamp }: { readonly vault: Vault; readonly stamp: Parameters<typeof appendEvents>[3] }, subject: string): Promise<void> {
  const { rows } = await sql<GrantRow>`select * from benefit_grant where subject_key = ${subject} and held = ${ACCOUNT_WRONG} order by service`.execute(session);
  const held = rows.map(storedOf);
  if (held.length === 0) return;
  const changes = held.map(({ service, household }) => ({ service, subject, household, events: [{ kind: 'freed' } as const] }));
  const done: readonly Append[] = await tasksDone(session, 'account', held, 'account-corrected');
  await putChanged(session, changes, new Map(held.map((one) => [grantId(one), one])), await appendEvents(session, vault, [...done, ...changes.flatMap(grantEvents)], stamp));
}

async function isInForce(session: Session, vault: Vault, subject: string, to: PayTo): Promise<boolean> {
  const row = await session.selectFrom('pay_account').select(['sequence', 'body']).where('subject_key', '=', subject).orderBy('sequence', 'desc').limit(1).executeTakeFirst();
  if (!row?.body) return to.kind === 'social-security-card';
  const there = opened(vault, subject, row.sequence, row.body);
  return to.kind === 'bank-account' && there.number === to.number && there.bank === to.bank;
}

/** What somebody chose, the newest first, as far as the principal may see it. Days are those of a time zone. */
export async function choicesOf(session: Session, vault: Vault, subject: string, zone: string): Promise<readonly OwnChoice[]> {
  const { rows } = await sql<{ sequence: number; on: string; body: Uint8Array | null }>`
    select sequence, to_char(chosen_at at time zone ${zone}, 'YYYY-MM-DD') as on, body from pay_account where subject_key = ${subject} order by sequence desc`.execute(session);
  return rows.map(({ sequence, on, body }): OwnChoice => {
    const about = { number: sequence, chosenOn: dateOf(on) };
    if (!body) return { ...about, kind: 'social-security-card' };
    const { bank, number } = opened(vault, subject, sequence, body);
    return { ...about, kind: 'bank-account', bank, lastFour: lastFourOf(number) };
  });
}

/** The choice in force of each of these subjects that has chosen an account at a bank. */
export async function choicesInForce(session: Session, subjects: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ subject_key: string; sequence: number }>`
    select subject_key, sequence from (
      select distinct on (subject_key) subject_key, sequence, body is not null as banked from pay_account where subject_key = any (${[...subjects]}::text[]) order by subject_key, sequence desc) newest
    where banked`.execute(session);
  return new Map(rows.map((row) => [row.subject_key, row.sequence]));
}

/** Which choice of whom. */
export interface ChoiceName {
  readonly subject: string;
  readonly account: number;
}

/** The accounts of these choices in the clear, by `nameOfChoice`: for what goes to the bank, and for nothing else. */
export async function openChoices(session: Session, vault: Vault, names: readonly ChoiceName[]): Promise<ReadonlyMap<string, BankAccount>> {
  const { rows } = await sql<{ subject_key: string; sequence: number; body: Uint8Array }>`
    select subject_key, sequence, body from pay_account join unnest(${names.map(({ subject }) => subject)}::text[], ${names.map(({ account }) => account)}::integer[]) as wanted (subject_key, sequence) using (subject_key, sequence)
    where body is not null`.execute(session);
  return new Map(rows.map((row) => [nameOfChoice({ subject: row.subject_key, account: row.sequence }), opened(vault, row.subject_key, row.sequence, row.body)]));
}

export const nameOfChoice = ({ subject, account }: ChoiceName): string => `${subject}\n${account}`;

/** An account to which the money of several people goes. */
export interface SharedAccount {
  readonly subjects: readonly string[];
}

/**
 * Accounts that several people have their money paid to now, those of the most first; no number is opened. While keys are
 * being changed one number may have two indexes: asked again once that is done, nothing is missed.
 */
export async function sharedChoices(session: Session): Promise<readonly SharedAccount[]> {
  const { rows } = await sql<SharedAccount>`
    select array_agg(subject_key order by subject_key) as subjects from (
      select distinct on (subject_key) subject_key, number_index from pay_account order by subject_key, sequence desc) newest
    where number_index is not null group by number_index having count(*) > 1 order by count(*) desc, 1`.execute(session);
  return rows;
}

/** The bytes that one number has in every choice of it, from what is sealed of a choice. */
export function indexOfChoice(vault: Vault, plain: Uint8Array): Uint8Array {
  return vault.index(accountIn(plain).number, INDEX);
}

function opened(vault: Vault, subject: string, sequence: number, body: Uint8Array): BankAccount {
  return accountIn(vault.open(body, choicePlace(subject, sequence)));
}

function accountIn(plain: Uint8Array): BankAccount {
  return BANK_ACCOUNT.parse(JSON.parse(new TextDecoder().decode(plain)));
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
