import { useState } from 'react';
import type { ReactNode } from 'react';
import { say, toNumber } from '#engine/kernel/index.ts';
import type { Locale } from '#engine/kernel/index.ts';
import type { City } from '#engine/city.ts';
import type { Domain } from '#engine/pack/index.ts';
import { gapOf, valuePairs } from '#engine/indicator/index.ts';
import type { Route } from './+types/overview.ts';
import { asked } from '../context.ts';
import { quantity } from '../format.ts';
import { outlinesIn } from '../outlines.ts';
import type { Outlines } from '../outlines.ts';
import { useDesk } from './words.ts';
import type { DeskMessage } from './words.ts';

export function loader(args: Route.LoaderArgs) {
  const { city, locale } = asked(args);
  const { pack, findings } = city;
  const table = pack.plan.document.tables.at(-1);
  const services = [...pack.services.values()];
  const mechanisms = [...pack.mechanisms.values()];
  const indicators = table ? city.indicatorsOf(table.id) : [];
  const outlines = outlinesIn(pack.boundaries, new Map([...pack.divisions.values()].map((division) => [division.id, division.name])));
  return {
    counts: {
      services: services.length, indicators: indicators.length, pairs: indicators.flatMap(valuePairs).length, targets: pack.targets.size,
      standard: services.filter((one) => one.printed.standard === 'given').length, payer: services.filter((one) => one.printed.payer !== 'unfilled').length,
      mechanisms: mechanisms.length, running: mechanisms.filter((one) => one.state === 'running').length, inPack: mechanisms.filter((one) => one.state === 'in-pack').length,
      findings: findings.length, errors: severity(city, 'error'), warnings: severity(city, 'warning'), infos: severity(city, 'info'),
    },
    domains: pack.plan.domains.map((domain) => domainRow(city, domain, say(domain.name, locale), indicators.filter((one) => one.domain === domain.id))),
    measures: measuresOf(city, locale),
    map: outlines && pack.boundaries ? { ...outlines, note: say(pack.boundaries.note, locale), source: pack.sources.get(pack.boundaries.source)?.title ?? pack.boundaries.source } : null,
  };
}

function severity({ findings }: City, of: 'error' | 'warning' | 'info'): number {
  return findings.filter((finding) => finding.severity === of).length;
}

function domainRow(city: City, { id, life }: Domain, name: string, indicators: ReturnType<City['indicatorsOf']>) {
  const { pack } = city;
  const services = city.servicesOf(id);
  const gaps = indicators.flatMap((one) => valuePairs(one).map((pair) => gapOf(pair, one.direction).kind));
  const of = <T extends { readonly domain: string }>(records: Iterable<T>): readonly T[] => [...records].filter((record) => record.domain === id);
  const [targets, mechanisms, systems, projects] = [of(pack.targets.values()), of(pack.mechanisms.values()), of(pack.systems.values()), of(pack.projects.values())];
  const subjects = new Set([...services, ...indicators, ...targets, ...projects].map((record) => record.id));
  return {
    id, name, page: life ? `/life/${id}` : null, services: services.length, standard: services.filter((one) => one.printed.standard === 'given').length, indicators: indicators.length,
    rise: gaps.filter((kind) => kind === 'rise' || kind === 'fall').length, keep: gaps.filter((kind) => kind === 'keep').length, looser: gaps.filter((kind) => kind === 'looser').length, noBase: gaps.filter((kind) => kind === 'no-base').length,
    targets: targets.length, mechanisms: mechanisms.length, carried: mechanisms.filter((one) => one.state !== 'not-yet').length, systems: systems.length, projects: projects.length,
    findings: city.findings.filter((finding) => finding.subjects.some((subject) => subjects.has(subject))).length,
  };
}

/** The figures that the counties of the plan have, each with its unit, day and source. */
function measuresOf(city: City, locale: Locale) {
  const { pack } = city;
  const counties = city.divisionsIn(pack.plan.population.division).filter((division) => division.kind === 'county');
  const measures = [...new Set(pack.population.filter((figure) => counties.some((county) => county.id === figure.division)).map((figure) => figure.measure))];
  return measures.flatMap((measure) => {
    const figures = pack.population.filter((figure) => figure.measure === measure);
    const first = figures.find((figure) => counties.some((county) => county.id === figure.division));
    if (!first) return [];
    const values = counties.map((county) => {
      const figure = figures.find((one) => one.division === county.id);
      return { code: county.id, name: say(county.name, locale), value: figure ? toNumber(figure.value) : null, text: figure ? quantity(figure.value, pack.units.get(figure.unit), locale) : null, note: figure?.note ? say(figure.note, locale) : null };
    });
    return [{ measure, name: say(first.name, locale), on: first.on, source: pack.sources.get(first.source)?.title ?? first.source, values }];
  });
}

type Data = Awaited<ReturnType<typeof loader>>;
type Measure = Data['measures'][number];

const DOMAIN_COLUMNS = [['services', 'column.services'], ['standard', 'column.services-standard'], ['indicators', 'column.indicators'], ['rise', 'column.rise'], ['keep', 'column.keep'], ['looser', 'column.looser'], ['noBase', 'column.no-base'], ['targets', 'column.targets'], ['mechanisms', 'column.mechanisms'], ['carried', 'column.carried'], ['systems', 'column.systems'], ['projects', 'column.projects'], ['findings', 'column.findings']] as const satisfies readonly (readonly [keyof Data['domains'][number], DeskMessage])[];

