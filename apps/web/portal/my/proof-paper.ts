import { redirect } from 'react-router';
import type { City } from '#engine/city.ts';
import { parseDate, say } from '#engine/kernel/index.ts';
import type { CalendarDate, Locale } from '#engine/kernel/index.ts';
import { maskedName } from '#engine/paper/index.ts';
import type { Paper, Proof } from '#engine/paper/index.ts';
import { dayText, numeral } from '#engine/rules/index.ts';
import type { Route } from './+types/proof-paper.ts';
import { foundOrThrow, signedIn } from '../../context.ts';
import { day } from '../../format.ts';
import { footOf, savedPaper } from '../../paper.ts';
import { hrefIn } from '../../view.ts';
import { wordsOf } from '../../words.ts';
import type { Say } from '../../words.ts';
import { perOf } from '../entitled/parts/line.tsx';

/** A proof is made by a form alone: an address that somebody sends gives nothing out. */
export function loader(args: Route.LoaderArgs): Response {
  throw redirect(hrefIn(signedIn(args), '/my/proofs'), 303);
}

/** Gives a proof out: decided now, on record, as a file with the code that anybody can check. */
export async function action(args: Route.ActionArgs): Promise<Response> {
  const input = signedIn(args);
  const { city, visitor, locale } = input;
  const service = foundOrThrow(city.pack.services.get(args.params.id));
  // Nothing is given out where it could not be printed.
  const proofs = foundOrThrow(city.print && city.proofs);
  const found = await city.decidePerson(visitor.principal, 'proof', { key: visitor.about, through: '/my/proofs' });
  const one = found.kind === 'decided' ? found.entitlements.all.find((each) => each.service.id === service.id) : undefined;
  const lawOn = found.kind === 'decided' ? parseDate(dayText(found.entitlements.lawOn)) : undefined;
  // What has become undecided since the page was shown cannot be proved; the page says what can.
  if (!one || !lawOn || one.verdict.kind === 'unknown') throw redirect(hrefIn(input, '/my/proofs'), 303);
  const exact = one.amount?.minFen === one.amount?.maxFen ? one.amount : undefined;
  const proof: Proof = { service: service.id, name: nameOf(visitor, wordsOf(locale)), verdict: one.verdict.kind, amountFen: exact?.minFen ?? null, per: exact?.per ?? null, lawOn, release: city.release.digest };
  const given = await proofs.give(visitor.principal, visitor.about, proof);
  return savedPaper(city, paperOf(city, proof, { ...given, origin: new URL(args.request.url).origin, locale }), `${service.id}-${proof.lawOn}`);
}

/** Of a child no name is known; whoever else it is about is known by their first character. */
function nameOf({ acting, name }: ReturnType<typeof signedIn>['visitor'], t: Say): string {
  if (!acting) return maskedName(name);
  return acting.name === undefined ? t('proofs.child') : maskedName(acting.name);
}

function paperOf(city: City, proof: Proof, { code, until, origin, locale }: { readonly code: string; readonly until: CalendarDate; readonly origin: string; readonly locale: Locale }): Paper {
  const { pack: { plan, services }, mode, today } = city;
  const t = wordsOf(locale);
  const service = say(services.get(proof.service)?.name ?? { zh: proof.service }, locale);
  const amount = proof.amountFen === null ? [] : [[t('proofs.amount'), `${t('proofs.yuan', { amount: numeral(proof.amountFen, 2) })}${perOf({ per: proof.per ?? undefined }, t)}`] as const];
  return {
    title: t('proofs.paper-title', { service }), from: say(plan.site, locale), day: day(today, locale),
    blocks: [
      { kind: 'text', text: t(`proofs.paper-${proof.verdict}`, { name: proof.name, service, day: day(proof.lawOn, locale) }) },
      { kind: 'facts', rows: [...amount, [t('proofs.until'), day(until, locale)], [t('proofs.release'), proof.release.slice(0, 12)]] },
      { kind: 'text', text: t('proofs.paper-machine') },
      ...(mode === 'demo' ? [{ kind: 'text' as const, text: t('proofs.paper-demo') }] : []),
    ],
    check: { says: t('proofs.paper-check'), url: `${origin}/check?code=${code}`, code },
    foot: footOf(city, locale),
  };
}
