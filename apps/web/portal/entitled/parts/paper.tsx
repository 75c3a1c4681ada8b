import type { ReactNode } from 'react';
import type { Group } from '#engine/entitlement/index.ts';
import type { CalendarDate, LocalName, LocalText } from '#engine/kernel/index.ts';
import { day } from '../../../format.ts';
import { Text, usePage, useSite } from '../../../page.tsx';
import type { QrCode } from '../qr.ts';
import type { answerLines, ResultLine } from '../shape.ts';
import { Code } from './code.tsx';
import { perOf } from './line.tsx';

interface Printed {
  readonly today: CalendarDate;
  readonly code: string;
  readonly lines: readonly ResultLine[];
  readonly hotline: { readonly phone: string; readonly name: LocalName; readonly hours: LocalText | 'unfilled' };
  readonly qr: QrCode | undefined;
  readonly answers: ReturnType<typeof answerLines>;
}

/** The result on one sheet in large type, for the counter: what one has, what is missing and who knows it, whom to call. Only on paper. */
export function Paper({ today, code, lines, hotline, qr, answers }: Printed): ReactNode {
  const { t, say, locale } = usePage();
  const site = useSite();
  const of = (group: Group): readonly ResultLine[] => lines.filter((line) => line.group === group);
  const soon = of('not-now').filter((line) => line.change !== undefined);
  return (
    <div className="paper">
      <header>
        <div>
          <p>{site ? say(site.site) : t('home')} · {day(today, locale)}</p>
          <p className="title">{t('entitled.paper')}</p>
          <p className="call"><b>{hotline.phone}</b> {say(hotline.name)}{hotline.hours === 'unfilled' ? '' : ` · ${say(hotline.hours)}`}</p>
          {site?.centre ? <p>{say(site.centre.name)}</p> : null}
        </div>
        {qr === undefined ? null : <div><Code qr={qr} /><p>{t('entitled.paper-scan')}</p></div>}
      </header>
      <Have lines={of('yours')} />
      {of('near').length === 0 ? null : <><p className="title">{t('entitled.group-near')}</p><ul>{of('near').map((line) => <li key={line.id}><b><Text of={line.name} /></b>{t('colon')}{line.missing.map(({ says }) => says).join(t('entitled.list'))}</li>)}</ul></>}
      {soon.length === 0 ? null : <><p className="title">{t('entitled.paper-soon')}</p><ul>{soon.map((line) => <li key={line.id}><b><Text of={line.name} /></b>{t('colon')}{line.change}</li>)}</ul></>}
      {of('undecided').length === 0 ? null : <p><b>{t('entitled.group-undecided')}</b>{t('colon')}{of('undecided').map((line) => say(line.name)).join(t('entitled.list'))}</p>}
      <p className="fine">{t('entitled.paper-rest', { count: of('not-now').length - soon.length })} {lines.some((line) => line.demo) ? t('entitled.paper-demo') : ''} {t('entitled.binding')}</p>
      {answers.every(({ said }) => !said) ? null : <><p className="title">{t('entitled.answers')}</p><ul className="told">{answers.filter(({ said }) => said).map(({ id, question, answer }) => <li key={id}><Text of={question} /> <b>{answer}</b></li>)}</ul></>}
      {code === '' ? null : <p className="code" translate="no">{code}</p>}
    </div>
  );
}

function Have({ lines }: { readonly lines: readonly ResultLine[] }): ReactNode {
  const { t } = usePage();
  return (
    <>
      <p className="title">{t('entitled.group-yours')}</p>
      {lines.length === 0 ? <p>{t('entitled.group-none')}</p> : <ul className="have">{lines.map((line) => <li key={line.id}><b><Text of={line.name} /></b>{line.amount === undefined ? null : <span>{t('entitled.amount', { amount: line.amount })}{perOf(line, t)}{line.demo ? ' *' : ''}</span>}</li>)}</ul>}
    </>
  );
}
