import type { Step, Trace } from './trace-format.ts';

/**
 * A trace as the text of its JSON, letter for letter what `JSON.stringify` gives.
 *
 * Most of a trace says the same of every person: the type, the place in the rule, the origin. These parts are shared
 * objects where traces of one process are concerned, and their text is written once.
 */
export function traceText({ steps, ...head }: Trace): string {
  // The steps come last, so that what stands before them can be left to JSON.
  return `${JSON.stringify(head).slice(0, -1)},"steps":[${steps.map(stepText).join()}]}`;
}

function stepText({ op, thing, type, result, detail, of, at, origin, provenance }: Step): string {
  const needs = of.map(({ as, step }) => `{"as":"${as}","step":${String(step)}}`).join();
  const where = thing ? `,"thing":{"entity":${word(thing.entity)},"place":${String(thing.place)}}` : '';
  const known = result.kind === 'known' ? `,"value":${JSON.stringify(result.value)}` : '';
  return `{"op":${word(op)}${where},"type":${shared(type)},"result":{"kind":"${result.kind}"${known}},"detail":${shared(detail)},"of":[${needs}],"at":${shared(at)}${origin ? `,"origin":${shared(origin)}` : ''}${provenance ? `,"provenance":${shared(provenance)}` : ''}}`;
}

const TEXTS = new WeakMap<object, string>();

function shared(part: object): string {
  // What could still be changed is written anew.
  if (!Object.isFrozen(part)) return JSON.stringify(part);
  const found = TEXTS.get(part) ?? JSON.stringify(part);
  TEXTS.set(part, found);
  return found;
}

const WORDS = new Map<string, string>();

/** Names of operators and kinds of things: a pack has some dozens. */
function word(name: string): string {
  const found = WORDS.get(name) ?? JSON.stringify(name);
  WORDS.set(name, found);
  return found;
}
