import type { ReactNode } from 'react';
import { data, redirect } from 'react-router';
import { cleanWords, describeVoiceRefusal, MOST_CHARACTERS, nameOfLevel, RATING_LEVELS } from '#engine/voice/index.ts';
import type { RatingLevel } from '#engine/voice/index.ts';
import type { Route } from './+types/rate.ts';
import { foundOrThrow } from '../../../context.ts';
import { day } from '../../../format.ts';
import { Head, Text, usePage } from '../../../page.tsx';
import { hrefIn } from '../../../view.ts';
import { wordsOf } from '../../../words.ts';
import { Crumbs, Note, Title } from '../../parts/blocks.tsx';
import { hear } from './here.ts';
import { Mistake, Option } from './parts/choices.tsx';
import { useContactName } from './parts/contact.tsx';
import { readForm, textIn } from '../upload.ts';
import { contactView } from './view.ts';

/** One contact, and what is thought of it. */
export async function loader(args: Route.LoaderArgs) {
  const { city, visitor, voice, rules, locale } = hear(args);
  const contact = foundOrThrow((await voice.contacts(visitor.principal)).find(({ id }) => id === args.params.contact));
  const { rating } = contact;
  return { contact: contactView(city, rules, contact, locale), rating: rating && { level: rating.level, reasons: rating.reasons, words: rating.words, reach: rating.reach ?? '' }, reasons: rules.reasons, limit: rules.rating, phone: city.pack.plan.hotline.phone };
}

/** Takes a rating, or its change. Sent twice it is given once. */
export async function action(args: Route.ActionArgs) {
  const { visitor, voice, ...view } = hear(args);
  const form = await readForm(args.request);
  const typed = typeof form === 'string' ? { level: undefined, reasons: [], words: '', reach: '' } : { level: RATING_LEVELS.find((one) => one === textIn(form, 'level')), reasons: form.getAll('reason').filter((one) => typeof one === 'string'), words: cleanWords(textIn(form, 'words')), reach: cleanWords(textIn(form, 'reach')) };
  const refuse = (problem: string) => data({ problem, ...typed }, { status: 422 });
  const { level, reach } = typed;
  if (level === undefined) return refuse(wordsOf(view.locale)('voice.problem.level'));
  const rated = foundOrThrow(await voice.rate(visitor.principal, args.params.contact, { ...typed, level, reach: reach === '' ? null : reach }));
  if (rated.kind !== 'rated') return refuse(describeVoiceRefusal(rated, view.locale, (on) => day(on, view.locale)));
  const isMatter = rated.matter !== undefined && (level === 'dissatisfied' || level === 'very-dissatisfied');
  return redirect(hrefIn(view, isMatter ? `/my/voice/${rated.matter}` : '/my/voice', { done: 'rated' }), 303);
}

export default function Rate({ loaderData, actionData }: Route.ComponentProps): ReactNode {
  const { t, say, href, locale } = usePage();
  const { contact, rating, phone } = loaderData;
  const name = useContactName();
  return (
    <>
      <Head title={`${actionData ? t('voice.mistake-title') : ''}${t('voice.rate.title')}`} />
      <Crumbs to={[['/my', t('my.title')], ['/my/voice', t('voice.mine.title')]]} />
      <Title lead={`${name(contact)} · ${day(contact.on, locale)} · ${say(contact.department)}`}>{t('voice.rate.title')}</Title>
      {contact.isOpen ? <RatingForm {...loaderData} sent={actionData} /> : (
        <Note title={rating ? t('voice.contact.rated', { level: contact.level ?? '' }) : t('voice.rate.closed')}>
          <p>{contact.matter === undefined ? t('voice.rate.closed-says', { day: day(contact.until, locale), phone }) : <a href={href(`/my/voice/${contact.matter}`)}>{t('voice.contact.follow')}</a>}</p>
        </Note>
      )}
    </>
  );
}

interface Typed {
  readonly level: RatingLevel | undefined;
  readonly reasons: readonly string[];
  readonly words: string;
  readonly reach: string;
}

function RatingForm({ contact, rating, reasons, limit, sent }: Route.ComponentProps['loaderData'] & { readonly sent: (Typed & { readonly problem: string }) | undefined }): ReactNode {
  const { t, href, locale } = usePage();
  const typed: Typed = sent ?? rating ?? { level: undefined, reasons: [], words: '', reach: '' };
  return (
    <form method="post" action={href(`/my/rate/${contact.id}`)} className="read">
      <Mistake problem={sent?.problem} title={t('voice.mistake')} />
      <fieldset aria-describedby={sent ? 'mistake' : undefined}>
        <legend><h2>{t('voice.rate.level')}</h2></legend>
        {RATING_LEVELS.map((level) => <Option key={level} name="level" value={level} label={nameOfLevel(level, locale)} checked={typed.level === level} />)}
      </fieldset>
      <fieldset>
        <legend><h2>{t('voice.rate.reasons')}</h2></legend>
        {reasons.map(({ id, name: label }) => <label key={id} className="opt"><input type="checkbox" name="reason" value={id} defaultChecked={typed.reasons.includes(id)} /><span><Text of={label} /></span></label>)}
      </fieldset>
      <p className="typed long"><label htmlFor="words">{t('voice.rate.words', { most: MOST_CHARACTERS.words })}</label><textarea id="words" name="words" rows={5} defaultValue={typed.words} /></p>
      <p className="typed long"><label htmlFor="reach">{t('voice.rate.reach')}</label><input id="reach" name="reach" autoComplete="tel" defaultValue={typed.reach} aria-describedby="unnamed" /></p>
      <p className="muted" id="unnamed">{t('voice.rate.unnamed')}</p>
      <p className="muted">{t('voice.rate.what', { word: limit.word, answer: limit.answer })}</p>
      <p className="buttons"><button className="button" type="submit">{t(rating ? 'voice.rate.change' : 'voice.rate.send')}</button></p>
    </form>
  );
}
