import type { ReactNode } from 'react';
import { data, redirect } from 'react-router';
import type { Route } from './+types/say.ts';
import { foundOrThrow } from '../../context.ts';
import { Head, Text, usePage } from '../../page.tsx';
import { hrefIn } from '../../view.ts';
import { Crumbs, Title } from '../parts/blocks.tsx';
import { ownAffairs } from './own.ts';
import { holdingView } from './service-view.ts';
import { MOST_TYPED, typedBefore, typedIn } from './typed.ts';

/** What can be said about a service: that a person should look at it, or that what is asked back is not owed. */
const WAYS = ['person', 'object'] as const;

export async function loader(args: Route.LoaderArgs) {
  const { city, affairs, locale } = await ownAffairs(args);
  const way = foundOrThrow(WAYS.find((one) => one === args.params.way));
  const service = foundOrThrow(city.pack.services.get(args.params.id));
  const { tasks, owes } = holdingView(city, affairs, service, locale);
  return { way, id: service.id, name: service.name, typed: typedBefore(args), open: way === 'object' ? owes : service.subject !== undefined && !tasks.some(({ isReview }) => isReview) };
}

/** First what was typed is shown once more, then it is sent. Sent twice it is sent once. */
export async function action(args: Route.ActionArgs) {
  const { city, visitor: { principal }, says, isSure, ...view } = await typedIn(args);
  const mine = foundOrThrow(city.mine);
  const way = foundOrThrow(WAYS.find((one) => one === args.params.way));
  const { id } = args.params;
  const wrong = says.length > MOST_TYPED ? 'long' as const : way === 'object' && says === '' ? 'empty' as const : undefined;
  if (wrong) return data({ wrong, says, refused: false }, { status: 422 });
  if (!isSure) return data({ wrong, says, refused: false });
  const refused = await (way === 'person' ? mine.askForPerson(principal, id, says) : mine.object(principal, id, says));
  if (refused) return data({ wrong, says, refused: true }, { status: 409 });
  throw redirect(hrefIn(view, `/my/services/${id}`, { done: way === 'person' ? 'person' : 'objected' }), 303);
}

export default function Saying({ loaderData: { way, id, name, typed, open }, actionData }: Route.ComponentProps): ReactNode {
  const { t, say } = usePage();
  const wrong = actionData?.wrong;
  const isChecking = open && actionData !== undefined && wrong === undefined && !actionData.refused;
  const title = t(!open ? 'my.closed' : isChecking ? 'my.check-say' : `my.say-${way}`);
  return (
    <>
      <Head title={`${wrong === undefined ? '' : t('entitled.mistake-title')}${title}`} />
      <Crumbs to={[['/my', t('my.title')], [`/my/services/${id}`, say(name)]]} />
      {!open ? <Closed way={way} id={id} /> : (
        <>
          {wrong === undefined ? null : <div className="mistake" role="alert"><b>{t('entitled.mistake')}</b><a href="#says">{t(`my.say-${wrong}`, { most: MOST_TYPED })}</a></div>}
          <Title lead={isChecking ? undefined : t(`my.say-${way}-lead`)}>{title}</Title>
          {isChecking ? <Check way={way} id={id} says={actionData.says} /> : <Form way={way} id={id} says={actionData?.says ?? typed} wrong={wrong} />}
          <p className="muted">{t('my.say-service')}<Text of={name} /></p>
        </>
      )}
    </>
  );
}

interface Said {
  readonly way: (typeof WAYS)[number];
  readonly id: string;
  readonly says: string;
}

function Form({ way, id, says, wrong }: Said & { readonly wrong: string | undefined }): ReactNode {
  const { t, href } = usePage();
  return (
    <form method="post" action={href(`/my/services/${id}/say/${way}`)} className="saying">
      <label htmlFor="says">{t(`my.say-${way}-label`)}</label>
      <p className="muted" id="says-hint">{t('my.say-hint', { most: MOST_TYPED })}</p>
      <textarea id="says" name="says" rows={5} defaultValue={says} aria-describedby="says-hint" aria-invalid={wrong === undefined ? undefined : true} />
      <p className="buttons"><button className="button" type="submit">{t('entitled.continue')}</button> <a className="later" href={href(`/my/services/${id}`)}>{t('my.not-now')}</a></p>
    </form>
  );
}

/** What will be sent, once more; the way back keeps it. */
function Check({ way, id, says }: Said): ReactNode {
  const { t, href } = usePage();
  return (
    <>
      <blockquote className="typed-words">{says === '' ? t('my.say-nothing') : says}</blockquote>
      <p>{t(`my.say-${way}-then`)}</p>
      <form method="post" action={href(`/my/services/${id}/say/${way}`)} className="buttons">
        <input type="hidden" name="says" value={says} />
        <button className="button" type="submit" name="sure" value="yes">{t('my.send')}</button>
      </form>
      <details><summary>{t('my.say-change')}</summary><Form way={way} id={id} says={says} wrong={undefined} /></details>
    </>
  );
}

function Closed({ way, id }: Pick<Said, 'way' | 'id'>): ReactNode {
  const { t, href } = usePage();
  return (
    <>
      <Title lead={t(`my.closed-${way}`)}>{t('my.closed')}</Title>
      <p className="buttons"><a className="button" href={href(`/my/services/${id}`)}>{t('my.see-service')}</a></p>
    </>
  );
}
