import type { City } from '#engine/city.ts';
import { parseDate, say } from '#engine/kernel/index.ts';
import type { CalendarDate, Locale, LocalName, LocalText } from '#engine/kernel/index.ts';
import type { VoiceRules } from '#engine/pack/index.ts';
import { aboutIn, mayJudge, nameOfLevel } from '#engine/voice/index.ts';
import type { DraftAnswers, Matter, MatterState, RatedContact } from '#engine/voice/index.ts';
import { aboutName, departmentName } from './here.ts';

/** A choice of a question. */
export interface Choice {
  readonly value: string;
  readonly label: LocalName;
  readonly says: LocalText | undefined;
}

/** A county with its townships, to choose a place from. */
export interface PlaceGroup {
  readonly code: string;
  readonly name: LocalName;
  readonly inside: readonly { readonly code: string; readonly name: LocalName }[];
}

/** What the questions of the form need of the pack, and how what was answered is called. */
export interface FormView {
  readonly about: readonly Choice[];
  readonly places: readonly PlaceGroup[];
  readonly phone: string;
  /** The service that whoever came here was looking at. */
  readonly preset: string | undefined;
  readonly said: { readonly about: string | undefined; readonly place: string | undefined; readonly department: string | undefined };
}

export function formView({ pack }: City, rules: VoiceRules, locale: Locale, { answers, about }: { readonly answers: DraftAnswers; readonly about: string }): FormView {
  const named = (id: string): LocalName | undefined => pack.services.get(id)?.name;
  // Whoever comes from the page of a service, or chose one before, finds it first.
  const wanted = [answers.about ?? '', about].find((one) => one.startsWith('service:') && named(one.slice(8)) !== undefined);
  const chosen = answers.about === undefined ? undefined : aboutIn(answers.about, { rules, isService: (id) => pack.services.has(id) });
  const name = chosen && aboutName(pack, rules, chosen);
  const category = rules.categories.find(({ id }) => id === chosen?.category);
  const department = category?.department ?? pack.services.get(chosen?.service ?? '')?.decidedBy?.department ?? rules.desk;
  const divisions = [...pack.divisions.values()];
  return {
    about: [...(wanted === undefined ? [] : [{ value: wanted, label: named(wanted.slice(8)) ?? { zh: '', en: '' }, says: undefined }]), ...rules.categories.map(({ id, name: label, example }) => ({ value: `category:${id}`, label, says: example }))],
    places: divisions.filter(({ kind, code }) => kind === 'county' && code !== undefined).map((county) => ({ code: county.code ?? '', name: county.name, inside: divisions.filter(({ parent, kind, code }) => parent === county.code && kind === 'township' && code !== undefined).map(({ code = '', name: inner }) => ({ code, name: inner })) })),
    phone: pack.plan.hotline.phone, preset: wanted,
    said: { about: name && say(name, locale), place: answers.place && placeText(pack, answers.place, locale), department: chosen && say(departmentName(pack, rules, department), locale) },
  };
}

/** Where it was, in words; empty where no place was said. */
export function placeText({ divisions }: City['pack'], { area, detail }: { readonly area: string; readonly detail: string }, locale: Locale): string {
  const found = divisions.get(area);
  const within = found?.kind === 'township' ? divisions.get(found.parent ?? '') : undefined;
  const names = [within, found].flatMap((one) => (one ? [say(one.name, locale)] : []));
  return [names.join(locale === 'zh' ? '' : ', '), detail].filter((part) => part !== '').join(locale === 'zh' ? '，' : ', ');
}

/** A matter as its resident sees it. */
export interface MatterView extends Pick<Matter, 'id' | 'kind' | 'words' | 'reach' | 'raisedOn' | 'wordBy' | 'wordOn' | 'reopened'> {
  readonly about: LocalName | undefined;
  readonly place: string;
  readonly level: string | undefined;
  readonly reasons: readonly LocalName[];
  readonly hasPhoto: boolean;
  readonly department: LocalName;
  readonly dueOn: CalendarDate;
  readonly isLate: boolean;
  readonly state: MatterState['kind'] | 'checking' | 'solved-by-check';
  readonly checkOn: CalendarDate | undefined;
  readonly steps: readonly { readonly kind: Matter['steps'][number]['kind']; readonly on: CalendarDate | undefined; readonly department: LocalName | undefined; readonly words: string | null }[];
  readonly maySay: { readonly yes: boolean; readonly no: boolean };
}

export function matterView({ pack, today }: City, rules: VoiceRules, matter: Matter, locale: Locale): MatterView {
  const { id, kind, words, reach, raisedOn, wordBy, wordOn, reopened, state, task, steps, area, place, check } = matter;
  const name = (department: string): LocalName => departmentName(pack, rules, department);
  return {
    id, kind, words, reach, raisedOn, wordBy, wordOn, reopened, about: aboutName(pack, rules, matter), place: placeText(pack, { area, detail: place }, locale),
    level: matter.level === null ? undefined : nameOfLevel(matter.level, locale), reasons: matter.reasons.flatMap((reason) => rules.reasons.find((one) => one.id === reason)?.name ?? []), hasPhoto: matter.photo !== null,
    department: name(check?.department ?? task.department), dueOn: check?.dueOn ?? task.dueOn, isLate: state.kind === 'working' && today > task.dueOn,
    state: state.kind === 'answered' && check ? 'checking' : state.kind === 'solved' && state.by === 'check' ? 'solved-by-check' : state.kind, checkOn: state.kind === 'answered' ? state.checkOn : undefined,
    steps: steps.map(({ kind: turn, on, at, department, words: said }) => ({ kind: turn, on: on ?? dayOf(at, pack.plan.calendar.zone), department: department === null ? undefined : name(department), words: said })),
    maySay: { yes: mayJudge(matter, true), no: mayJudge(matter, false) },
  };
}

/** The day of an instant where the city is. */
function dayOf(at: string, zone: string): CalendarDate | undefined {
  return parseDate(new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' }).format(new Date(at)));
}

/** A contact as its resident sees it. */
export interface ContactView extends Pick<RatedContact, 'id' | 'on' | 'until' | 'isOpen'> {
  readonly kind: RatedContact['key']['kind'];
  readonly service: LocalName | undefined;
  readonly department: LocalName;
  readonly level: string | undefined;
  readonly matter: string | undefined;
}

export function contactView({ pack }: City, rules: VoiceRules, { id, on, until, isOpen, key, service, department, rating, matter }: RatedContact, locale: Locale): ContactView {
  return { id, on, until, isOpen, kind: key.kind, service: service === null ? undefined : pack.services.get(service)?.name, department: departmentName(pack, rules, department), level: rating && nameOfLevel(rating.level, locale), matter: matter && matter.state.kind !== 'withdrawn' ? matter.id : undefined };
}
