import type { AccessWorld, Caller } from './world.ts';

/** One request as somebody sends it. */
export interface Asked {
  readonly method: 'GET' | 'POST' | 'HEAD' | 'OPTIONS' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path and query. */
  readonly path: string;
  readonly form?: Readonly<Record<string, string>> | undefined;
  /** A body of JSON, in place of a form. */
  readonly json?: string | undefined;
  /** What is sent besides, in place of what a browser would send. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** What came back, to nobody but who looks at it here. */
export interface Reply {
  readonly status: number;
  /** Where it led to; undefined where it led nowhere. */
  readonly to: string | undefined;
  readonly text: string;
}

/** Sends a request as somebody; whatever it would set in a browser is forgotten, so that everybody stays who they are. */
export async function ask({ city: { url } }: { readonly city: Pick<AccessWorld['city'], 'url'> }, { cookie, token }: Pick<Caller, 'cookie' | 'token'>, { method, path, form, json, headers: besides }: Asked): Promise<Reply> {
  const body = json ?? (form === undefined && method !== 'POST' ? undefined : new URLSearchParams(form).toString());
  const headers = { ...(cookie === '' ? {} : { cookie }), ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), ...(body === undefined ? {} : { origin: url, 'content-type': json === undefined ? 'application/x-www-form-urlencoded' : 'application/json' }), ...besides };
  const reply = await fetch(new URL(path, url), { method, headers, redirect: 'manual', ...(body === undefined ? {} : { body }) });
  return { status: reply.status, to: reply.headers.get('location') ?? undefined, text: await reply.text() };
}

const WORD = /隐(\d{5})语/g;
const KEY = /\b(?:person|living|crew)-\d+\b/g;

/** Where the API decides for one resident: what it answers names nobody, so that an answer at all is what leaks. */
export const DECIDES = '/api/v1/people/entitlements';

/**
 * Whom an answer names or quotes although it may not be told of them, or for whom it decides; what stands in the request itself is
 * not told by the answer. Nothing of the city says what a leak is: words and keys that only this world has, and who is whose.
 */
export function leaksIn({ status, text, to = '' }: Reply, { mayName }: Pick<Caller, 'mayName'>, { path, form = {}, json = '' }: Asked): readonly string[] {
  const decided = status === 200 && path.startsWith(DECIDES) ? [...json.matchAll(KEY)].map(([key]) => key).filter((key) => !mayName.has(key)).map((key) => `the answers of ${key}`) : [];
  const sent = `${decoded(path)} ${Object.values(form).join(' ')} ${json}`;
  const words = [...text.matchAll(WORD)].map(([, digits]) => `person-${Number(digits)}`).filter((key) => !mayName.has(key));
  const keys = [...`${text} ${to}`.matchAll(KEY)].map(([key]) => key).filter((key) => !mayName.has(key) && !new RegExp(`${key}(?!\\d)`).test(sent));
  return [...new Set([...decided, ...words.map((key) => `the word of ${key}`), ...keys])];
}

function decoded(path: string): string {
  try {
    return `${path} ${decodeURIComponent(path)}`;
  } catch {
    // Not every address of a fuzzer can be decoded.
    return path;
  }
}
