import type { Route } from './+types/file-pdf.ts';
import { foundOrThrow } from '../../context.ts';
import { filePaper } from '../../remedy/file-paper.ts';
import { reading } from './reading.ts';

/** The same file on paper. */
export async function loader(args: Route.LoaderArgs): Promise<Response> {
  const { city, one } = await reading(args);
  const pdf = await foundOrThrow(city.print)(filePaper(city, one));
  return new Response(Buffer.from(pdf), { headers: { 'content-type': 'application/pdf', 'content-disposition': `attachment; filename="file-${one.number}.pdf"`, 'cache-control': 'no-store' } });
}
