import { createServer as createHttp } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { afterAll, expect, test } from 'vitest';
import { smsPost, smtpPost } from './index.ts';

const open: (() => void)[] = [];
afterAll(() => { for (const end of open) end(); });

async function portOf(server: Pick<Server, 'listen' | 'address' | 'close'>): Promise<number> {
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  open.push(() => server.close());
  return (server.address() as AddressInfo).port;
}

/** A small mail server: it takes what is addressed to anybody whom `answer` has nothing against, and keeps it. */
async function mailServer(answer: (to: string) => string = () => '250 ok') {
  const mails: string[] = [];
  const server = createServer((socket) => {
    let [waiting, inData] = ['', false];
    socket.write('220 harbour.example ESMTP\r\n');
    socket.on('error', () => undefined);
    socket.on('data', (bytes) => {
      waiting += bytes.toString();
      for (let end = waiting.indexOf(inData ? '\r\n.\r\n' : '\r\n'); end >= 0; end = waiting.indexOf(inData ? '\r\n.\r\n' : '\r\n')) {
        const text = waiting.slice(0, end);
        waiting = waiting.slice(end + (inData ? 5 : 2));
        if (inData) {
          mails.push(text);
          inData = false;
          socket.write('250 kept\r\n');
          continue;
        }
        const verb = text.slice(0, 4).toUpperCase();
        inData = verb === 'DATA';
        socket.write(verb === 'EHLO' ? '250-harbour.example\r\n250 8BITMIME\r\n' : verb === 'RCPT' ? `${answer(text.replace(/^.*<(.*)>.*$/, '$1'))}\r\n` : verb === 'DATA' ? '354 go on\r\n' : verb === 'STAR' ? '502 not here\r\n' : verb === 'QUIT' ? '221 bye\r\n' : '250 ok\r\n');
      }
    });
  });
  return { port: await portOf(server), mails };
}

const message = { id: 'a1b2', to: 'mia@harbour.example', subject: '灯笼湾：您有一份新的通知', text: '您好：\n\n您有一份新的通知。\n' };
const smtp = (port: number) => {
  const made = smtpPost({ host: '127.0.0.1', port, encryption: 'none', login: undefined, from: '灯笼湾 <town@lantern-bay.example>' });
  open.push(made.close);
  return made.post;
};

test('a mail arrives whole at a mail server, under the same id at every attempt', async () => {
  const { port, mails } = await mailServer();
  const post = smtp(port);
  expect([await post(message), await post(message)]).toEqual([{ kind: 'sent' }, { kind: 'sent' }]);
  expect(mails).toHaveLength(2);
  for (const mail of mails) {
    expect(mail).toMatch(/^Message-ID: <a1b2@lantern-bay\.example>\r$/m);
    expect(mail).toMatch(/^To: mia@harbour\.example\r$/m);
    expect(mail).toMatch(/^Auto-Submitted: auto-generated\r$/m);
    const body = mail.slice(mail.indexOf('\r\n\r\n') + 4);
    expect(Buffer.from(body, /^Content-Transfer-Encoding: base64\r$/m.test(mail) ? 'base64' : 'utf8').toString()).toContain('您有一份新的通知');
  }
});

test('a receiver that is refused for good is not tried again, one that is refused for now is, and no address is in the problem', async () => {
  const { port } = await mailServer((to) => (to.startsWith('gone') ? '550 no such user here: gone@harbour.example' : '451 later please'));
  expect(await smtp(port)({ ...message, to: 'gone@harbour.example' })).toEqual({ kind: 'impossible', problem: 'mail 550' });
  expect(await smtp(port)(message)).toEqual({ kind: 'failed', problem: 'mail 451' });
});

test('a mail server that is not there, or does not encrypt where it must, gets nothing', async () => {
  const { port, mails } = await mailServer();
  const strict = smtpPost({ host: '127.0.0.1', port, encryption: 'starttls', login: undefined, from: 'town@lantern-bay.example' });
  open.push(strict.close);
  expect(await strict.post(message)).toMatchObject({ kind: 'failed' });
  expect(mails).toEqual([]);
  const closed = createServer();
  const lost = await portOf(closed);
  await new Promise((resolve) => closed.close(resolve));
  expect(await smtp(lost)(message)).toEqual({ kind: 'failed', problem: 'mail ESOCKET' });
});

test('a text message goes to the gateway as JSON with its key, and the answers mean what they say', async () => {
  const heard: { readonly request: IncomingMessage; readonly body: string }[] = [];
  let status = 202;
  const gateway = createHttp((request, reply) => {
    let body = '';
    request.on('data', (bytes: Buffer) => { body += bytes.toString(); });
    request.on('end', () => {
      heard.push({ request, body });
      reply.writeHead(status).end('{}');
    });
  });
  const post = smsPost({ url: `http://127.0.0.1:${await portOf(gateway)}/send`, key: 'secret' });
  const text = { ...message, to: '13800001234' };
  expect(await post(text)).toEqual({ kind: 'sent' });
  expect(heard[0]?.request.headers).toMatchObject({ authorization: 'Bearer secret', 'idempotency-key': 'a1b2' });
  expect(JSON.parse(heard[0]?.body ?? '')).toEqual({ id: 'a1b2', to: '13800001234', text: text.text });
  const outcomes: unknown[] = [];
  // oxlint-disable-next-line no-await-in-loop -- one answer after the other
  for (status of [400, 401, 422, 429, 500, 503]) outcomes.push(await post(text));
  expect(outcomes).toEqual([['impossible', 400], ['failed', 401], ['impossible', 422], ['failed', 429], ['failed', 500], ['failed', 503]].map(([kind, code]) => ({ kind, problem: `sms ${code}` })));
});
