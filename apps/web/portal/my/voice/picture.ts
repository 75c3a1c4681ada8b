import type { StoredPhoto } from '#engine/voice/index.ts';

/** A picture as an answer that nobody keeps, and that is a picture whatever it holds. */
export function pictureOf({ media, bytes }: StoredPhoto): Response {
  return new Response(new Uint8Array(bytes), { headers: { 'content-type': media, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', 'content-security-policy': "default-src 'none'; sandbox", 'content-disposition': 'inline' } });
}
