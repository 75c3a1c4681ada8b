import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseDate } from '#engine/kernel/index.ts';
import type { Principal } from '#engine/ports.ts';
import { erasePayloads, giveProof, proofOf, vaultOf, verifyLog } from './index.ts';
import type { Database, ProofDoor } from './index.ts';
import { migrate } from './migrate.ts';
import { adapters, countedRandom } from './testing.ts';

const NOW = '2031-03-03T01:00:00.000Z';
const random = countedRandom();
const vault = vaultOf([new Uint8Array(32).fill(1)], random);
const on = (text: string) => parseDate(text) ?? (() => { throw new Error(text); })();
const proof = { service: 'nets', name: '桂**', verdict: 'yes', amountFen: 12_000, per: 'month', lawOn: on('2031-03-03'), release: 'c0ffee' } as const;
const grandma: Principal = { kind: 'person', id: 'grandma', subjects: ['grandma'] };

describe.each(adapters)('proofs on %s', (_, open) => {
  let database: Database;
  const door = (): ProofDoor => ({ database, vault, by: { at: NOW, random } });
  beforeAll(async () => {
    database = await open();
    await migrate(database, NOW);
  });
  afterAll(() => database.close());

  test('say to whoever has the code what was given, and to nobody else that there is one', async () => {
    const code = await giveProof(door(), grandma, 'grandma', { proof, until: on('2031-06-03') });
    expect(code).toMatch(/^[A-Z1-9]{5}-[A-Z1-9]{5}$/);
    expect(await proofOf(database, vault, code)).toEqual({ proof, until: '2031-06-03', givenAt: NOW });
    // Typed as people type.
    expect(await proofOf(database, vault, ` ${code.toLowerCase().replace('-', ' ')} `)).toBeDefined();
    expect(await proofOf(database, vault, 'AAAAA-AAAAA')).toBeUndefined();
    const seen = await database.read({ kind: 'person', id: 'noa', subjects: ['noa'] }, 'test', (session) => sql`select * from proof`.execute(session));
    expect(seen.rows).toEqual([]);
  });

  test('are given by a person about their own subjects alone', async () => {
    await expect(giveProof(door(), grandma, 'noa', { proof, until: on('2031-06-03') })).rejects.toThrow('row-level security');
  });

  test('prove nothing any more once they are erased, and the chain stays whole', async () => {
    const code = await giveProof(door(), { ...grandma, id: 'mia', subjects: ['mia'] }, 'mia', { proof, until: on('2031-06-03') });
    await database.system('test', (session) => erasePayloads(session, vault, ['case/proof/mia'], { reason: 'asked', at: NOW, actor: 'system', random }));
    expect(await proofOf(database, vault, code)).toBeUndefined();
    expect((await database.system('test', (session) => verifyLog(session, vault))).faults).toEqual([]);
  });
});
