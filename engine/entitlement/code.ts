import type { Answer, Answers } from './answers.ts';
import { fits } from './answers.ts';
import type { Questions } from './question.ts';

/*
 * Answers as a short text that an address or a printed code can hold. It names questions and options by their ids, so
 * that it can be read after the pack changed; eight characters tell under which pack it was written, and four guard
 * against slips of the pen.
 *
 *   1.<pack>.<check>.<question>.<answer>*<question>.<answer>…
 *
 * An answer is `-` (not known or not said), `0` (there is none), `v<units>`, `b<min>_<max>`, or the ids of options
 * joined by `_`, with `o` before them. An address holds every character of it as it is.
 */

const VERSION = '1';
/** Addresses beyond this are cut by some programs on the way. */
export const LONGEST_CODE = 1900;

export function encodeAnswers(answers: Answers, pack: string): string {
  const body = [...answers].map(([question, answer]) => `${question}.${written(answer)}`).join('*');
  return [VERSION, pack.slice(0, 8), checkOf(body), body].join('.');
}

/** Answers read back: `changed` where they were given under another pack, with what no longer fits left out and counted. */
export type Decoded =
  | { readonly kind: 'answers'; readonly answers: Answers; readonly changed: boolean; readonly dropped: number }
  | { readonly kind: 'unreadable' };

export function decodeAnswers(code: string, questions: Questions, pack: string): Decoded {
  const match = /^1\.([0-9a-f]{8})\.([0-9a-z]{4})\.(.*)$/s.exec(code);
  const [, from = '', check = '', body = ''] = match ?? [];
  if (!match || code.length > LONGEST_CODE || checkOf(body) !== check) return { kind: 'unreadable' };
  const changed = from !== pack.slice(0, 8);
  const read = body === '' ? [] : body.split('*').map((entry) => readEntry(entry));
  const known = read.flatMap((entry) => {
    const linked = entry && questions.get(entry.question);
    return entry && linked && fits(linked, entry.answer) ? [[entry.question, entry.answer] as const] : [];
  });
  const answers = new Map(known);
  const dropped = read.length - answers.size;
  return dropped > 0 && !changed ? { kind: 'unreadable' } : { kind: 'answers', answers, changed, dropped };
}

function written(answer: Answer): string {
  switch (answer.kind) {
    case 'declined': return '-';
    case 'none': return '0';
    case 'value': return `v${String(answer.units)}`;
    case 'between': return `b${String(answer.min)}_${String(answer.max)}`;
    case 'chosen': return `o${answer.options.join('_')}`;
    default: return answer satisfies never;
  }
}

function readEntry(entry: string): { readonly question: string; readonly answer: Answer } | undefined {
  const at = entry.indexOf('.');
  const answer = at > 0 ? readAnswer(entry.slice(at + 1)) : undefined;
  return answer && { question: entry.slice(0, at), answer };
}

function readAnswer(text: string): Answer | undefined {
  if (text === '-') return { kind: 'declined' };
  if (text === '0') return { kind: 'none' };
  const value = /^v(-?\d{1,16})$/.exec(text);
  if (value) return { kind: 'value', units: BigInt(value[1] ?? '') };
  const between = /^b(-?\d{1,16})_(-?\d{1,16})$/.exec(text);
  if (between) return { kind: 'between', min: BigInt(between[1] ?? ''), max: BigInt(between[2] ?? '') };
  const chosen = /^o((?:[a-z0-9-]+(?:_[a-z0-9-]+)*)?)$/.exec(text);
  return chosen ? { kind: 'chosen', options: chosen[1] === '' ? [] : (chosen[1] ?? '').split('_') } : undefined;
}

/** Four characters that change when one character of the text does (FNV-1a, folded); it keeps out slips, not forgers. */
function checkOf(text: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193) >>> 0;
  return (hash % 36 ** 4).toString(36).padStart(4, '0');
}
