import type { KeptPaper } from '#engine/remedy/index.ts';

/** A paper as it was brought. It is saved and not shown: what it holds is not ours to run. */
export function paperResponse({ mediaType, bytes }: KeptPaper): Response {
  return new Response(Buffer.from(bytes), { headers: { 'content-type': mediaType, 'content-disposition': 'attachment', 'x-content-type-options': 'nosniff', 'cache-control': 'no-store' } });
}
