import { createServer } from 'node:net';
import type { Socket } from 'node:net';

/**
 * A server that speaks just enough of the PostgreSQL protocol to say that it is version 14: it accepts any caller and
 * answers every question with that. For the one test that needs a server nobody should install.
 */
export function openOldPostgres(): Promise<{ readonly url: string; readonly close: () => void }> {
  const server = createServer((socket) => {
    let started = false;
    let rest = Buffer.alloc(0);
    socket.on('error', () => undefined);
    socket.on('data', (data) => {
      rest = Buffer.concat([rest, data]);
      while (rest.length >= (started ? 5 : 4)) {
        const head = started ? 1 : 0;
        const length = rest.readInt32BE(head) + head;
        if (rest.length < length) return;
        answer(socket, started ? String.fromCharCode(rest[0] ?? 0) : 'startup', rest.subarray(head + 4, length).toString());
        started = true;
        rest = rest.subarray(length);
      }
    });
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    resolve({ url: `postgres://old@127.0.0.1:${port}/old`, close: () => void server.close() });
  }));
}

function answer(socket: Socket, kind: string, text: string): void {
  const ready = message('Z', Buffer.from('I'));
  switch (kind) {
    case 'startup': socket.write(Buffer.concat([message('R', Buffer.alloc(4)), ready])); break;
    case 'Q': socket.write(Buffer.concat([...(text.startsWith('select') ? VERSION : []), message('C', Buffer.from(`${text.split(' ')[0] ?? ''}\0`)), ready])); break;
    case 'X': socket.end(); break;
    default: break;
  }
}

function message(kind: string, body: Buffer = Buffer.alloc(0)): Buffer {
  const head = Buffer.alloc(5);
  head.write(kind, 0);
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

/** A column of type text, as RowDescription tells one. */
function column(name: string): Buffer {
  const rest = Buffer.alloc(18);
  rest.writeInt32BE(25, 6);
  rest.writeInt16BE(-1, 10);
  rest.writeInt32BE(-1, 12);
  return Buffer.concat([Buffer.from(`${name}\0`), rest]);
}

function value(text: string): Buffer {
  const head = Buffer.alloc(4);
  head.writeInt32BE(text.length);
  return Buffer.concat([head, Buffer.from(text)]);
}

const TWO = Buffer.from([0, 2]);
const VERSION = [message('T', Buffer.concat([TWO, column('number'), column('text')])), message('D', Buffer.concat([TWO, value('140009'), value('14.9')]))];