export default function Overview({ loaderData: { counts, domains, measures, map } }: Route.ComponentProps): ReactNode {
  const { t } = useDesk();
  const top = [
    ['overview.indicators', counts.indicators, t('overview.indicators.note', { pairs: counts.pairs }), '/desk/indicators'],
    ['overview.findings', counts.findings, t('overview.findings.note', counts), '/desk/findings'],
    ['overview.standard', counts.standard, t('overview.standard.note', { total: counts.services }), '/desk/services'],
    ['overview.payer', counts.payer, t('overview.payer.note'), '/desk/services'],
    ['overview.carried', counts.running, t('overview.carried.note', { total: counts.mechanisms, pack: counts.inPack }), '/desk/mechanisms'],
  ] as const;
  return (
    <>
      <title>{t('overview.title')}</title>
      <h1>{t('overview.title')}</h1>
      <p className="desk-lead">{t('overview.lead', counts)}</p>
      <dl className="desk-top">{top.map(([id, count, note, path]) => <div key={id}><dt><a href={path}>{t(id)}</a></dt><dd><b>{count}</b><small>{note}</small></dd></div>)}</dl>
      <h2>{t('overview.domains')}</h2>
      <div className="desk-scroll">
        <table className="desk-plain">
          <thead><tr><th scope="col">{t('column.domain')}</th>{DOMAIN_COLUMNS.map(([key, title]) => <th scope="col" className="desk-num" key={key}>{t(title)}</th>)}</tr></thead>
          <tbody>{domains.map((row) => <tr key={row.id}><th scope="row">{row.page === null ? row.name : <a href={row.page}>{row.name}</a>}</th>{DOMAIN_COLUMNS.map(([key]) => <td className="desk-num" key={key}>{row[key]}</td>)}</tr>)}</tbody>
        </table>
      </div>
      {measures.length === 0 ? null : <Counties measures={measures} map={map} />}
    </>
  );
}

function Counties({ measures, map }: { readonly measures: Data['measures']; readonly map: Data['map'] }): ReactNode {
  const { t } = useDesk();
  const [chosen, setChosen] = useState(measures[0]?.measure);
  const measure = measures.find((one) => one.measure === chosen) ?? measures[0];
  if (!measure) return null;
  return (
    <>
      <h2>{t('overview.map')}</h2>
      <p className="desk-lead">{t('overview.map.lead')}</p>
      <div className="desk-tools"><label>{t('overview.map.measure')}<select value={measure.measure} onChange={(event) => setChosen(event.target.value)}>{measures.map((one) => <option key={one.measure} value={one.measure}>{one.name}</option>)}</select></label></div>
      <div className="desk-map">
        {map === null ? null : <figure style={{ margin: 0 }}><CountyMap map={map} measure={measure} /><figcaption className="desk-muted">{map.note} {map.source}</figcaption></figure>}
        <div>
          <table className="desk-plain">
            <caption>{measure.name}</caption>
            <thead><tr><th scope="col">{t('column.county')}</th><th scope="col" className="desk-num">{t('column.value')}</th></tr></thead>
            <tbody>{[...measure.values].sort((a, b) => (b.value ?? -1) - (a.value ?? -1)).map((row) => <tr key={row.code}><th scope="row">{row.name}{row.note === null ? null : <small className="desk-muted"><br />{row.note}</small>}</th><td className="desk-num">{row.text ?? t('empty')}</td></tr>)}</tbody>
          </table>
          <p className="desk-muted">{t('overview.map.source', { source: measure.source, on: measure.on })}</p>
        </div>
      </div>
    </>
  );
}

/** Five steps of celadon from light to dark, by equal parts of the range; an area without a value is hatched out in grey. */
const STEPS = ['#dfeae6', '#b9d2ca', '#8fb8ac', '#5e998a', '#2f7264'] as const;

function CountyMap({ map, measure }: { readonly map: Outlines; readonly measure: Measure }): ReactNode {
  const { t } = useDesk();
  const values = measure.values.flatMap((row) => (row.value === null ? [] : [row.value]));
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const fill = (value: number | null | undefined): string => (value === null || value === undefined ? '#d9dad3' : (STEPS[Math.min(STEPS.length - 1, Math.floor(((value - low) / (high - low || 1)) * STEPS.length))] ?? STEPS[0]));
  return (
    <svg viewBox={`0 0 ${map.width} ${map.height}`} role="img" aria-label={t('overview.map.text', { measure: measure.name })}>
      {map.areas.map(({ code, path }) => <path key={code} d={path} fill={fill(measure.values.find((row) => row.code === code)?.value)} />)}
      {map.areas.map(({ code, x, y }) => {
        const row = measure.values.find((one) => one.code === code);
        return <text key={code} x={x} y={y}><tspan x={x}>{row?.name ?? code}</tspan><tspan x={x} dy="1.2em">{row?.text ?? ''}</tspan></text>;
      })}
    </svg>
  );
}
