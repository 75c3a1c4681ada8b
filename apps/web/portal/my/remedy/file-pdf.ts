import type { Route } from './+types/file-pdf.ts';
import { savedPaper } from '../../../paper.ts';
import { filePaper } from '../../../remedy/file-paper.ts';
import { ownSent } from './here.ts';

/** The same file on paper. */
export async function loader(args: Route.LoaderArgs): Promise<Response> {
  const { city, one } = await ownSent(args);
  return savedPaper(city, filePaper(city, one), `file-${one.number}`);
}
