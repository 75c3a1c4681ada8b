import type { ReactNode } from 'react';
import type { Route } from './+types/plan-findings.ts';
import { asked } from '../context.ts';
import { Head, usePage } from '../page.tsx';
import { Crumbs, Jump, Title } from './parts/blocks.tsx';
import { Finding } from './parts/finding.tsx';
import { foundIn } from './shape.ts';

const SEVERITIES = ['error', 'warning', 'info'] as const;

export function loader(args: Route.LoaderArgs) {
  const { city, locale } = asked(args);
  const all = foundIn(city, city.findings, locale);
  return {
    total: all.length, plan: city.pack.plan.name,
    groups: SEVERITIES.map((severity) => ({ severity, rules: [...Map.groupBy(all.filter((one) => one.severity === severity), ({ code }) => code)].map(([code, findings]) => ({ code, findings })) })).filter(({ rules }) => rules.length > 0),
  };
}

export default function PlanFindings({ loaderData: { total, plan, groups } }: Route.ComponentProps): ReactNode {
  const { t, say } = usePage();
  return (
    <>
      <Head title={t('plan-findings.title')} description={t('plan-findings.lead', { count: total, plan: say(plan) })} />
      <Crumbs to={[['/plan', t('plan.title')]]} />
      <Title lead={t('plan-findings.lead', { count: total, plan: say(plan) })}>{t('plan-findings.title')}</Title>
      <Jump to={groups.map(({ severity, rules }) => [severity, t(`severity.${severity}`), rules.reduce((sum, { findings }) => sum + findings.length, 0)])} />
      {groups.map(({ severity, rules }) => (
        <section key={severity}>
          <h2 id={severity}>{t(`severity.${severity}`)}</h2>
          <p>{t(`severity.${severity}-says`)}</p>
          {rules.map(({ code, findings }) => (
            <section key={code} id={code} className="rule">
              <h3>{findings[0]?.title} <span className="count">{findings.length}</span></h3>
              {findings.map((one, index) => <Finding key={`${code} ${index}`} of={one} subjects />)}
            </section>
          ))}
        </section>
      ))}
      <p className="downloads">{t('download.findings')}<a href="/api/v1/data/findings.csv">CSV</a>{t('list.comma')}<a href="/api/v1/data/findings.xlsx">XLSX</a>{t('list.comma')}<a href="/api/v1/data/findings.json">JSON</a></p>
    </>
  );
}
