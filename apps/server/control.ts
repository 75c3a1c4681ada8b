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

/** What came of reading the pack folder again. */
export interface Reloaded {
  readonly kind: 'pack' | 'pack-faulty' | 'pack-missing' | 'other-city';
  /** The pack that is in force now. */
  readonly release: string;
}

/** What commands may ask of a running server, through the socket in its data folder (contract 15). */
export interface Control {
  readonly state: () => ServerState;
  /** The store as an archive. */
  readonly archive: () => Promise<Uint8Array>;
  /** Reads the pack folder again and puts it in force. */
  readonly reload: () => Promise<Reloaded>;
}

/** The longest path of a socket that Linux and macOS both take, in bytes. */
const LONGEST_PATH = 103;

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

async function answer(control: Control, { url }: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  try {
    switch (url) {
      case '/state': outgoing.setHeader('content-type', 'application/json').end(JSON.stringify(control.state())); break;
      case '/archive': outgoing.setHeader('content-type', 'application/gzip').end(await control.archive()); break;
      case '/reload': outgoing.setHeader('content-type', 'application/json').end(JSON.stringify(await control.reload())); break;
      default: outgoing.writeHead(404).end();
    }
  } catch {
    outgoing.writeHead(500).end();
  }
}

/** The answer of the server that runs on a data folder; undefined where none answers. */
export function askServer(folder: string, what: 'state' | 'archive' | 'reload'): Promise<Uint8Array | undefined> {
  const path = socketPath(folder);
  if (path === undefined) return Promise.resolve(undefined);
  return new Promise((resolve) => {
    const asking = request({ socketPath: path, path: `/${what}`, headers: { connection: 'close' } }, (reply) => {
      const parts: Buffer[] = [];
      reply.on('data', (part: Buffer) => parts.push(part));
      reply.on('end', () => resolve(reply.statusCode === 200 && reply.complete ? new Uint8Array(Buffer.concat(parts)) : undefined));
      reply.on('error', () => resolve(undefined));
    });
    asking.on('error', () => resolve(undefined));
    asking.end();
  });
}

/** What the server that runs on a data folder says about itself; undefined where none runs. */
export async function serverState(folder: string): Promise<ServerState | undefined> {
  const bytes = await askServer(folder, 'state');
  return bytes && (JSON.parse(new TextDecoder().decode(bytes)) as ServerState);
}

/** Has the server that runs on a data folder read its pack again; undefined where none runs. */
export async function reloadServer(folder: string): Promise<Reloaded | undefined> {
  const bytes = await askServer(folder, 'reload');
  return bytes && (JSON.parse(new TextDecoder().decode(bytes)) as Reloaded);
}
