import type { ReactNode } from 'react';
import { data, redirect } from 'react-router';
import type { Route } from './+types/declare.ts';
import { foundOrThrow, signedIn } from '../../../context.ts';
import { Head, usePage } from '../../../page.tsx';
import { hrefIn } from '../../../view.ts';
import { Crumbs, Note } from '../../parts/blocks.tsx';
import { factView } from './fact-view.ts';
import { namedIn } from './named.ts';
import { Mistake } from '../parts/step.tsx';
import { ValueField } from './parts/value-field.tsx';
import { askedValue, statedIn, typedIn, typedOf } from './value-form.ts';

/** What no department knows a person says themselves, under a commitment whose words stand above the button. */
export async function loader(args: Route.LoaderArgs) {
  const { city, visitor, locale, query } = signedIn(args);
  const record = foundOrThrow(city.record);
  const name = namedIn(args.params.id, query);
  const asked = foundOrThrow(askedValue(city, name.fact, locale));
  const found = await record.facts(visitor.principal, { purpose: 'own-declaration', through: '/my/facts', only: name.fact, open: { fact: name.fact } });
  const one = foundOrThrow(found?.facts.find(({ no }) => no === name.no));
  return { name, asked, view: factView(city, one, [], locale), typed: typedOf(asked, one.value) };
}

export async function action(args: Route.ActionArgs) {
  const asking = signedIn(args);
  const { city, visitor, query } = asking;
  const record = foundOrThrow(city.record);
  const name = namedIn(args.params.id, query);
  const form = await args.request.formData();
  const typed = typedIn(form);
  const value = statedIn(city, name.fact, typed);
  const agreed = form.get('agreed') === 'yes';
  const problem = value ? (agreed ? await record.declare(visitor.principal, name, value) : ('not-agreed' as const)) : ('value-wrong' as const);
  if (problem !== undefined) return data({ problem, typed, agreed }, { status: 422 });
  return redirect(hrefIn(asking, `/my/facts/${name.fact}`, { ...(name.no === null ? {} : { no: String(name.no) }), done: 'declared' }), 303);
}

export default function Declare({ loaderData: { name, asked, view, typed }, actionData }: Route.ComponentProps): ReactNode {
  const { t, href } = usePage();
  const problem = actionData?.problem;
  const query = name.no === null ? undefined : { no: String(name.no) };
  return (
    <>
      <Head title={`${problem === undefined ? '' : t('entitled.mistake-title')}${t('record.declare.title', { fact: view.label })}`} />
      <Crumbs to={[['/my', t('my.title')], ['/my/facts', t('record.facts.title')]]} />
      <p className="muted way"><a href={href(`/my/facts/${name.fact}`, query)}>{t('record.dispute.back', { fact: view.label })}</a></p>
      {problem === 'refuted-before' ? <Note title={t('record.declare.refuted')}><p>{t('record.problem.refuted-before')}</p></Note> : view.declarable ? (
        <form method="post" action={href(`/my/facts/${name.fact}/declare`, query)}>
          <fieldset aria-describedby={problem === undefined ? undefined : 'mistake'}>
            <legend><h1>{t('record.declare.ask', { fact: view.label })}</h1></legend>
            <Mistake says={problem === undefined ? undefined : t(`record.problem.${problem}`, { kind: '', most: '', files: '', phone: '' })} />
            <p>{t('record.declare.why')}</p>
            <ValueField asked={asked} typed={actionData?.typed ?? typed} />
          </fieldset>
          <section className="commitment">
            <h2>{t('record.declare.commitment')}</h2>
            <p>{t('record.declare.commitment-says')}</p>
            <p>{t('record.declare.if-wrong')}</p>
          </section>
          <label className="opt"><input type="checkbox" name="agreed" value="yes" defaultChecked={actionData?.agreed} /><span>{t('record.declare.agree')}</span></label>
          <p className="buttons"><button type="submit" className="button">{t('record.declare.send')}</button></p>
        </form>
      ) : <Note title={t('record.declare.held')}><p>{t('record.declare.held-says')}</p></Note>}
    </>
  );
}
