import { z } from 'zod';
import { openAccessLog } from '#adapters/store/index.ts';
import { packDigest } from '#engine/pack/index.ts';
import { loadPopulation } from '../demo-release.ts';
import { liveCity } from '../live-city.ts';
import type { LiveCity } from '../live-city.ts';
import { doorkeeperOf } from '../people.ts';
import { readPack } from '../read-pack.ts';
import type { StoreHold } from '../store-command.ts';
import { sealingOf } from '../sealing.ts';
import { ANSWER_ORDER, answerDispute } from './answer.ts';
import type { Answered } from './answer.ts';
import { correctingOf } from './correcting.ts';

const ORDER = z.strictObject({ folder: z.string(), pack: z.string(), answer: ANSWER_ORDER });
export type AnswerCommand = z.infer<typeof ORDER>;

/** What a command line is told: what came of it, or why it was not tried. */
export type AnswerGiven = Answered | { readonly kind: 'order-wrong' } | { readonly kind: 'key-missing' } | { readonly kind: 'pack-unusable' } | { readonly kind: 'no-release' };

/** Answers a dispute in the city that runs, or, where none does, in one that is opened for it. */
export async function doAnswer(hold: StoreHold, input: unknown): Promise<AnswerGiven> {
  const order = ORDER.safeParse(input);
  const { vault } = hold;
  if (!order.success) return { kind: 'order-wrong' };
  if (!vault) return { kind: 'key-missing' };
  const { folder, pack, answer } = order.data;
  const answerIn = (live: LiveCity): Promise<Answered> => answerDispute({ ...hold, vault, city: live.city, correcting: correctingOf({ folder, sealing: sealingOf(vault, hold.random, live.city().pack) }, () => live, hold.clock) }, answer);
  if (hold.live) return answerIn(hold.live);
  const reading = readPack(pack);
  if (reading.kind !== 'pack') return { kind: 'pack-unusable' };
  const people = loadPopulation({ folder, mode: 'production', sealing: sealingOf(vault, hold.random, reading.pack) }, reading.linked.rules, hold.clock);
  if (!people) return { kind: 'no-release' };
  const { database, clock, random } = hold;
  const log = openAccessLog(database, `answer-${Buffer.from(random(8)).toString('hex')}`, { now: () => clock.now(), random });
  const live = liveCity({ ...reading, release: { digest: packDigest(reading.files), activatedAt: undefined } }, clock, 'production', { doorkeeper: doorkeeperOf(database, log) });
  live.populate(people);
  try {
    return await answerIn(live);
  } finally {
    await log.close();
  }
}
