import { MOST_EVIDENCE_BYTES } from '#engine/record/index.ts';
import type { GivenFile } from '#engine/record/index.ts';

/** What stands around a file in a form. */
const AROUND_BYTES = 64 * 1024;
/** What is still listened to, so that whoever sends a large photo is told that it is too large and not cut off. */
const MOST_HEARD_BYTES = 64 * 1024 * 1024;

/** The file of a form; `too-large` where more was sent than is taken, undefined where there is none. */
export async function fileIn(request: Request): Promise<GivenFile | 'too-large' | undefined> {
  const bytes = await hear(request.body);
  if (!bytes) return 'too-large';
  const form = await new Response(bytes, { headers: { 'content-type': request.headers.get('content-type') ?? '' } }).formData().catch(() => undefined);
  const file = form?.get('file');
  return file instanceof File && file.size > 0 ? { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) } : undefined;
}

/** A body as bytes; what is too much is heard to its end and not kept. */
async function hear(body: ReadableStream<Uint8Array> | null): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const parts: Uint8Array[] = [];
  let length = 0;
  const reader = body?.getReader();
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    length += part.value.length;
    if (length <= MOST_EVIDENCE_BYTES + AROUND_BYTES) parts.push(part.value);
    else parts.length = 0;
    if (length > MOST_HEARD_BYTES) break;
  }
  if (length > MOST_EVIDENCE_BYTES + AROUND_BYTES) return undefined;
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
