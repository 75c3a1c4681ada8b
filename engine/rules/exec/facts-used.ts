import type { Provenance } from '../value.ts';
import { seenFact } from '../schema.ts';
import { Phrases } from './phrase.ts';
import { restsOn } from './rests-on.ts';
import type { Trace } from './trace-format.ts';
import type { Words } from './words.ts';

/** A fact that an answer was looked for in: what it is called, its value in words, and whose record it is. */
export interface FactUsed {
  readonly fact: string;
  /** With whose it is, where that is not the subject's. */
  readonly name: string;
  /** Undefined: none there, or not known. */
  readonly value: string | undefined;
  readonly state: 'known' | 'none' | 'unknown';
  readonly provenance: Provenance | undefined;
}

/** The facts that a trace rests on, each of a thing once, in the order in which the rule asks for them. */
export function factsUsed(trace: Trace, words: Words): readonly FactUsed[] {
  const phrases = new Phrases(trace, words);
  const found = new Map<string, FactUsed>();
  for (const step of restsOn(trace)) {
    if (step.detail.fact === undefined) continue;
    const { fact } = seenFact(step.detail.fact);
    const key = `${fact} ${step.thing?.entity ?? ''} ${step.thing?.place ?? ''}`;
    const before = found.get(key);
    // What was asked for in vain in one place may have been found in another.
    if (!before || (before.state === 'unknown' && step.result.kind !== 'unknown')) found.set(key, { fact, name: phrases.ofThing(step, words.fact(fact)), value: step.result.kind === 'known' ? phrases.value(step) : undefined, state: step.result.kind, provenance: step.provenance });
  }
  return [...found.values()];
}
