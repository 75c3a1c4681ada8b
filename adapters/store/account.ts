import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { accountStream } from '#engine/casework/index.ts';
import type { Json } from '#engine/casework/index.ts';
import type { Database, Session } from './database.ts';
import { appendEvents } from './log.ts';
import type { AppendStamp } from './log.ts';
import type { Schema } from './schema.ts';
import type { Vault } from './vault.ts';

/** A member of staff who may sign in, as lists show them. */
export interface StaffAccount {
  readonly id: string;
  readonly name: string;
  readonly department: string;
  readonly areas: readonly string[];
  readonly roles: readonly string[];
  /** Of a demonstration: signs in by one click. */
  readonly isTest: boolean;
  readonly madeAt: string;
  /** Null: they have not chosen a password yet, or it was taken back. */
  readonly enrolledAt: string | null;
  readonly disabledAt: string | null;
}

/** What a new account is made of. */
export type NewAccount = Pick<StaffAccount, 'id' | 'name' | 'department' | 'areas' | 'roles'>;

/** What opens an account. */
export interface Credentials {
  readonly passwordHash: string | null;
  readonly totpSecret: Uint8Array | null;
  /** The last step of time whose code was taken. */
  readonly totpStep: number;
}

/** The code with which somebody enrols once, and how long it is good. */
export interface Enrolment {
  readonly code: string;
  readonly until: string;
}

export type AccountRefusal = { readonly kind: 'account-exists' | 'account-unknown' | 'account-test' };

/** With what accounts are changed. `until` is when an enrolment code that is made now ends. */
export interface AccountDoor {
  readonly database: Database;
  readonly vault: Vault;
  readonly by: AppendStamp;
}

const CODE_BYTES = 20;
const ACCOUNT = accountStream('');
export const nameAt = (id: string): string => `staff-account/${id}/name`;
export const secretAt = (id: string): string => `staff-account/${id}/totp`;
const digestOf = (code: string): string => createHash('sha256').update(code).digest('hex');

/** Makes an account; whoever gets the code enrols with it. */
export async function addAccount(door: AccountDoor, { id, name, department, areas, roles }: NewAccount, until: string): Promise<Enrolment | AccountRefusal> {
  const code = Buffer.from(door.by.random(CODE_BYTES)).toString('base64url');
  return door.database.system('add an account', async (session) => {
    const made = await session.insertInto('staff_account').values({
      id, name: sealed(door.vault, name, nameAt(id)), department, areas, roles, is_test: false, password_hash: null, totp_secret: null, totp_step: 0,
      enrol_hash: digestOf(code), enrol_until: until, made_at: door.by.at, enrolled_at: null, disabled_at: null, subject_key: null,
    }).onConflict((conflict) => conflict.doNothing()).returning('id').executeTakeFirst();
    if (!made) return { kind: 'account-exists' };
    await note(session, door, id, 'account-added', { department, areas, roles });
    return { code, until };
  });
}

/** Takes password and codes back and gives a new enrolment code; a closed account is open again with it. */
export async function resetAccount(door: AccountDoor, id: string, until: string): Promise<Enrolment | AccountRefusal> {
  const code = Buffer.from(door.by.random(CODE_BYTES)).toString('base64url');
  return changed(door, id, 'account-reset', { password_hash: null, totp_secret: null, enrolled_at: null, disabled_at: null, enrol_hash: digestOf(code), enrol_until: until }, { code, until });
}

/** Closes an account and ends every session of its holder. */
export async function disableAccount(door: AccountDoor, id: string): Promise<undefined | AccountRefusal> {
  const { at } = door.by;
  return changed(door, id, 'account-disabled', { disabled_at: at, enrol_hash: null, enrol_until: null }, undefined);
}

async function changed<T>(door: AccountDoor, id: string, kind: string, values: Partial<Schema['staff_account']>, answer: T): Promise<T | AccountRefusal> {
  return door.database.system(kind, async (session) => {
    const found = await session.selectFrom('staff_account').select('is_test').where('id', '=', id).executeTakeFirst();
    if (!found) return { kind: 'account-unknown' };
    if (found.is_test) return { kind: 'account-test' };
    await session.updateTable('staff_account').set(values).where('id', '=', id).execute();
    await session.updateTable('session').set({ ended_at: door.by.at }).where('kind', '=', 'staff').where('holder', '=', id).where('ended_at', 'is', null).execute();
    await note(session, door, id, kind, {});
    return answer;
  });
}

/** Whose enrolment code this is now; undefined where it is nobody's, was used, or is past its time. */
export async function accountToEnrol({ database, vault }: Pick<AccountDoor, 'database' | 'vault'>, code: string, now: string): Promise<StaffAccount | undefined> {
  return database.system('who enrols', async (session) => {
    const row = await session.selectFrom('staff_account').selectAll().where('enrol_hash', '=', digestOf(code)).where(sql<boolean>`enrol_until > ${now}::timestamptz`).executeTakeFirst();
    return row && accountOf(vault, row);
  });
}

