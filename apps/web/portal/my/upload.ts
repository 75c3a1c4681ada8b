import { MOST_EVIDENCE_BYTES } from '#engine/record/index.ts';
import { LARGEST_PHOTO } from '#engine/voice/index.ts';

/** What is read of a form, and no more: the largest file with what is around it. */
const MOST_BYTES = Math.max(MOST_EVIDENCE_BYTES, LARGEST_PHOTO) + 64 * 1024;
/** So much is still taken in and thrown away, so that a browser that is sending hears the answer. */
const MOST_HEARD = 64 * 1024 * 1024;

/** A form with at most one file; `too-large` where it is larger, `unreadable` where it is none. */
export async function readForm(request: Request): Promise<FormData | 'too-large' | 'unreadable'> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let heard = 0;
  const reader = request.body?.getReader();
  for (;;) {
    // oxlint-disable-next-line no-await-in-loop -- one piece after the other
    const piece = await reader?.read();
    if (!piece || piece.done) break;
    heard += piece.value.length;
    if (heard <= MOST_BYTES) parts.push(new Uint8Array(piece.value));
    if (heard > MOST_HEARD) {
      // oxlint-disable-next-line no-await-in-loop -- the last thing that is done with it
      await reader?.cancel();
      break;
    }
  }
  if (heard > MOST_BYTES) return 'too-large';
  return new Response(new Blob(parts), { headers: { 'content-type': request.headers.get('content-type') ?? '' } }).formData().catch(() => 'unreadable' as const);
}

/** A text of a form; empty where there is none. */
export function textIn(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}
