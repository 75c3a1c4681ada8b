import type { Post } from '#engine/contact/index.ts';

/** How the SMS gateway of the city is reached. */
export interface SmsAccess {
  readonly url: string;
  readonly key: string;
}

const MOST_MILLISECONDS = 8_000;
/** The gateway cannot take it now, or wants it later. */
const LATER = new Set([401, 403, 408, 409, 425, 429]);

/**
 * Sends text messages through a gateway: `POST` of JSON `{"id", "to", "text"}` with a bearer key. `to` is eleven digits, `id` is
 * the same at every attempt, so a gateway that has it already answers as it did the first time. Any answer of 200 to 299 is yes;
 * another of 400 to 499 is no for good, but for those that speak of the key, of too many, or of later.
 */
export function smsPost({ url, key }: SmsAccess): Post {
  return async ({ id, to, text }) => {
    const reply = await fetch(url, {
      method: 'POST', redirect: 'error', signal: AbortSignal.timeout(MOST_MILLISECONDS),
      headers: { 'content-type': 'application/json', authorization: `Bearer ${key}`, 'idempotency-key': id },
      body: JSON.stringify({ id, to, text }),
    });
    await reply.body?.cancel();
    if (reply.ok) return { kind: 'sent' };
    return { kind: reply.status >= 400 && reply.status < 500 && !LATER.has(reply.status) ? 'impossible' : 'failed', problem: `sms ${reply.status}` };
  };
}
