import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askServer, openControl, socketPath } from './control.ts';

describe('the control of a running city', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ms-'));
  let close: () => Promise<void>;
  beforeAll(async () => {
    ({ close } = await openControl(socketPath(folder) ?? '', {
      echo: (input) => Promise.resolve({ kind: 'json', value: { input } }),
      bytes: () => Promise.resolve({ kind: 'bytes', bytes: new Uint8Array([0, 255, 10]) }),
      broken: () => Promise.reject(new Error('the disk is full')),
    }));
  });
  afterAll(async () => {
    await close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('gives a command what was sent, and gives back a value or bytes', async () => {
    expect(await askServer(folder, 'echo', { 姓名: '𠮷', fen: [1, null] })).toEqual({ kind: 'json', value: { input: { 姓名: '𠮷', fen: [1, null] } } });
    expect(await askServer(folder, 'echo')).toEqual({ kind: 'json', value: {} });
    expect(await askServer(folder, 'bytes')).toEqual({ kind: 'bytes', bytes: new Uint8Array([0, 255, 10]) });
  });

  test('tells a server that failed from one that is not there, so that nothing is done a second time beside it', async () => {
    expect(await askServer(folder, 'broken')).toEqual({ kind: 'failed', problem: 'the disk is full' });
    for (const name of ['sing', 'constructor']) expect(await askServer(folder, name)).toMatchObject({ kind: 'failed', problem: expect.stringContaining('does not know') as string });
    expect(await askServer(join(folder, 'elsewhere'), 'echo')).toEqual({ kind: 'absent' });
  });

  test('takes no endless input, and hears only its owner', async () => {
    expect(await askServer(folder, 'echo', 'x'.repeat(2 << 20))).toMatchObject({ kind: 'failed' });
    expect(statSync(join(folder, 'socket')).mode & 0o777).toBe(0o600);
  });
});
