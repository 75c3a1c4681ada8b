import type { Route } from './+types/draft-photo.ts';
import { foundOrThrow } from '../../../context.ts';
import { hear } from './here.ts';
import { pictureOf } from './picture.ts';

/** The picture of what somebody is writing. */
export async function loader(args: Route.LoaderArgs): Promise<Response> {
  const { voice, visitor } = hear(args);
  return pictureOf(foundOrThrow(await voice.draftPhoto(visitor.principal)));
}
