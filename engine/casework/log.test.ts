import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { append, bytesOfPayload, caseStream, checkChain, checkPayload, emptyHead } from './index.ts';
import type { LogEntry } from './index.ts';

const STREAM = caseStream('nets', 'person-1');
const BY = { at: '2031-03-01T00:00:00.000Z', actor: 'clerk-1' };
const salt = new Uint8Array(16).fill(7);
const draft = (kind: string) => ({ kind, payload: bytesOfPayload({ kind }), salt });
const chain = (): readonly LogEntry[] => append(emptyHead(STREAM), ['opened', 'decided', 'paid'].map(draft), BY);
const changed = (index: number, change: Partial<LogEntry>): LogEntry[] => chain().map((entry, at) => (at === index ? { ...entry, ...change } : entry));

describe('the log', () => {
  test('numbers from 1 and chains each entry to the one before, by the text that the documentation writes down', () => {
    const [first, second] = chain();
    const sha256 = (...parts: (string | Uint8Array)[]): string => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest('hex');
    const payloadHash = sha256(salt, '{"kind":"opened"}');
    const hash = sha256(`minsheng-log-1\ncase/nets/person-1\n1\nopened\n2031-03-01T00:00:00.000Z\nclerk-1\n${payloadHash}\n${'0'.repeat(64)}`);
    expect(first).toEqual({ stream: STREAM, sequence: 1, kind: 'opened', ...BY, payloadHash, previous: '0'.repeat(64), hash });
    expect(second).toMatchObject({ sequence: 2, previous: hash });
  });

  test('continues where a stream ended, so that two appends are as good as one', () => {
    const [first] = append(emptyHead(STREAM), [draft('opened')], BY);
    if (!first) throw new Error('nothing appended');
    expect([first, ...append(first, [draft('decided'), draft('paid')], BY)]).toEqual(chain());
  });

  test('is whole as it was written, and when nothing was written', () => {
    expect(checkChain(chain())).toBeUndefined();
    expect(checkChain([])).toBeUndefined();
  });

  test.each([['kind', 'refused'], ['at', '2031-03-02T00:00:00.000Z'], ['actor', 'clerk-2'], ['payloadHash', '1'.repeat(64)], ['hash', '1'.repeat(64)], ['previous', '1'.repeat(64)]])('shows that %s of an entry was changed', (field, value) => {
    expect(checkChain(changed(1, { [field]: value }))).toEqual({ kind: 'altered', stream: STREAM, sequence: 2 });
  });

  test('shows that an entry was taken out, and that one was put in with a hash of its own', () => {
    expect(checkChain(chain().filter(({ sequence }) => sequence !== 2))).toEqual({ kind: 'missing', stream: STREAM, sequence: 2 });
    const [, forged] = append(emptyHead(STREAM), [draft('opened by another'), draft('decided')], BY);
    expect(checkChain(changed(1, forged ?? {}))).toEqual({ kind: 'unlinked', stream: STREAM, sequence: 2 });
  });

  test('knows its payload, and no other', () => {
    const [first] = chain();
    if (!first) throw new Error('nothing appended');
    expect(checkPayload(first, salt, bytesOfPayload({ kind: 'opened' }))).toBeUndefined();
    expect(checkPayload(first, salt, bytesOfPayload({ kind: 'Opened' }))).toEqual({ kind: 'payload-altered', stream: STREAM, sequence: 1 });
  });

  test('takes no text that could be read as another line of an entry', () => {
    expect(() => append(emptyHead(STREAM), [draft('opened\n2')], BY)).toThrow('control character');
    expect(checkChain(changed(0, { actor: 'a\nb' }))).toMatchObject({ kind: 'altered', sequence: 1 });
  });
});
