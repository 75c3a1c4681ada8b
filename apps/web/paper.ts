import type { City } from '#engine/city.ts';
import { say } from '#engine/kernel/index.ts';
import type { Locale } from '#engine/kernel/index.ts';
import type { Paper } from '#engine/paper/index.ts';
import { foundOrThrow } from './context.ts';

/** Who is behind a paper, below it: the number to call, and what stands below every page. */
export function footOf({ pack: { plan } }: Pick<City, 'pack'>, locale: Locale): Paper['foot'] {
  return [`${plan.hotline.phone} ${say(plan.hotline.name, locale)}`, say(plan.statement, locale)];
}

/** Papers as one file to be saved; nobody on the way keeps it. */
export async function savedPaper({ print }: Pick<City, 'print'>, papers: Paper | readonly [Paper, ...Paper[]], name: string): Promise<Response> {
  const pdf = await foundOrThrow(print)(...('title' in papers ? ([papers] as const) : papers));
  return new Response(Buffer.from(pdf), { headers: { 'content-type': 'application/pdf', 'content-disposition': `attachment; filename="${name}.pdf"`, 'cache-control': 'no-store' } });
}
