import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { quantile } from './figure.ts';

/*
 * Asks one address at a steady rate, whatever the server does, from a process of its own: `node decide-one-load.ts FILE`,
 * the file saying what is asked. Prints the milliseconds from when each request was due to the end of its answer.
 */

/** An open loop: so many requests a second for so many seconds, the bodies by turns. */
export interface Load {
  readonly url: string;
  readonly rate: number;
  readonly seconds: number;
  readonly asks: readonly { readonly body: string; readonly token: string }[];
}

export interface Loaded {
  readonly asked: number;
  readonly errors: number;
  readonly p50: number;
  readonly p99: number;
  readonly worst: number;
}

const agent = new Agent({ keepAlive: true, maxSockets: 512 });

function ask(url: string, { body, token }: Load['asks'][number]): Promise<boolean> {
  return new Promise((resolve) => {
    const asking = request(url, { agent, method: 'POST', headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), authorization: `Bearer ${token}` } }, (reply) => {
      reply.on('data', () => undefined);
      reply.on('end', () => resolve(reply.statusCode === 200 && reply.complete));
      reply.on('error', () => resolve(false));
    });
    asking.on('error', () => resolve(false));
    asking.end(body);
  });
}

async function openLoop({ url, rate, seconds, asks }: Load): Promise<Loaded> {
  const began = performance.now();
  const times: number[] = [];
  let errors = 0;
  const asked: Promise<void>[] = [];
  for (let count = 0; count < rate * seconds; count++) {
    const due = began + (count * 1_000) / rate;
    const wait = due - performance.now();
    if (wait > 0) await new Promise((resolve) => { setTimeout(resolve, wait); });
    const one = asks[count % asks.length];
    if (!one) throw new Error('there is nothing to ask');
    asked.push(ask(url, one).then((answered) => {
      times.push(performance.now() - due);
      if (!answered) errors += 1;
    }));
  }
  await Promise.all(asked);
  agent.destroy();
  return { asked: times.length, errors, p50: quantile(times, 0.5), p99: quantile(times, 0.99), worst: Math.max(...times) };
}

if (import.meta.main) console.log(JSON.stringify(await openLoop(JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as Load)));
