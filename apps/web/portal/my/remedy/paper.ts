import type { Route } from './+types/paper.ts';
import { foundOrThrow } from '../../../context.ts';
import { paperResponse } from '../../../remedy/paper-response.ts';
import { numberIn, ownSent } from './here.ts';

/** A paper that they have brought. */
export async function loader(args: Route.LoaderArgs): Promise<Response> {
  const { one, remedies, visitor } = await ownSent(args);
  const number = numberIn(args.params.paper);
  foundOrThrow(one.evidence.find((each) => each.number === number));
  return paperResponse(foundOrThrow(await remedies.paper(visitor.principal, number)));
}
