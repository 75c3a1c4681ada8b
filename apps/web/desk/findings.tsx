import type { ReactNode } from 'react';
import { say } from '#engine/kernel/index.ts';
import type { LocalText } from '#engine/kernel/index.ts';
import { describeAny } from '#engine/delivery/index.ts';
import { describeFinding, printCitation } from '#engine/pack/index.ts';
import type { Pack } from '#engine/pack/index.ts';
import type { Route } from './+types/findings.ts';
import { asked } from '../context.ts';
import { DeskTable, State } from './table.tsx';
import type { DeskColumn, DeskRow } from './table.tsx';
import { deskWords, useDesk } from './words.ts';

interface Place {
  readonly cite: string;
  readonly line: number;
  readonly raw: string;
}

interface Row extends DeskRow {
  readonly severityId: string;
  readonly severity: string;
  readonly title: string;
  readonly explanation: string;
  readonly places: readonly string[];
  readonly subjects: readonly string[];
}

/** Something to look at in the set of standards, which is ours and not the plan’s. */
interface ReviewRow extends DeskRow {
  readonly message: string;
  readonly hint: string;
  readonly file: string;
}

interface Subject {
  readonly id: string;
  readonly name: string;
  /** Its page, where it has one. */
  readonly path: string | null;
}

export function loader(args: Route.LoaderArgs) {
  const { city, locale } = asked(args);
  const t = deskWords(locale);
  const subjects = new Map<string, Subject>();
  const places: Record<string, readonly Place[]> = {};
  // What must be settled comes first; within that, in the order of the plan.
  const rows = SEVERITIES.flatMap((severity) => city.findings.filter((finding) => finding.severity === severity)).map((finding, index): Row => {
    const { title, explanation } = describeFinding(finding, locale);
    const key = String(index);
    places[key] = finding.places.map(({ citation, line, raw }) => ({ cite: printCitation(citation), line, raw }));
    for (const id of finding.subjects) subjects.set(id, subjectOf(city.pack, id, (text) => say(text, locale)));
    return { key, severityId: finding.severity, severity: t(`severity.${finding.severity}`), title, explanation, places: places[key].map(({ cite, raw }) => `${cite} ${raw}`), subjects: finding.subjects };
  });
  const review = city.review().map((one, index): ReviewRow => {
    const { message, hint } = describeAny(one, locale);
    return { key: String(index), message, hint, file: `${one.place.file}:${one.place.line}` };
  });
  return { rows, places, subjects: Object.fromEntries(subjects), review };
}

function subjectOf(pack: Pack, id: string, name: (text: LocalText) => string): Subject {
  const service = pack.services.get(id);
  if (service) return { id, name: name(service.name), path: `/services/${id}` };
  const indicator = pack.indicators.get(id) ?? [...pack.indicators.values()].find((one) => one.parts?.some((part) => part.id === id));
  if (indicator) return { id, name: name(indicator.name), path: `/indicators/${indicator.id}` };
  const other = pack.targets.get(id) ?? pack.projects.get(id) ?? pack.systems.get(id) ?? pack.mechanisms.get(id) ?? pack.background.get(id);
  return { id, name: other ? name(other.name) : id, path: null };
}

const SEVERITIES = ['error', 'warning', 'info'] as const;

/** More places than this are folded away behind the first few. */
const FEW = 4;

export default function Findings({ loaderData: { rows, places, subjects, review } }: Route.ComponentProps): ReactNode {
  const { t, locale } = useDesk();
  const columns: readonly DeskColumn<Row>[] = [
    { key: 'severity', title: 'column.severity', kind: 'choice', order: (row) => SEVERITIES.findIndex((severity) => severity === row.severityId), draw: (row) => <State tone={row.severityId === 'error' ? 'stop' : row.severityId === 'warning' ? 'warn' : 'quiet'}>{row.severity}</State> },
    { key: 'title', title: 'column.finding', kind: 'choice', width: 380, draw: (row) => <>{row.subjects.map((id) => <span key={id} id={id} />)}<b>{row.title}</b><br />{row.explanation}</> },
    { key: 'places', title: 'column.places', kind: 'text', width: 420, draw: (row) => <Places of={places[row.key] ?? []} /> },
    { key: 'subjects', title: 'column.subjects', kind: 'text', draw: (row) => <Subjects of={row.subjects.map((id) => subjects[id]).filter((one) => one !== undefined)} label={t('findings.subject', { count: row.subjects.length })} />, order: (row) => row.subjects.length },
  ];
  return (
    <>
      <title>{t('findings.title')}</title>
      <h1>{t('findings.title')}</h1>
      <p className="desk-lead">{t('findings.lead')}</p>
      <DeskTable rows={rows} columns={columns} set="findings" caption={t('findings.title')} extra={<a href={`/api/v1/findings/memo.docx?lang=${locale}`}>{t('export.memo')}</a>} />
      <h2 id="standards">{t('findings.standards')}</h2>
      <p className="desk-lead">{t(review.length === 0 ? 'findings.standards-none' : 'findings.standards-lead')}</p>
      {review.length === 0 ? null : <DeskTable rows={review} columns={REVIEW} set="review" caption={t('findings.standards')} />}
    </>
  );
}

const REVIEW: readonly DeskColumn<ReviewRow>[] = [
  { key: 'message', title: 'column.finding', kind: 'text', width: 420, draw: (row) => <b>{row.message}</b> },
  { key: 'hint', title: 'column.hint', kind: 'text', width: 420 },
  { key: 'file', title: 'column.file', kind: 'text' },
];

function Places({ of }: { readonly of: readonly Place[] }): ReactNode {
  const list = (some: readonly Place[]): ReactNode => <ul className="desk-places">{some.map(({ cite, line, raw }, index) => <li key={index}><a href={`/plan/source#L${line}`}>{cite}</a> <q>{raw}</q></li>)}</ul>;
  return of.length <= FEW ? list(of) : <>{list(of.slice(0, FEW))}<details><summary>+ {of.length - FEW}</summary>{list(of.slice(FEW))}</details></>;
}

function Subjects({ of, label }: { readonly of: readonly Subject[]; readonly label: string }): ReactNode {
  const list = <ul className="desk-places">{of.map(({ id, name, path }) => <li key={id}>{path === null ? name : <a href={path}>{name}</a>}</li>)}</ul>;
  return of.length <= FEW ? list : <details><summary>{label}</summary>{list}</details>;
}
