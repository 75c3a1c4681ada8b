import type { ReactNode } from 'react';
import { nextStep } from '#engine/voice/index.ts';
import type { Route } from './+types/list.ts';
import { day } from '../../../format.ts';
import { Head, Text, usePage } from '../../../page.tsx';
import { Crumbs, Note, Title } from '../../parts/blocks.tsx';
import { hear } from './here.ts';
import { ContactLine } from './parts/contact.tsx';
import { Standing } from './parts/standing.tsx';
import { contactView, matterView } from './view.ts';

/** So many contacts of the last days are offered for rating. */
const MOST_OFFERED = 20;
const DONE = ['rated'] as const;

/** What somebody said: each with how it stands, the day promised, and what they can do now. */
export async function loader(args: Route.LoaderArgs) {
  const { city, query, visitor, voice, rules, locale } = hear(args);
  const [contacts, matters, draft] = [await voice.contacts(visitor.principal), await voice.matters(visitor.principal), await voice.draft(visitor.principal)];
  return {
    offered: contacts.filter(({ rating, isOpen }) => isOpen && !rating).slice(0, MOST_OFFERED).map((one) => contactView(city, rules, one, locale)),
    rated: contacts.filter(({ rating }) => rating !== undefined).map((one) => contactView(city, rules, one, locale)),
    matters: matters.filter(({ state }) => state.kind !== 'withdrawn').map((one) => matterView(city, rules, one, locale)),
    draft: draft && (draft.kind === 'outdated' || nextStep(draft.answers) !== undefined ? 'begun' as const : 'whole' as const),
    done: DONE.find((one) => one === query.get('done')), phone: city.pack.plan.hotline.phone,
  };
}

export default function MyVoice({ loaderData: { offered, rated, matters, draft, done, phone } }: Route.ComponentProps): ReactNode {
  const { t, href, locale } = usePage();
  return (
    <>
      <Head title={t('voice.mine.title')} />
      <Crumbs to={[['/my', t('my.title')]]} />
      {done === 'rated' ? <div role="status"><Note title={t('voice.done.rated')} tone="plain"><p>{t('voice.done.rated-says')}</p></Note></div> : null}
      <Title lead={t('voice.mine.lead')}>{t('voice.mine.title')}</Title>
      {draft ? <Note title={t(`voice.draft.${draft}`)}><p><a href={href('/my/voice/new')}>{t('voice.draft.go-on')}</a></p></Note> : null}
      <p className="buttons"><a className="button" href={href('/my/voice/new')}>{t(draft ? 'voice.draft.go-on' : 'voice.new.title')}</a></p>
      <section>
        <h2>{t('voice.mine.matters')} <span className="count">{matters.length}</span></h2>
        {matters.length === 0 ? <p className="muted">{t('voice.mine.no-matters', { phone })}</p> : (
          <ul className="rows">{matters.map((matter) => (
            <li key={matter.id}>
              <a href={href(`/my/voice/${matter.id}`)}>{t(`voice.kind.${matter.kind}`)}{matter.about ? <>{t('voice.colon')}<Text of={matter.about} /></> : null}</a>
              <span className="kind">{t('voice.number', { number: matter.id })} · {day(matter.raisedOn, locale)}</span>
              <Standing of={matter} />
            </li>
          ))}</ul>
        )}
      </section>
      <section>
        <h2>{t('voice.mine.offered')} <span className="count">{offered.length}</span></h2>
        <p className="muted">{t(offered.length === 0 ? 'voice.mine.none-offered' : 'voice.mine.offered-says')}</p>
        {offered.length === 0 ? null : <ul className="rows">{offered.map((contact) => <ContactLine key={contact.id} of={contact} />)}</ul>}
      </section>
      {rated.length === 0 ? null : <section><h2>{t('voice.mine.rated')} <span className="count">{rated.length}</span></h2><ul className="rows">{rated.map((contact) => <ContactLine key={contact.id} of={contact} />)}</ul></section>}
    </>
  );
}
