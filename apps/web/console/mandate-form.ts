import { redirect } from 'react-router';
import { say } from '#engine/kernel/index.ts';
import type { Paper } from '#engine/paper/index.ts';
import { may } from '#engine/permission/index.ts';
import type { Route } from './+types/mandate-form.ts';
import { onDuty } from '../context.ts';
import { day } from '../format.ts';
import { footOf, savedPaper } from '../paper.ts';
import { hrefIn } from '../view.ts';
import { termsIn } from './mandate-terms.ts';
import { consoleWords } from './words.ts';

/** The form is made of what was typed; there is none at an address alone. */
export function loader(args: Route.LoaderArgs): Response {
  throw redirect(hrefIn(onDuty(args), '/console/help/paper'), 303);
}

/** A mandate as a paper to sign, in two copies: what it allows, until when, and how to take it back. */
export async function action(args: Route.ActionArgs): Promise<Response> {
  const input = onDuty(args);
  const { city, visitor, locale } = input;
  const terms = termsIn(await args.request.formData(), city.today);
  if (!may(visitor.principal, 'resident.help', { of: 'city' }) || !terms) throw redirect(hrefIn(input, '/console/help/paper', { problem: 'missing' }), 303);
  const t = consoleWords(locale);
  const { plan } = city.pack;
  const paper: Paper = {
    title: t('paper.title'), from: say(plan.site, locale), day: day(city.today, locale),
    blocks: [
      { kind: 'text', text: t(`paper.says-${terms.scope}`, { giver: terms.giver, taker: visitor.name, day: day(terms.until, locale) }) },
      { kind: 'text', text: t('paper.back', { phone: plan.hotline.phone }) },
      { kind: 'facts', rows: [[t('paper.giver'), terms.giver], [t('paper.number'), terms.subjectKey], [t('paper.seen'), t(`paper.seen-${terms.seen}`)], [t('paper.signed'), '＿＿＿＿＿＿＿＿＿＿'], [t('paper.on'), '＿＿＿＿＿＿＿＿＿＿'], [t('paper.taker'), `${visitor.name} ＿＿＿＿＿＿`], [t('paper.witness'), '＿＿＿＿＿＿＿＿＿＿']] },
      { kind: 'text', text: t('paper.read-out') },
      ...(city.mode === 'demo' ? [{ kind: 'text' as const, text: t('paper.demo') }] : []),
    ],
    foot: footOf(city, locale),
  };
  return savedPaper(city, paper, 'mandate');
}
