import { followVoice } from '#adapters/store/index.ts';
import type { VoiceInput } from './voice.ts';
import { sayingIn } from './saying.ts';

const AN_HOUR = 3_600_000;

/** Does, now and every hour, what follows by itself of what residents say; gives how to end it. A round that fails is told and made again. */
export function voiceRounds({ database, vault, clock, random, city }: VoiceInput): () => Promise<void> {
  let round = Promise.resolve();
  const go = (): void => {
    round = round.then(async () => {
      const { pack, today } = city();
      const saying = sayingIn(pack, today);
      if (saying) await followVoice({ database, vault, random, now: clock.now(), saying });
    }).catch((error: unknown) => console.error('what follows of what residents say was not done', error instanceof Error ? error.name : ''));
  };
  go();
  const timer = setInterval(go, AN_HOUR);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await round;
  };
}
