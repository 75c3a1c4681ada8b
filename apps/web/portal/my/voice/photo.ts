import type { Route } from './+types/photo.ts';
import { foundOrThrow } from '../../../context.ts';
import { hear } from './here.ts';
import { pictureOf } from './picture.ts';

/** The picture of what somebody has sent. */
export async function loader(args: Route.LoaderArgs): Promise<Response> {
  const { voice, visitor } = hear(args);
  return pictureOf(foundOrThrow(await voice.photo(visitor.principal, args.params.number)));
}
