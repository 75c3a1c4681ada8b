import type { ReactNode } from 'react';
import { RATING_LEVELS, nameOfLevel, shownMatters, shownRatings } from '#engine/voice/index.ts';
import type { ShownMatters, ShownRatings, VoiceCounts } from '#engine/voice/index.ts';
import { SHOWN_AS_DEMO, SMALLEST_SHOWN } from '#engine/entitlement/index.ts';
import type { LocalName } from '#engine/kernel/index.ts';
import type { Route } from './+types/voice.ts';
import { asked, foundOrThrow } from '../context.ts';
import { Head, Text, usePage } from '../page.tsx';
import { Note, Crumbs, Scroll, Title } from './parts/blocks.tsx';
import { aboutName, departmentName, rulesIn } from './my/voice/here.ts';

/** It changes with what people say, not with the pack. */
export const headers = (): Record<string, string> => ({ 'cache-control': 'public, max-age=60' });

const MOST_MONTHS = 12;
const NOTHING: VoiceCounts = { ratings: [], matters: [] };

/** What residents say of the city, counted, with what is promised to whoever says something. */
export async function loader(args: Route.LoaderArgs) {
  const { city } = asked(args);
  const { pack } = city;
  const rules = foundOrThrow(rulesIn(pack));
  const counts = (await city.voice?.counts()) ?? NOTHING;
  const names = (of: { readonly department: string; readonly about: string }): { readonly department: LocalName; readonly about: LocalName | undefined } => ({ department: departmentName(pack, rules, of.department), about: aboutName(pack, rules, { service: of.about, category: of.about }) });
  return {
    ratings: shownRatings(counts.ratings).slice(0, MOST_MONTHS).map(({ month, rows }) => ({ month, rows: rows.map((row) => ({ ...row, names: names({ department: row.department, about: row.service }) })) })),
    matters: shownMatters(counts.matters).slice(0, MOST_MONTHS).map(({ month, rows }) => ({ month, rows: rows.map((row) => ({ ...row, names: names(row) })) })),
    limits: (['rating', 'complaint', 'suggestion'] as const).map((kind) => ({ kind, word: rules[kind].word, answer: rules[kind].answer, demo: SHOWN_AS_DEMO.has(rules[kind].confidence) })),
    checked: rules.checked.workingDays, law: pack.sources.get(rules.law)?.title, hotline: pack.plan.hotline, within: rules.ratedWithin.days,
  };
}

type Loaded = Route.ComponentProps['loaderData'];

export default function PublicVoice({ loaderData: { ratings, matters, limits, checked, law, hotline, within } }: Route.ComponentProps): ReactNode {
  const { t, href, say, locale } = usePage();
  return (
    <>
      <Head title={t('voice.public.title')} description={t('voice.public.lead')} />
      <Crumbs to={[]} />
      <Title lead={t('voice.public.lead')}>{t('voice.public.title')}</Title>
      <p className="buttons"><a className="button" href={href('/my/voice/new')}>{t('voice.new.title')}</a> <a className="button plain" href={href('/my/voice')}>{t('voice.public.mine')}</a></p>
      <p>{t('voice.public.phone', { name: say(hotline.name) })} <a className="phone" href={`tel:${hotline.phone}`}>{hotline.phone}</a></p>
      <section>
        <h2>{t('voice.public.levels')}</h2>
        <p>{t('voice.public.levels-says', { days: within })}{law === undefined ? null : <span className="muted" lang="zh-CN"> {law}</span>}</p>
        <ol className="plain">{RATING_LEVELS.map((level) => <li key={level}>{nameOfLevel(level, locale)}</li>)}</ol>
      </section>
      <section>
        <h2>{t('voice.public.limits')}</h2>
        <ul className="plain">{limits.map(({ kind, word, answer }) => <li key={kind}>{t(`voice.public.limit-${kind}`, { word, answer })}</li>)}</ul>
        <p>{t('voice.public.solved', { days: checked })}</p>
        {limits.some(({ demo }) => demo) ? <Note title={t('voice.public.demo')}><p>{t('voice.public.demo-says')}</p></Note> : null}
      </section>
      <section>
        <h2>{t('voice.public.ratings')}</h2>
        <p className="muted">{t('voice.public.rate-says', { few: SMALLEST_SHOWN })} <a href="/api/v1/said">{t('voice.public.data')}</a></p>
        {ratings.length === 0 ? <p>{t('voice.public.none')}</p> : ratings.map((one) => <Ratings key={one.month} of={one} />)}
      </section>
      <section>
        <h2>{t('voice.public.matters')}</h2>
        <p className="muted">{t('voice.public.matters-says', { few: SMALLEST_SHOWN })}</p>
        {matters.length === 0 ? <p>{t('voice.public.none')}</p> : matters.map((one) => <Matters key={one.month} of={one} />)}
      </section>
    </>
  );
}

