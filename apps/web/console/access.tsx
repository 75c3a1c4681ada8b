import type { ReactNode } from 'react';
import { data } from 'react-router';
import type { City } from '#engine/city.ts';
import { nameOfTaskKind, TASK_KINDS } from '#engine/casework/index.ts';
import type { Looker, LookLine } from '#engine/console/index.ts';
import { parseDate } from '#engine/kernel/index.ts';
import type { Locale } from '#engine/kernel/index.ts';
import { purposeOfTask } from '#engine/permission/index.ts';
import type { Route } from './+types/access.ts';
import { onDuty } from '../context.ts';
import { Scroll } from '../desk/scroll.tsx';
import { day } from '../format.ts';
import { departmentName } from '../named.ts';
import { doorWords, purposeWords } from '../portal/my/record/words.ts';
import { wordsOf } from '../words.ts';
import { Field } from './parts.tsx';
import { consoleWords, useConsole } from './words.ts';

/** Who looked at people's data, counted by day: what whoever watches over that may know. */
export async function loader(args: Route.LoaderArgs) {
  const { city, console, visitor, query, locale } = onDuty(args);
  const chosen = query.get('by') ?? '';
  const found = await console.looks.list(visitor.principal, { from: parseDate(query.get('from') ?? ''), until: parseDate(query.get('until') ?? ''), by: chosen === '' ? undefined : chosen });
  if (!found) throw data(null, { status: 403 });
  const { from, until, count, lines, by } = found;
  return { from, until, count, chosen, by: by.map((one) => ({ id: one.id, name: nameOf(one, locale), looks: one.looks })), lines: lines.map((line) => shown(city, line, locale)) };
}

function nameOf({ id, name }: Pick<Looker, 'id' | 'name'>, locale: Locale): string {
  return name ?? consoleWords(locale)(id === 'machine' ? 'by.system' : 'looks.residents');
}

function shown(city: City, { id, name, on, department, purpose, through, looks, people, everybody }: LookLine, locale: Locale) {
  const t = wordsOf(locale);
  const work = TASK_KINDS.find((kind) => purposeOfTask(kind) === purpose);
  return {
    key: `${on} ${id} ${purpose} ${through}`, on: day(on, locale), who: nameOf({ id, name }, locale), department: department === undefined ? '' : departmentName(city, department, locale),
    purpose: work === undefined ? purposeWords(purpose, t, locale) : nameOfTaskKind(work, locale), through: doorWords(through, t), looks, people, everybody,
  };
}

export default function AccessPage({ loaderData: { from, until, count, chosen, by, lines } }: Route.ComponentProps): ReactNode {
  const { t, locale } = useConsole();
  const title = t('looks.title');
  return (
    <>
      <title>{title}</title>
      <h1>{title}</h1>
      <p className="desk-lead">{t('looks.lead')}</p>
      <form method="get" className="con-row">
        {locale === 'zh' ? null : <input type="hidden" name="lang" value={locale} />}
        <Field name="from" type="date" label={t('looks.from')} defaultValue={from} />
        <Field name="until" type="date" label={t('looks.until')} defaultValue={until} />
        <label className="con-field">{t('looks.by')}<select name="by" defaultValue={chosen}><option value="">{t('looks.everybody')}</option>{by.map((one) => <option key={one.id} value={one.id}>{t('looks.looker', { name: one.name, count: one.looks.toLocaleString('en') })}</option>)}</select></label>
        <button className="con-button quiet">{t('looks.show')}</button>
      </form>
      {lines.length === 0 ? <p className="desk-lead">{t('looks.none')}</p> : (
        <Scroll label={title}><table className="desk-table">
          <caption className="desk-hidden">{title}</caption>
          <thead><tr><th scope="col">{t('looks.day')}</th><th scope="col">{t('looks.who')}</th><th scope="col">{t('looks.purpose')}</th><th scope="col">{t('looks.through')}</th><th scope="col" className="desk-num">{t('looks.looks')}</th><th scope="col" className="desk-num">{t('looks.people')}</th></tr></thead>
          <tbody>{lines.map((line) => (
            <tr key={line.key}>
              <td>{line.on}</td><td>{line.who} <span className="desk-muted">{line.department}</span></td><td>{line.purpose}</td><td>{line.through}</td>
              <td className="desk-num">{line.looks.toLocaleString('en')}</td><td className="desk-num">{line.everybody > 0 ? t('looks.all-people') : line.people.toLocaleString('en')}</td>
            </tr>
          ))}</tbody>
        </table></Scroll>
      )}
      {lines.length < count ? <p className="desk-muted">{t('looks.more', { shown: lines.length, count })}</p> : null}
    </>
  );
}
