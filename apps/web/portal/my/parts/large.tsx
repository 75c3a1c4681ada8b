import type { ReactNode } from 'react';
import { Head, usePage } from '../../../page.tsx';
import { Title } from '../../parts/blocks.tsx';
import type { MoneyView } from '../money-view.ts';
import { Sums } from './money.tsx';

/** The page for large text: the money first, and at most four things in all. */
export function Large({ money, asks, undecided, phone }: { readonly money: MoneyView; readonly asks: number; readonly undecided: number; readonly phone: string }): ReactNode {
  const { t, href } = usePage();
  return (
    <>
      <Head title={t('my.title')} />
      <Title>{t('my.title')}</Title>
      <section className="answer">
        <h2>{t('my.money')}</h2>
        <Sums came={money.came} coming={money.coming} />
        {money.debts.length === 0 ? null : <p><a href={href('/my/print#money')}>{t('my.large-debt', { count: money.debts.length })}</a></p>}
      </section>
      <nav className="four" aria-label={t('my.title')}>
        <a href={href('/my/notices')}><b>{asks === 0 ? t('my.large-notices') : t('my.large-asks', { count: asks })}</b><span>{t(asks === 0 ? 'my.large-notices-says' : 'my.large-asks-says')}</span></a>
        <a href={href('/my/print')}><b>{t('my.large-all')}</b><span>{t('my.large-all-says', { count: undecided })}</span></a>
        <a href={`tel:${phone}`}><b>{phone}</b><span>{t('my.large-call')}</span></a>
      </nav>
    </>
  );
}
