import type { AccessWorld, Caller } from './world.ts';

/** One request as somebody sends it. */
export interface Asked {
  readonly method: 'GET' | 'POST';
  /** Path and query. */
  readonly path: string;
  readonly form?: Readonly<Record<string, string>> | undefined;
}

/** What came back, to nobody but who looks at it here. */
export interface Reply {
  readonly status: number;
  /** Where it led to; undefined where it led nowhere. */
  readonly to: string | undefined;
  readonly text: string;
}

/** Sends a request as somebody; whatever it would set in a browser is forgotten, so that everybody stays who they are. */
export async function ask({ city: { url } }: Pick<AccessWorld, 'city'>, { cookie }: Pick<Caller, 'cookie'>, { method, path, form }: Asked): Promise<Reply> {
  const headers = { ...(cookie === '' ? {} : { cookie }), ...(method === 'POST' ? { origin: url, 'content-type': 'application/x-www-form-urlencoded' } : {}) };
  const reply = await fetch(new URL(path, url), { method, headers, redirect: 'manual', ...(method === 'POST' ? { body: new URLSearchParams(form).toString() } : {}) });
  return { status: reply.status, to: reply.headers.get('location') ?? undefined, text: await reply.text() };
}

const WORD = /隐(\d{5})语/g;
const KEY = /\b(?:person|living|crew)-\d+\b/g;

/** Whom an answer names or quotes although it may not be told of them; what stands in the request itself is not told by the answer. */
export function leaksIn({ text, to = '' }: Reply, { mayName }: Pick<Caller, 'mayName'>, { path, form = {} }: Asked): readonly string[] {
  const sent = `${decoded(path)} ${Object.values(form).join(' ')}`;
  const words = [...text.matchAll(WORD)].map(([, digits]) => `person-${Number(digits)}`).filter((key) => !mayName.has(key));
  const keys = [...`${text} ${to}`.matchAll(KEY)].map(([key]) => key).filter((key) => !mayName.has(key) && !new RegExp(`${key}(?!\\d)`).test(sent));
  return [...new Set([...words.map((key) => `the word of ${key}`), ...keys])];
}

function decoded(path: string): string {
  try {
    return `${path} ${decodeURIComponent(path)}`;
  } catch {
    // Not every address of a fuzzer can be decoded.
    return path;
  }
}
