import { sql } from 'kysely';
import { z } from 'zod';
import { caseStream, day, eventOf } from '#engine/casework/index.ts';
import type { CalendarDate } from '#engine/kernel/index.ts';
import { PROOF } from '#engine/paper/index.ts';
import type { GivenProof, Proof } from '#engine/paper/index.ts';
import type { Principal } from '#engine/ports.ts';
import { codeHash, newCode } from './code.ts';
import type { Database } from './database.ts';
import { appendEvents, openPayload } from './log.ts';
import type { AppendStamp } from './log.ts';
import type { Vault } from './vault.ts';

const EVENTS = { 'proof-given': z.strictObject({ proof: PROOF, until: day, codeHash: z.string() }) } as const;

export interface ProofDoor {
  readonly database: Database;
  readonly vault: Vault;
  readonly by: Omit<AppendStamp, 'actor'>;
}

/** Gives out a proof about a subject of the principal, good until a day. The code is told here; the store has its digest. */
export async function giveProof({ database, vault, by }: ProofDoor, principal: Principal, subjectKey: string, { proof, until }: { readonly proof: Proof; readonly until: CalendarDate }): Promise<string> {
  const code = newCode(by.random);
  const [stream, hash] = [caseStream('proof', subjectKey), codeHash(code)];
  await database.write(principal, 'give a proof', async (session) => {
    const [entry] = await appendEvents(session, vault, [{ stream, subjectKey, householdKey: null, kind: 'proof-given', payload: { proof, until, codeHash: hash } }], { ...by, actor: principal.id });
    const row = { code_hash: hash, stream, sequence: entry?.sequence, subject_key: subjectKey, household_key: null, given_at: by.at, until };
    await sql`select minsheng.put_proofs((${JSON.stringify([row])}::text)::jsonb)`.execute(session);
  });
  return code;
}

/** What a code proves; undefined where it proves nothing, or what it said was erased. */
export async function proofOf(database: Database, vault: Vault, code: string): Promise<GivenProof | undefined> {
  return database.system('check a proof', async (session) => {
    const { rows: [row] } = await sql<{ stream: string; sequence: number; given_at: string; body: Uint8Array | null }>`
      select r.stream, r.sequence, r.given_at, p.body from proof r left join log_payload p using (stream, sequence) where r.code_hash = ${codeHash(code)}`.execute(session);
    const event = row && eventOf(EVENTS, { kind: 'proof-given', payload: openPayload(vault, row, row.body) });
    return event && row && { proof: event.payload.proof, until: event.payload.until, givenAt: row.given_at };
  });
}
