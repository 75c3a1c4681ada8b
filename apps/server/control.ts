import { chmodSync, rmSync } from 'node:fs';
import { createServer, request } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join, relative } from 'node:path';

/** What a running server says about itself to commands on the same machine. */
export interface ServerState {
  readonly pid: number;
  readonly url: string;
  readonly plan: string;
  readonly release: string;
}

/** What a command gives back: a value as JSON, or bytes. */
export type ControlAnswer = { readonly kind: 'json'; readonly value: unknown } | { readonly kind: 'bytes'; readonly bytes: Uint8Array };

/** One command. It checks its input itself: whatever JSON was sent, undefined where nothing was. */
export type ControlCommand = (input: unknown) => Promise<ControlAnswer>;

/** What commands may ask of a running server, by name, through the socket in its data folder (contract 15). A name is a lower-case word with hyphens. */
export type Control = Readonly<Record<string, ControlCommand>>;

/** What came of asking a server. `absent`: none runs on the folder; `failed`: it does not know the command, or failed in the middle of it. */
export type ServerAnswer = ControlAnswer | { readonly kind: 'absent' } | { readonly kind: 'failed'; readonly problem: string };

/** The longest path of a socket that Linux and macOS both take, in bytes. */
const LONGEST_PATH = 103;
const LARGEST_INPUT = 1 << 20;
const JSON_TYPE = 'application/json';

/** The path of a folder's socket as short as it can be said; undefined where even that is too long for a socket. */
export function socketPath(folder: string): string | undefined {
  const path = join(folder, 'socket');
  return [path, relative(process.cwd(), path)].find((one) => Buffer.byteLength(one) <= LONGEST_PATH);
}

/** Listens on the socket of the data folder. Only the owner of the process may connect. The caller holds the lock. */
export async function openControl(path: string, control: Control): Promise<{ readonly close: () => Promise<void> }> {
  rmSync(path, { force: true });
  const server = createServer((incoming, outgoing) => void answer(control, incoming, outgoing));
  const mask = process.umask(0o177);
  try {
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(path, resolve));
    chmodSync(path, 0o600);
  } finally {
    process.umask(mask);
  }
  return {
    close: () => new Promise((resolve) => {
      server.close(() => resolve());
      server.closeIdleConnections();
    }),
  };
}

async function answer(control: Control, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const name = (incoming.url ?? '').slice(1);
  const command = incoming.method === 'POST' && Object.hasOwn(control, name) ? control[name] : undefined;
  if (!command) return void outgoing.writeHead(404).end();
  try {
    const given = await command(await inputOf(incoming));
    if (given.kind === 'json') outgoing.setHeader('content-type', JSON_TYPE).end(JSON.stringify(given.value));
    else outgoing.setHeader('content-type', 'application/octet-stream').end(given.bytes);
  } catch (error) {
    // Only the owner of this process hears it.
    outgoing.writeHead(500, { 'content-type': 'text/plain; charset=utf-8' }).end(error instanceof Error ? error.message : 'unknown');
  }
}

async function inputOf(incoming: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of incoming) {
    const bytes = Buffer.from(part as Uint8Array);
    length += bytes.length;
    if (length > LARGEST_INPUT) throw new Error('the input of a command is too long');
    parts.push(bytes);
  }
  return length === 0 ? undefined : (JSON.parse(Buffer.concat(parts).toString('utf8')) as unknown);
}

/** Gives a command to the server that runs on a data folder. */
export function askServer(folder: string, name: string, input?: unknown): Promise<ServerAnswer> {
  const path = socketPath(folder);
  if (path === undefined) return Promise.resolve({ kind: 'absent' });
  return new Promise((resolve) => {
    let isConnected = false;
    const broken = (error: Error): void => resolve(isConnected ? { kind: 'failed', problem: error.message } : { kind: 'absent' });
    const asking = request({ socketPath: path, path: `/${name}`, method: 'POST', headers: { connection: 'close' } }, (reply) => {
      const parts: Buffer[] = [];
      reply.on('data', (part: Buffer) => parts.push(part));
      reply.on('error', broken);
      reply.on('end', () => resolve(answerOf(reply, Buffer.concat(parts))));
    });
    asking.on('socket', (socket) => socket.once('connect', () => (isConnected = true)));
    asking.on('error', broken);
    asking.end(input === undefined ? undefined : JSON.stringify(input));
  });
}

function answerOf({ statusCode, complete, headers }: IncomingMessage, bytes: Buffer): ServerAnswer {
  if (!complete) return { kind: 'failed', problem: 'the answer was cut off' };
  if (statusCode === 404) return { kind: 'failed', problem: 'the running server does not know this command' };
  if (statusCode !== 200) return { kind: 'failed', problem: bytes.toString('utf8') };
  return headers['content-type'] === JSON_TYPE ? { kind: 'json', value: JSON.parse(bytes.toString('utf8')) as unknown } : { kind: 'bytes', bytes: new Uint8Array(bytes) };
}

/** What the server that runs on a data folder says about itself; undefined where none runs. */
export async function serverState(folder: string): Promise<ServerState | undefined> {
  const given = await askServer(folder, 'state');
  // The other end is this code.
  return given.kind === 'json' ? (given.value as ServerState) : undefined;
}

/** What came of reading the pack folder again. */
export interface Reloaded {
  readonly kind: 'pack' | 'pack-faulty' | 'pack-missing' | 'other-city';
  /** The pack that is in force now. */
  readonly release: string;
}

/** Has the server that runs on a data folder read its pack again and put it in force; undefined where none runs. */
export async function reloadServer(folder: string): Promise<Reloaded | undefined> {
  const given = await askServer(folder, 'reload');
  // The other end is this code.
  return given.kind === 'json' ? (given.value as Reloaded) : undefined;
}