/** Sets what somebody enrols with; the code is used up. False where it was used meanwhile. */
export async function enrolAccount(door: AccountDoor, id: string, { code, passwordHash, totpSecret, totpStep }: { readonly code: string; readonly passwordHash: string; readonly totpSecret: Uint8Array; readonly totpStep: number }): Promise<boolean> {
  return door.database.system('enrol', async (session) => {
    const done = await session.updateTable('staff_account').set({
      password_hash: passwordHash, totp_secret: door.vault.seal(totpSecret, secretAt(id)), totp_step: totpStep, enrol_hash: null, enrol_until: null, enrolled_at: door.by.at,
    }).where('id', '=', id).where('enrol_hash', '=', digestOf(code)).returning('id').executeTakeFirst();
    if (!done) return false;
    await note(session, door, id, 'account-enrolled', {});
    return true;
  });
}

/** Every account, in the order of their ids. */
export async function listAccounts(database: Database, vault: Vault): Promise<readonly StaffAccount[]> {
  const rows = await database.system('list accounts', (session) => session.selectFrom('staff_account').selectAll().orderBy('id').execute());
  return rows.map((row) => accountOf(vault, row));
}

/** What happened to an account, by whom. */
export interface AccountEvent {
  readonly account: string;
  readonly kind: string;
  readonly at: string;
  readonly actor: string;
}

/** The last things that happened to accounts, the newest first. */
export async function accountEvents(database: Database, limit: number): Promise<readonly AccountEvent[]> {
  const { rows } = await database.system('what was done with accounts', (session) => sql<AccountEvent>`
    select substring(stream from ${ACCOUNT.length + 1}::integer) as account, kind, at, actor from log_entry where stream like ${`${ACCOUNT}%`} order by at desc, stream, sequence desc limit ${limit}`.execute(session));
  return rows;
}

/** One account; undefined where there is none, or it is closed. */
export async function openAccount(database: Database, vault: Vault, id: string): Promise<StaffAccount | undefined> {
  const found = await everAccount(database, vault, id);
  return found?.disabledAt === null ? found : undefined;
}

/** One account, closed or not; undefined where there never was one. */
export async function everAccount(database: Database, vault: Vault, id: string): Promise<StaffAccount | undefined> {
  return database.system('who is a member of staff', async (session) => {
    const row = await session.selectFrom('staff_account').selectAll().where('id', '=', id).executeTakeFirst();
    return row && accountOf(vault, row);
  });
}

/** What opens an account; undefined where there is none, it is closed, or nobody has enrolled. */
export async function credentialsOf(database: Database, vault: Vault, id: string): Promise<Credentials | undefined> {
  return database.system('sign in', async (session) => {
    const row = await session.selectFrom('staff_account').selectAll().where('id', '=', id).where('disabled_at', 'is', null).where('is_test', '=', false).executeTakeFirst();
    return row && { passwordHash: row.password_hash, totpSecret: row.totp_secret && vault.open(row.totp_secret, secretAt(id)), totpStep: row.totp_step };
  });
}

/** Takes the code of a step for an account; false where that step or a later one was taken before. */
export async function takeStep(database: Database, id: string, step: number): Promise<boolean> {
  return database.system('take a code', async (session) => (await session.updateTable('staff_account').set({ totp_step: step }).where('id', '=', id).where('totp_step', '<', step).returning('id').executeTakeFirst()) !== undefined);
}

/** Brings the accounts of a demonstration to those of the pack; what is no longer in it is closed. An account of a real person is left alone. */
export async function keepTestAccounts({ database, vault, by }: AccountDoor, wanted: readonly NewAccount[]): Promise<void> {
  await database.system('accounts of the demonstration', async (session) => {
    for (const { id, name, department, areas, roles } of wanted) {
      const values = { name: sealed(vault, name, nameAt(id)), department, areas, roles, disabled_at: null };
      // oxlint-disable-next-line no-await-in-loop -- one transaction runs one statement at a time
      await session.insertInto('staff_account').values({ id, ...values, is_test: true, password_hash: null, totp_secret: null, totp_step: 0, enrol_hash: null, enrol_until: null, made_at: by.at, enrolled_at: null, subject_key: null })
        .onConflict((conflict) => conflict.column('id').doUpdateSet(values).where('staff_account.is_test', '=', true)).execute();
    }
    await sql`update staff_account set disabled_at = ${by.at}::timestamptz where is_test and disabled_at is null and not id = any (${wanted.map(({ id }) => id)}::text[])`.execute(session);
  });
}

function note(session: Session, { vault, by }: AccountDoor, id: string, kind: string, payload: Json): Promise<unknown> {
  return appendEvents(session, vault, [{ stream: accountStream(id), subjectKey: null, householdKey: null, kind, payload }], by);
}

function sealed(vault: Vault, text: string, place: string): Uint8Array {
  return vault.seal(new TextEncoder().encode(text), place);
}

function accountOf(vault: Vault, row: Schema['staff_account']): StaffAccount {
  return {
    id: row.id, name: new TextDecoder().decode(vault.open(row.name, nameAt(row.id))), department: row.department, areas: row.areas, roles: row.roles,
    isTest: row.is_test, madeAt: row.made_at, enrolledAt: row.enrolled_at, disabledAt: row.disabled_at,
  };
}
