import type { Route } from './+types/paper.ts';
import { foundOrThrow, onDuty } from '../../context.ts';
import { numberIn } from '../../portal/my/remedy/here.ts';
import { paperResponse } from '../../remedy/paper-response.ts';
import { reading } from './reading.ts';

/** A paper that the applicant has brought. */
export async function loader(args: Route.LoaderArgs): Promise<Response> {
  onDuty(args);
  const paper = numberIn(args.params.paper);
  const { visitor, remedies, key } = await reading(args);
  return paperResponse(foundOrThrow(await remedies.readPaper(visitor.principal, key, paper, { provenAt: visitor.provenAt, through: '/console/reconsideration' })));
}
