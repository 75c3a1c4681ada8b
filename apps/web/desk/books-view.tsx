import type { ReactNode } from 'react';
import { say } from '#engine/kernel/index.ts';
import type { CalendarDate, Locale } from '#engine/kernel/index.ts';
import type { Pack } from '#engine/pack/index.ts';
import type { City } from '#engine/city.ts';
import type { RunPeople, ShownRun } from '#engine/books/index.ts';
import { ACTS, CHANGES, conditionSays } from '#engine/entitlement/index.ts';
import type { ActKind, ChangeKind, PayerKey } from '#engine/entitlement/index.ts';
import { State } from './table.tsx';
import { yuan } from './simulated.ts';
import { useDesk } from './words.ts';
import type { DeskMessage, DeskWords } from './words.ts';

/* What the pages of runs, money and the loop have in common. */

/** A payer in words: a level, or a county by its name. */
export function payerName({ divisions }: Pick<Pack, 'divisions'>, payer: PayerKey, locale: Locale, t: DeskWords): string {
  const [level = '', county = ''] = payer.split(':');
  if (payer === 'unstated') return t('payer.unstated');
  if (level === 'county') return county === '' ? t('payer.county-unknown') : divisionName({ divisions }, county, locale);
  const known = LEVELS.find((one) => one === level);
  return known ? t(`level.${known}`) : payer;
}

const LEVELS = ['nation', 'province', 'city', 'county', 'fund', 'employer', 'person'] as const;

function divisionName({ divisions }: Pick<Pack, 'divisions'>, code: string, locale: Locale): string {
  const division = divisions.get(code);
  return division ? say(division.name, locale) : code;
}

export function serviceName({ services }: Pick<Pack, 'services'>, id: string, locale: Locale): string {
  const service = services.get(id);
  return service ? say(service.name, locale) : id;
}

/** The clause behind a change in words, as the law of a day has it; null: nothing stood against it before, or the service is not decided any more. */
export function clauseSays({ pack }: Pick<City, 'pack'>, { service, kind, clause }: { readonly service: string; readonly kind: ChangeKind; readonly clause: string | null }, on: CalendarDate, locale: Locale, t: DeskWords): string {
  if (clause === null) return t(kind === 'new' ? 'clause.new' : 'clause.none');
  if (clause === 'scope' || clause === 'amount') return t(`clause.${clause}`);
  if (clause.startsWith('stacks/')) return t('clause.stacks');
  const standard = pack.services.get(service)?.standard?.find(({ from, until }) => from <= on && (until === undefined || on <= until));
  const says = conditionSays(pack, standard, clause);
  return says ? say(says, locale) : clause;
}

/** A count with commas; null is few. */
export function Count({ of }: { readonly of: number | null }): ReactNode {
  const { t } = useDesk();
  return <td className="desk-num">{of === null ? t('scope.few') : grouped(of)}</td>;
}

/** Fen as yuan; null is the money of few. */
export function Fen({ of }: { readonly of: number | null }): ReactNode {
  const { t } = useDesk();
  return <td className="desk-num">{of === null ? t('scope.few') : yuan(of)}</td>;
}

export const grouped = (count: number): string => count.toLocaleString('en');

export const CHANGE_TITLES = { new: 'simulate.new', raised: 'simulate.raised', lowered: 'simulate.lowered', ended: 'simulate.ended', 'now-unknown': 'simulate.now-unknown' } as const satisfies Record<ChangeKind, DeskMessage>;

export function ChangeHeads(): ReactNode {
  const { t } = useDesk();
  return CHANGES.map((kind) => <th key={kind} scope="col" className="desk-num">{t(CHANGE_TITLES[kind])}</th>);
}

export function ChangeCells({ counts }: { readonly counts: Readonly<Record<ChangeKind, number | null>> }): ReactNode {
  return CHANGES.map((kind) => <Count key={kind} of={counts[kind]} />);
}

/** Whose numbers they are. */
export function PeopleNote({ people }: { readonly people: RunPeople }): ReactNode {
  const { t } = useDesk();
  return <p className="desk-note"><b>{t(people.synthetic ? 'simulate.synthetic' : 'simulate.real')}</b> {t('runs.people', { count: grouped(people.count), release: people.release })} {people.synthetic ? t('runs.people-synthetic') : null}</p>;
}


/** What a page says that has nothing to show: what it would show, and the command that fills it. */
export function Nothing({ says, command }: { readonly says: string; readonly command?: string }): ReactNode {
  const { t } = useDesk();
  return <p className="desk-note" role="status">{says}{command === undefined ? null : <> {t('books.command')} <Command of={command} /></>}</p>;
}

export function Command({ of }: { readonly of: string }): ReactNode {
  return <code className="desk-command" lang="en">{of}</code>;
}

/** How far a run was acted on. */
export function Acted({ of: { acted } }: { readonly of: Pick<ShownRun, 'acted'> }): ReactNode {
  const { t } = useDesk();
  return <State tone={({ nothing: 'quiet', not: 'quiet', part: 'warn', whole: 'ok' } as const)[acted]}>{t(`acted.${acted}`)}</State>;
}

/** With what a run is compared. */
export function againstText({ against }: Pick<ShownRun, 'against'>, t: DeskWords): string {
  return t(`against.${against.kind}`, { id: against.kind === 'run' ? against.id : '' });
}

/** The acts that were done, each with how many. */
export function actsText(acts: ShownRun['acts'], t: DeskWords): string {
  return ACTS.filter((act) => acts[act].count !== 0).map((act: ActKind) => t('acts.line', { act: t(`act.${act}`), count: countText(acts[act].count, t) })).join(t('acts.join'));
}

export function countText(count: number | null, t: DeskWords): string {
  return count === null ? t('scope.few') : grouped(count);
}

/** The limits that a run breaks, in words. */
export function stopTexts({ stops }: Pick<ShownRun, 'stops'>, t: DeskWords): readonly string[] {
  return stops.map(({ of, cycle, changed, before, limitBp }) => {
    const text = of === 'money' ? yuan : grouped;
    return t(`stop.${of}`, { changed: text(changed), before: text(before), limit: limitBp / 100, cycle: t(`cycle.${cycle ?? 'once'}`) });
  });
}

/** The money that a run moves, cycle by cycle. */
export function movedTexts({ cycles }: Pick<ShownRun, 'cycles'>, t: DeskWords): readonly string[] {
  return cycles.filter(({ movedFen }) => movedFen !== 0).map(({ cycle, movedFen }) => t('runs.moved-of', { cycle: t(`cycle.${cycle}`), moved: yuan(movedFen) }));
}
