import type { ReactNode } from 'react';
import { nameOfTaskKind, TASK_KINDS } from '#engine/casework/index.ts';
import { rolesThat } from '#engine/permission/index.ts';
import type { QueuePart } from '#engine/console/index.ts';
import type { Route } from './+types/queue.ts';
import { onDuty } from '../context.ts';
import { areaName, lineOf, serviceName } from './view.ts';
import { useConsole } from './words.ts';

interface Choice {
  readonly value: string;
  readonly name: string;
  readonly count: number;
}

/** The tasks of one's department, the most urgent first. Filters are links, so that a list can be kept as an address. */
export async function loader(args: Route.LoaderArgs) {
  const { city, console, visitor, query, locale } = onDuty(args);
  const chosen = { kind: TASK_KINDS.find((kind) => kind === query.get('kind')), service: query.get('service') ?? undefined, area: query.get('area') ?? undefined, done: query.get('done') === '1' };
  const queue = await console.queue(visitor.principal, chosen);
  const choices = (parts: readonly QueuePart[], name: (value: string) => string): readonly Choice[] => parts.map(({ value, count }) => ({ value, count, name: name(value) }));
  const mayRead = visitor.principal.roles.some((role) => rolesThat('task.read').some((one) => one === role));
  return {
    did: LEFT.find((one) => one === query.get('did')), mayRead, mayReopen: visitor.principal.roles.some((role) => rolesThat('task.reopen').some((one) => one === role)), chosen, count: queue.count, late: chosen.done ? 0 : queue.late, lines: queue.lines.map((line) => lineOf(city, line, locale)),
    kinds: choices(queue.kinds, (value) => nameOfTaskKind(TASK_KINDS.find((kind) => kind === value) ?? 'review', locale)),
    services: choices(queue.services, (value) => serviceName(city, value, locale)), areas: choices(queue.areas, (value) => areaName(city, value, locale)),
  };
}

/** What was done with a task that is no longer among these. */
const LEFT = ['complete', 'hand-over', 'put-back'] as const;

type Loaded = Route.ComponentProps['loaderData'];

export default function QueuePage({ loaderData }: Route.ComponentProps): ReactNode {
  const { t } = useConsole();
  const { did, mayRead, chosen, count, late, lines } = loaderData;
  const title = t(chosen.done ? 'queue.done' : 'queue.title');
  if (!mayRead) return <><title>{title}</title><h1>{title}</h1><p className="desk-lead">{t('queue.not-yours')}</p></>;
  return (
    <>
      <title>{title}</title>
      <h1>{title}</h1>
      {did === undefined ? null : <p className="con-done" role="status">{t(`did.${did}`)}</p>}
      <p className="desk-lead">{t('queue.count', { count })}{late === 0 ? null : <> <span className="con-late">▼ {t('queue.late', { late })}</span></>}</p>
      <Filters {...loaderData} />
      {lines.length === 0 ? <p className="desk-lead">{t('queue.none')}</p> : <Rows lines={lines} />}
      {lines.length < count ? <p className="desk-muted">{t('queue.more', { shown: lines.length })}</p> : null}
    </>
  );
}

function Rows({ lines }: Pick<Loaded, 'lines'>): ReactNode {
  const { t, href } = useConsole();
  return (
    <table className="desk-table con-rows">
      <caption className="desk-hidden">{t('queue.title')}</caption>
      <thead><tr>{(['due', 'left', 'kind', 'service', 'area', 'state'] as const).map((column) => <th key={column} scope="col">{t(`column.${column}`)}</th>)}</tr></thead>
      <tbody>{lines.map((line) => (
        <tr key={line.path}>
          <td>{line.due}</td>
          <td className={line.tone === 'quiet' ? undefined : `con-${line.tone}`}>{line.tone === 'late' ? '▼ ' : line.tone === 'soon' ? '◆ ' : ''}{line.left}</td>
          <td><a href={href(line.path)}>{line.kind}</a> <span className="desk-muted">{line.subject}</span></td>
          <td>{line.service}</td><td>{line.area}</td><td>{line.state}</td>
        </tr>
      ))}</tbody>
    </table>
  );
}

function Filters({ kinds, services, areas, chosen, mayReopen }: Loaded): ReactNode {
  const { t, href } = useConsole();
  const kept = { ...(chosen.kind === undefined ? {} : { kind: chosen.kind }), ...(chosen.service === undefined ? {} : { service: chosen.service }), ...(chosen.area === undefined ? {} : { area: chosen.area }), ...(chosen.done ? { done: '1' } : {}) };
  const row = (of: 'kind' | 'service' | 'area', choices: readonly Choice[]): ReactNode => {
    const { [of]: now, ...others } = kept;
    if (choices.length < 2 && now === undefined) return null;
    return (
      <div>
        <b>{t(`filter.${of}`)}</b>
        <a href={href('/console', others)} aria-current={now === undefined ? 'true' : undefined}>{t('filter.all')}</a>
        {choices.map(({ value, name, count }) => <a key={value} href={href('/console', { ...others, [of]: value })} aria-current={now === value ? 'true' : undefined}>{name} {count}</a>)}
      </div>
    );
  };
  return (
    <nav className="con-filters" aria-label={t('filter.label')}>
      {row('kind', kinds)}{row('service', services)}{row('area', areas)}
      {mayReopen ? <div><b>{t('filter.state')}</b><a href={href('/console')} aria-current={chosen.done ? undefined : 'true'}>{t('filter.open')}</a><a href={href('/console', { done: '1' })} aria-current={chosen.done ? 'true' : undefined}>{t('filter.done')}</a></div> : null}
    </nav>
  );
}
