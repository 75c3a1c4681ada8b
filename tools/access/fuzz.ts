import { OUTCOMES } from '#engine/console/index.ts';
import { TASK_KINDS } from '#engine/casework/index.ts';
import { DECIDES } from './ask.ts';
import type { Asked } from './ask.ts';
import type { SiteRoute } from './routes.ts';
import { SERVICE } from './world.ts';
import type { AccessWorld } from './world.ts';

/** The next whole number below a bound. The same seed gives the same numbers. */
export type Dice = (below: number) => number;

export function diceOf(seed: number): Dice {
  let state = seed >>> 0;
  return (below) => {
    // Mulberry32.
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** What breaks those who do not look. */
const HOSTILE = ['..', '%2e%2e%2f', "' or 1=1 --", '%00', '\u202e', '0', '-1', '99999999999999999999', '%', '%zz', '<script>', '{{7*7}}', 'null', 'undefined', '__proto__', 'constructor', '𠮷', 'a'.repeat(400), '', ' ', '*', ';', '${x}', '\r\nset-cookie: a=b'] as const;
const QUERY = ['lang', 'size', 'place', 'q', 'to', 'kind', 'service', 'area', 'done', 'code', 'problem', 'did', 'on', 'page', 'as', 's', 'a', 'key', 'subject', 'id'] as const;
const FIELDS = ['do', 'outcome', 'reason', 'department', 'code', 'to', 'key', 'subject', 'answer', 'reply', 'notice', 'stream', 'number', 'text', 'fact', 'value', 'service'] as const;
const WORDS = ['claim', 'complete', 'put-back', 'reopen', 'confirmed', 'refused', 'en', 'large', '1', ...TASK_KINDS, ...Object.values(OUTCOMES).flat()] as const;
/** What a proxy, another site, or somebody who tries adds to a request. */
const HEADERS: readonly Readonly<Record<string, string>>[] = [{ origin: 'https://evil.example' }, { origin: 'null' }, { 'x-forwarded-for': '127.0.0.1' }, { 'x-forwarded-host': 'evil.example' }, { 'x-http-method-override': 'DELETE' }, { 'x-original-url': '/console' }, { 'accept-language': "en;q=0.9, ' or 1=1" }, { accept: 'application/json' }, { authorization: 'Basic YWRtaW46YWRtaW4=' }, { 'content-type': 'text/plain' }, { 'content-type': 'multipart/form-data; boundary=x' }, { range: 'bytes=0-10' }, { 'if-none-match': '*' }];
const METHODS = ['HEAD', 'OPTIONS', 'PUT', 'PATCH', 'DELETE'] as const;
/** Pages that show what is somebody's are asked more often than those that show everybody the same, and than the API, which counts how often one address asks. */
const OWN = /^\/(?:my|console|staff)(?:\/|$)/;
/** Signing in or out changes who somebody is, which is not what is asked here; both have tests of their own. */
const LEFT_OUT = new Set(['/sign-out', '/sign-in/return', '/staff/enrol']);

/** A request that anybody might send: a route of the city with slots, query and fields that are right, another's, or hostile. */
export function anyRequest(world: Pick<AccessWorld, 'ids' | 'people'>, routes: readonly SiteRoute[], dice: Dice, own: readonly string[] = []): Asked {
  const pick = <T>(from: readonly T[]): T => from[dice(from.length)] as T;
  // Now and then what is theirs: what they may see is asked for as well as what they may not.
  const somebody = (): string => pick(own.length > 0 && dice(4) === 0 ? own : world.people);
  const value = (): string => pick([somebody, () => pick(world.ids), () => pick(HOSTILE), () => pick(WORDS), () => String(dice(6)), () => `case/${SERVICE}/${somebody()}`])();
  const headers = dice(8) === 0 ? pick(HEADERS) : undefined;
  // What the API decides for a resident is asked as often as all its other questions, so that those who come with a token are heard.
  if (dice(30) === 0) return { method: 'POST', path: DECIDES, json: pick([() => JSON.stringify({ key: somebody(), purpose: 'to know' }), () => JSON.stringify({ key: value(), purpose: value(), trace: true }), () => `{"key": ${value()}`])(), headers };
  const part = dice(12);
  const route = pick(routes.filter(({ path, of }) => !LEFT_OUT.has(path) && (part < 8 ? OWN.test(path) : of === (part < 11 ? 'page' : 'server'))));
  const path = route.path.replaceAll(/\*/g, () => (dice(4) === 0 ? value() : `case/${SERVICE}/${somebody()}`)).replaceAll(/:number/g, () => (dice(3) === 0 ? encoded(value()) : '1')).replaceAll(/:[a-z]+(?:\([^)]*\))?/gi, () => encoded(value()));
  const query = Array.from({ length: dice(3) }, () => `${pick(QUERY)}=${encoded(value())}`).join('&');
  const odd = dice(24) === 0 ? pick(METHODS) : undefined;
  const method = odd ?? (route.methods.includes('POST') && (dice(3) === 0 || !route.methods.includes('GET')) ? 'POST' : 'GET');
  const form = method === 'POST' ? Object.fromEntries(Array.from({ length: 1 + dice(5) }, () => [pick(FIELDS), dice(2) === 0 ? pick(WORDS) : value()] as const)) : undefined;
  // A hand-over to a department that is there moves a task into its sight: whom it may then be told of is no longer what was known before.
  const isMoving = form !== undefined && world.ids.includes(form['department'] ?? '');
  return { method, path: `${path.startsWith('//') ? path.slice(1) : path}${query === '' ? '' : `?${query}`}`, form: isMoving ? { ...form, department: '' } : form, headers };
}

/** Half of the time as a browser sends it, half as it is. */
function encoded(text: string): string {
  return /[\s%<>{}\\\u202e]/.test(text) && text !== '%' && text !== '%zz' && text !== '%00' && !text.startsWith('%2e') ? encodeURIComponent(text) : text;
}
