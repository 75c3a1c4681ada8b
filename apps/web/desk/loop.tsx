import type { ReactNode } from 'react';
import type { Route } from './+types/loop.ts';
import { asked } from '../context.ts';
import { hrefIn } from '../view.ts';
import { Command } from './books-view.tsx';
import { Demo, DemoNote, demoShare, hasDemo } from './demo.tsx';
import type { DemoShare } from './demo.tsx';
import { loopSteps } from './loop-steps.ts';
import type { LoopStep } from './loop-steps.ts';
import { State } from './table.tsx';
import { deskWords, useDesk } from './words.ts';

interface Loaded {
  readonly steps: readonly LoopStep[];
  /** Whose numbers they are; null where nobody is loaded. */
  readonly synthetic: boolean | null;
  readonly demo: DemoShare;
}

export async function loader(args: Route.LoaderArgs): Promise<Loaded> {
  const { city, locale } = asked(args);
  return { steps: await loopSteps(city, locale, deskWords(locale)), synthetic: city.population ? city.population.kind === 'synthetic' : null, demo: demoShare(city) };
}

export default function LoopPage({ loaderData: { steps, synthetic, demo } }: Route.ComponentProps): ReactNode {
  const { t } = useDesk();
  const done = steps.filter(({ command }) => command === null).length;
  return (
    <>
      <title>{t('loop.title')}</title>
      <h1>{t('loop.title')}</h1>
      <p className="desk-lead">{t('loop.lead')}</p>
      {synthetic === true ? <p className="desk-note"><b>{t('simulate.synthetic')}</b> {t('money.synthetic')}</p> : null}
      {done === 0 ? null : <DemoNote share={demo} money />}
      <p role="status">{t(done === steps.length ? 'loop.whole' : 'loop.done', { done, all: steps.length })} {t('loop.run-all')} <Command of="npm run loop" /></p>
      <ol className="desk-loop">{steps.map((step, at) => <Step key={step.id} step={step} next={steps[at + 1]} demo={hasDemo(demo)} />)}</ol>
    </>
  );
}

function Step({ step: { id, title, says, link, command, agrees }, next, demo }: { readonly demo: boolean; readonly step: LoopStep; readonly next: LoopStep | undefined }): ReactNode {
  const { t, locale } = useDesk();
  const view = { locale, size: 'normal', place: '' } as const;
  return (
    <li id={id} data-state={command === null ? 'done' : 'waiting'}>
      <h2>{title}</h2>
      <p>
        <State tone={command === null ? 'ok' : 'quiet'}>{t(command === null ? 'loop.happened' : 'loop.waits')}</State>
        {agrees === null ? null : <> <State tone={agrees ? 'ok' : 'warn'}>{t(agrees ? 'loop.agrees' : 'loop.differs')}</State></>}
      </p>
      {says.map((text, at) => <p key={text}>{text}<Demo is={demo && at === 0 && id !== 'people' && id !== 'reform'} /></p>)}
      {command === null ? null : <p>{t('books.command')} <Command of={command} /></p>}
      <p className="desk-next">{link ? <a href={hrefIn(view, link.to)}>{link.text}</a> : null}{next ? <a href={`#${next.id}`}>{t('loop.next', { title: next.title })}</a> : <a href="#people">{t('loop.again')}</a>}</p>
    </li>
  );
}
