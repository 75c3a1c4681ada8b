import { redirect } from 'react-router';
import { decodeAnswers, encodeAnswers, LONGEST_CODE } from '#engine/entitlement/index.ts';
import type { Answer, Answers } from '#engine/entitlement/index.ts';
import { asked } from '../../context.ts';
import type { PageInput } from '../../context.ts';
import { hrefIn } from '../../view.ts';
import type { View } from '../../view.ts';
import { readForm } from './form.ts';

/** Pages with answers are kept by nobody. */
export const KEPT_BY_NOBODY = { 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' } as const;

/** What an address says of a conversation: `a` the answers, `s` a service to be asked about first, `edit` a question to be answered again. */
export interface Heard {
  readonly answers: Answers;
  /** The answers as they stand in the address. */
  readonly code: string;
  readonly first: string | undefined;
  readonly edit: string | undefined;
  /** How many answers no longer fit, where the pack changed since they were given; undefined where it did not. */
  readonly dropped: number | undefined;
}

type Args = Parameters<typeof asked>[0];

/** The conversation of an address; `unreadable` where somebody or something changed its answers. */
export function hear(args: Args): (PageInput & View & { readonly heard: Heard | 'unreadable'; readonly query: URLSearchParams }) {
  const input = asked(args);
  const { city, query } = input;
  const first = query.get('s') ?? '';
  const given = codeIn(query.get('a') ?? '');
  const read = given === '' ? { kind: 'answers' as const, answers: new Map<string, Answer>(), changed: false, dropped: 0 } : decodeAnswers(given, city.questions, city.release.digest);
  if (read.kind === 'unreadable') return { ...input, heard: 'unreadable' };
  return {
    ...input,
    heard: {
      answers: read.answers, code: codeOf(city.release.digest, read.answers), dropped: read.changed ? read.dropped : undefined,
      first: city.pack.services.has(first) ? first : undefined, edit: city.questions.has(query.get('edit') ?? '') ? (query.get('edit') ?? undefined) : undefined,
    },
  };
}

/** The code in what was scanned or pasted at a counter: the code itself, wherever its lines were broken, or an address that holds it. */
export function codeIn(given: string): string {
  const whole = given.replaceAll(/\s+/g, '');
  return URL.canParse(whole) ? (new URL(whole).searchParams.get('a') ?? whole) : whole;
}

function codeOf(digest: string, answers: Answers): string {
  return answers.size === 0 ? '' : encodeAnswers(answers, digest);
}

/** The query that keeps a conversation on every link. */
export function kept(code: string, first: string | undefined, more: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  return { ...(code === '' ? {} : { a: code }), ...(first === undefined ? {} : { s: first }), ...more };
}

/**
 * Where an answer that was sent with the form leads: to the next question, or undefined where nothing was sent.
 * `wrong`: what was typed is no answer; the question is asked again.
 */
export function afterAnswer({ city, query, heard, ...view }: ReturnType<typeof hear>): { readonly kind: 'next'; readonly to: Response } | { readonly kind: 'wrong' | 'long'; readonly question: string } | undefined {
  const question = query.get('q');
  const linked = question === null || heard === 'unreadable' ? undefined : city.questions.get(question);
  if (!linked || question === null || heard === 'unreadable') return undefined;
  const answer = readForm(linked, query);
  if (!answer) return { kind: 'wrong', question };
  const answers = new Map([...heard.answers].filter(([id]) => id !== question));
  // An answer that is changed keeps its place; a new one stands last, so that the way back leads to it.
  const next = heard.answers.has(question) ? new Map([...heard.answers].map(([id, old]) => [id, id === question ? answer : old] as const)) : answers.set(question, answer);
  const code = codeOf(city.release.digest, next);
  if (code.length > LONGEST_CODE) return { kind: 'long', question };
  return { kind: 'next', to: redirect(hrefIn(view, query.get('to') === 'result' ? '/entitled/result' : '/entitled/question', kept(code, heard.first)), { headers: KEPT_BY_NOBODY }) };
}

/** The answers without the last, and the question it was given to: the way back. */
export function stepBack(digest: string, answers: Answers): { readonly code: string; readonly question: string } | undefined {
  const last = [...answers.keys()].at(-1);
  return last === undefined ? undefined : { code: codeOf(digest, new Map([...answers].slice(0, -1))), question: last };
}