/** A count, or a word for one that is too small. */
function Count({ label, of }: { readonly label: string; readonly of: number | null }): ReactNode {
  const { t } = usePage();
  return <td className="n" data-label={label}>{of ?? <span className="muted">{t('voice.public.few')}</span>}</td>;
}

function useMonth(): (month: string) => string {
  const { t } = usePage();
  return (month) => t('voice.public.month', { year: month.slice(0, 4), month: Number(month.slice(5)) });
}

function Who({ names }: { readonly names: Loaded['ratings'][number]['rows'][number]['names'] }): ReactNode {
  return <th scope="row"><Text of={names.department} />{names.about ? <><br /><span className="muted"><Text of={names.about} /></span></> : null}</th>;
}

function Ratings({ of: { month, rows } }: { readonly of: Pick<ShownRatings, 'month'> & Loaded['ratings'][number] }): ReactNode {
  const { t, locale } = usePage();
  const title = useMonth()(month);
  return (
    <Scroll label={title}>
      <table className="grid voiced">
        <caption>{title}</caption>
        <thead><tr><th scope="col">{t('voice.public.who')}</th>{RATING_LEVELS.map((level) => <th key={level} scope="col" className="n">{nameOfLevel(level, locale)}</th>)}<th scope="col" className="n">{t('voice.public.all')}</th><th scope="col" className="n">{t('voice.public.rate')}</th></tr></thead>
        <tbody>{rows.map((row) => (
          <tr key={`${row.department} ${row.service}`}>
            <Who names={row.names} />
            {RATING_LEVELS.map((level) => <Count key={level} label={nameOfLevel(level, locale)} of={row.levels[level]} />)}
            <Count label={t('voice.public.all')} of={row.all} />
            <td className="n" data-label={t('voice.public.rate')}>{row.satisfiedBp === null ? <span className="muted">{t('voice.public.few')}</span> : `${(row.satisfiedBp / 100).toFixed(1)}%`}</td>
          </tr>
        ))}</tbody>
      </table>
    </Scroll>
  );
}

const COLUMNS = ['raised', 'answered', 'inTime', 'solved', 'checked', 'reopened'] as const;

function Matters({ of: { month, rows } }: { readonly of: Pick<ShownMatters, 'month'> & Loaded['matters'][number] }): ReactNode {
  const { t } = usePage();
  const title = useMonth()(month);
  return (
    <Scroll label={title}>
      <table className="grid voiced">
        <caption>{title}</caption>
        <thead><tr><th scope="col">{t('voice.public.who')}</th>{COLUMNS.map((column) => <th key={column} scope="col" className="n">{t(`voice.public.count-${column}`)}</th>)}</tr></thead>
        <tbody>{rows.map((row) => <tr key={`${row.department} ${row.about}`}><Who names={row.names} />{COLUMNS.map((column) => <Count key={column} label={t(`voice.public.count-${column}`)} of={row[column]} />)}</tr>)}</tbody>
      </table>
    </Scroll>
  );
}
