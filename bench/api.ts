import { fork } from 'node:child_process';
import { Agent, get } from 'node:http';
import { join } from 'node:path';
import { figure, median, quantile } from './figure.ts';
import type { Figure } from './figure.ts';

const QUESTIONS = {
  search: '/api/v1/search?q=yanglao',
  service: '/api/v1/services/eldercare-employee-pension',
  catalogue: '/api/v1/services?limit=100',
} as const;
const ROUNDS = 5;
const ROUND_MILLISECONDS = 1000;
const CONNECTIONS = 16;
/** The rate of the open loop, a second, and how long it goes on. */
const RATE = 200;
const OPEN_LOOP_SECONDS = 5;

interface Servers {
  readonly served: string;
  readonly bare: string;
}

/**
 * Search, one service and the whole catalogue over HTTP on this machine, beside a bare route that answers a constant
 * of the same size: as many as go through with sixteen callers that ask again at once, and the time an answer takes
 * where two hundred a second are asked whatever the server does.
 */
export async function api(): Promise<readonly Figure[]> {
  const child = fork(join(import.meta.dirname, 'api-server.ts'));
  const ended = new Promise((resolve) => child.on('exit', resolve));
  try {
    const servers = await new Promise<Servers>((resolve, reject) => {
      child.once('message', (message) => resolve(message as Servers));
      child.once('exit', () => reject(new Error('the server of the benchmark did not start')));
    });
    const figures: Figure[] = [];
    for (const [name, path] of Object.entries(QUESTIONS)) figures.push(...await measure(name, `${servers.served}${path}`, servers.bare));
    return figures;
  } finally {
    if (child.connected) child.disconnect();
    await ended;
  }
}

async function measure(name: string, url: string, bare: string): Promise<Figure[]> {
  const size = (await ask(url)).bytes;
  const constant = `${bare}/${size}`;
  await saturate(url);
  await saturate(constant);
  const [rates, bareRates]: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    rates.push(await saturate(url));
    bareRates.push(await saturate(constant));
  }
  const times = await openLoop(url);
  const bareTimes = await openLoop(constant);
  const peer = `a constant of ${size} bytes`;
  return [
    figure(`${name}: requests a second, ${CONNECTIONS} callers`, median(rates), '1/s', { against: { name: peer, value: median(bareRates) } }),
    figure(`${name}: half of the answers at ${RATE}/s within`, median(times), 'ms', { against: { name: peer, value: median(bareTimes) } }),
    figure(`${name}: 99 of 100 answers at ${RATE}/s within`, quantile(times, 0.99), 'ms', { against: { name: peer, value: quantile(bareTimes, 0.99) }, bar: { op: '<=', value: 20 } }),
  ];
}

const agent = new Agent({ keepAlive: true, maxSockets: 256 });

/** One answer, read to its end; another status than 200 is a fault of the benchmark. */
function ask(url: string): Promise<{ readonly bytes: number }> {
  return new Promise((resolve, reject) => {
    get(url, { agent }, (reply) => {
      let bytes = 0;
      reply.on('data', (part: Buffer) => (bytes += part.length));
      reply.on('end', () => (reply.statusCode === 200 ? resolve({ bytes }) : reject(new Error(`${url} answers ${reply.statusCode}`))));
      reply.on('error', reject);
    }).on('error', reject);
  });
}

/** Answers a second with callers that ask again as soon as they are answered. */
async function saturate(url: string): Promise<number> {
  const began = performance.now();
  let answered = 0;
  await Promise.all(Array.from({ length: CONNECTIONS }, async () => {
    while (performance.now() - began < ROUND_MILLISECONDS) {
      await ask(url);
      answered++;
    }
  }));
  return answered / ((performance.now() - began) / 1000);
}

/** The milliseconds from the moment each request was due to its answer, so that a late start counts too. */
async function openLoop(url: string): Promise<number[]> {
  const began = performance.now();
  const asked: Promise<number>[] = [];
  for (let count = 0; count < RATE * OPEN_LOOP_SECONDS; count++) {
    const due = began + (count * 1000) / RATE;
    const wait = due - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    asked.push(ask(url).then(() => performance.now() - due));
  }
  return Promise.all(asked);
}
