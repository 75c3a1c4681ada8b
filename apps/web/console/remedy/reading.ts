import { redirect } from 'react-router';
import type { RouterContextProvider } from 'react-router';
import type { Remedies } from '#engine/remedy/index.ts';
import { foundOrThrow, onDuty } from '../../context.ts';
import type { SentOne } from '../../portal/my/remedy/here.ts';
import { hrefIn } from '../../view.ts';
import { keyOf } from '../task.tsx';

type Args = { readonly request: Request; readonly context: Readonly<RouterContextProvider>; readonly params: Readonly<Record<string, string | undefined>> };

/** The application that a task is about, as whoever has the task reads it: on record, and after they have proved who they are. */
export async function reading(args: Args): Promise<ReturnType<typeof onDuty> & { readonly one: SentOne; readonly key: ReturnType<typeof keyOf>; readonly remedies: Remedies }> {
  const found = onDuty(args);
  const { visitor, city } = found;
  const remedies = foundOrThrow(city.remedies);
  const key = keyOf(args.params);
  const read = foundOrThrow(await remedies.read(visitor.principal, key, { provenAt: visitor.provenAt, through: '/console/reconsideration' }));
  if (read.kind === 'prove-again') throw redirect(hrefIn(found, '/staff/prove', { to: new URL(args.request.url).pathname }), 303);
  const { application } = read;
  return { ...found, remedies, key, one: { ...application, sent: foundOrThrow(application.sent ?? undefined) } };
}
