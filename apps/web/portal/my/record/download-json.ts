import { redirect } from 'react-router';
import type { Route } from './+types/download-json.ts';
import { foundOrThrow, signedInForSelf } from '../../../context.ts';
import { hrefIn } from '../../../view.ts';
import { takeAlong } from './take-along.ts';

/** Everything as one file, for whoever has just proved who they are. */
export async function loader(args: Route.LoaderArgs): Promise<Response> {
  const asking = signedInForSelf(args);
  const { city, visitor, locale } = asking;
  const record = foundOrThrow(city.record);
  if (!record.provedLately(visitor.provenAt)) return redirect(hrefIn(asking, '/my/download'), 303);
  const all = await takeAlong(city, visitor.principal, visitor.name, locale);
  return new Response(`${JSON.stringify(all, null, 1)}\n`, {
    headers: { 'content-type': 'application/json; charset=utf-8', 'content-disposition': `attachment; filename="my-data-${city.today}.json"`, 'cache-control': 'no-store' },
  });
}
