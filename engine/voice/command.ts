import { addWorkingDays, claim, complete } from '#engine/casework/index.ts';
import type { TaskRefusal, Worker, WorkingCalendar } from '#engine/casework/index.ts';
import { addDays } from '#engine/kernel/index.ts';
import type { CalendarDate } from '#engine/kernel/index.ts';
import type { VoiceRules } from '#engine/pack/index.ts';
import { isBad } from './event.ts';
import type { MatterKind, MatterStep, PhotoMark, VoiceEvent } from './event.ts';
import { isActedOn, mayJudge } from './matter.ts';
import type { Matter } from './matter.ts';
import { isSame } from './rating.ts';
import type { Contact, Given, Rating } from './rating.ts';
import { isTooLong } from './words.ts';

/** Under what rules and on which day something is said. */
export interface Saying {
  readonly rules: VoiceRules;
  readonly calendar: WorkingCalendar;
  readonly today: CalendarDate;
}

/** Why nothing was said or done. */
export type VoiceRefusal =
  | TaskRefusal
  | { readonly kind: 'contact-too-old'; readonly until: CalendarDate }
  | { readonly kind: 'rating-acted-on' }
  | { readonly kind: 'reason-unknown' }
  | { readonly kind: 'words-missing' }
  | { readonly kind: 'words-too-long' }
  | { readonly kind: 'not-answered' }
  | { readonly kind: 'matter-unknown' }
  | { readonly kind: 'checks-itself' };

/** What a resident's saying comes to: entries of their own stream, and of the stream of a matter. */
export interface Said {
  readonly own: readonly VoiceEvent[];
  readonly matter: { readonly id: string; readonly steps: readonly MatterStep[] } | undefined;
}

const NOTHING: Said = { own: [], matter: undefined };

/** The last day on which a contact may be rated, and its rating changed. */
export function ratedUntil({ ratedWithin }: VoiceRules, on: CalendarDate): CalendarDate {
  return addDays(on, ratedWithin.days);
}

/** Rates a contact, or changes the rating as long as nobody has acted on it. `fresh`: the id of a matter that there is none of yet. The same again does nothing. */
export function rate(contact: Contact, before: { readonly rating: Rating; readonly matter: Matter | undefined } | undefined, given: Given, saying: Saying, fresh: string): Said | VoiceRefusal {
  const { rules, today } = saying;
  if (before && isSame(before.rating, given)) return NOTHING;
  const until = ratedUntil(rules, contact.on);
  if (today > until) return { kind: 'contact-too-old', until };
  if (before?.matter && isActedOn(before.matter)) return { kind: 'rating-acted-on' };
  if (isTooLong(given.words, 'words') || (given.reach !== null && isTooLong(given.reach, 'reach'))) return { kind: 'words-too-long' };
  if (!given.reasons.every((reason) => rules.reasons.some(({ id }) => id === reason))) return { kind: 'reason-unknown' };
  const matter = aboutIt(contact, before, given, saying, fresh);
  const id = matter?.id ?? before?.rating.matter ?? null;
  const said = { ...given, reasons: [...given.reasons], matter: id };
  const own: VoiceEvent = before ? { kind: 'rating-changed', payload: { rating: before.rating.number, ...said } } : { kind: 'rating-given', payload: { contact: contact.key, service: contact.service, department: contact.department, ...said, on: today } };
  return { own: [own], matter };
}

/** What the rating means for the department: a bad one is a task, one that turned good takes it back. */
function aboutIt(contact: Contact, before: { readonly rating: Rating; readonly matter: Matter | undefined } | undefined, given: Given, saying: Saying, fresh: string): Said['matter'] {
  const { matter } = before ?? {};
  if (!matter) return isBad(given.level) ? { id: fresh, steps: raised({ ...given, kind: 'rating', department: contact.department, service: contact.service, category: null, area: '', place: '', photo: null }, saying) } : undefined;
  const amended: MatterStep = { kind: 'matter-amended', payload: { ...given, reasons: [...given.reasons] } };
  if (matter.state.kind === 'withdrawn') return isBad(given.level) ? { id: matter.id, steps: [amended, { kind: 'task-reopened', payload: { task: matter.task.number, reason: 'rated-badly-again', ...limitOf('rating', saying) } }] } : undefined;
  if (isBad(given.level)) return { id: matter.id, steps: [amended] };
  return { id: matter.id, steps: [{ kind: 'matter-withdrawn', payload: { on: saying.today } }, { kind: 'task-completed', payload: { task: matter.task.number, outcome: 'withdrawn', reason: null } }] };
}

/** What somebody complains about or suggests. */
export interface Raising {
  readonly kind: Exclude<MatterKind, 'rating'>;
  /** Who answers. */
  readonly department: string;
  readonly service: string | null;
  readonly category: string | null;
  readonly area: string;
  readonly place: string;
  readonly words: string;
  readonly reach: string | null;
  readonly photo: PhotoMark | null;
}

/** Sends a complaint or a suggestion to who answers it. */
export function raise(raising: Raising, saying: Saying, id: string): Said | VoiceRefusal {
  if (raising.words === '') return { kind: 'words-missing' };
  if (isTooLong(raising.words, 'words') || isTooLong(raising.place, 'place') || (raising.reach !== null && isTooLong(raising.reach, 'reach'))) return { kind: 'words-too-long' };
  return { own: [{ kind: 'matter-sent', payload: { matter: id, matterKind: raising.kind, on: saying.today } }], matter: { id, steps: raised({ ...raising, level: null, reasons: [] }, saying) } };
}

function raised({ department, kind, ...said }: Omit<Raising, 'kind'> & Pick<Matter, 'kind' | 'level' | 'reasons'>, saying: Saying): readonly MatterStep[] {
  const { service, area } = said;
  const wordBy = addWorkingDays(saying.calendar, saying.today, saying.rules[kind].word).on;
  return [
    { kind: 'matter-raised', payload: { matterKind: kind, service, category: said.category, area, place: said.place, level: said.level, reasons: [...said.reasons], words: said.words, reach: said.reach, photo: said.photo, on: saying.today, wordBy } },
    // What has to be known stands in the entry before; the task itself says nothing that a list could show.
    { kind: 'task-opened', payload: { taskKind: kind, department, area, service, ...limitOf(kind, saying), about: null } },
  ];
}

function limitOf(kind: MatterKind, { rules, calendar, today }: Saying): { readonly dueOn: CalendarDate; readonly dueCounted: 'calendar' | 'weekends' } {
  const { on: dueOn, counted: dueCounted } = addWorkingDays(calendar, today, rules[kind].answer);
  return { dueOn, dueCounted };
}

/** The resident says whether it is solved. Not solved: the task is open again, with a new limit, and that is counted. The same again does nothing. */
export function judge(matter: Matter, { solved, reason }: { readonly solved: boolean; readonly reason: string }, saying: Saying): readonly MatterStep[] | VoiceRefusal {
  const { state, task, check, kind } = matter;
  if (solved && state.kind === 'solved') return [];
  if (!mayJudge(matter, solved)) return { kind: 'not-answered' };
  if (!solved && reason === '') return { kind: 'words-missing' };
  if (isTooLong(reason, 'reason')) return { kind: 'words-too-long' };
  return [
    { kind: 'matter-judged', payload: { solved, reason, on: saying.today } },
    ...(check ? [{ kind: 'task-completed', payload: { task: check.number, outcome: 'overtaken', reason: null } } as const] : []),
    ...(solved || task.state.kind !== 'done' ? [] : [{ kind: 'task-reopened', payload: { task: task.number, reason: 'not-solved', ...limitOf(kind, saying) } } as const]),
  ];
}

/** A first word of the department: it has seen the matter and says what it does. */
export function giveWord({ task, state }: Matter, by: Worker, words: string, { today }: Saying): readonly MatterStep[] | VoiceRefusal {
  const claimed = claim(task, by);
  if ('kind' in claimed) return claimed;
  return said(words) ?? (state.kind === 'working' ? [...claimed, { kind: 'matter-word', payload: { department: by.department, words, on: today } }] : { kind: 'task-done' });
}

/** The department answers, or says what it has put right; whether that solves it is for the resident to say. */
export function answer({ task, state }: Matter, by: Worker, words: string, { rules, calendar, today }: Saying): readonly MatterStep[] | VoiceRefusal {
  const done = complete(task, by, { outcome: 'answered', reason: null });
  if ('kind' in done) return done;
  const refused = said(words);
  if (refused) return refused;
  if (state.kind !== 'working') return { kind: 'task-done' };
  const checkOn = addWorkingDays(calendar, today, rules.checked.workingDays).on;
  return [{ kind: 'matter-answered', payload: { task: task.number, department: by.department, words, on: today, checkOn } }, ...done];
}

/** Another department says whether it is solved, where the resident has not. */
export function checkSolved({ check, answers, state }: Matter, by: Worker, { solved, words }: { readonly solved: boolean; readonly words: string }, { today }: Saying): readonly MatterStep[] | VoiceRefusal {
  if (!check || state.kind !== 'answered') return { kind: 'task-done' };
  const done = complete(check, by, { outcome: solved ? 'solved' : 'not-solved', reason: null });
  if ('kind' in done) return done;
  if (answers.some(({ department }) => department === by.department)) return { kind: 'checks-itself' };
  return said(words) ?? [{ kind: 'matter-checked', payload: { task: check.number, department: by.department, solved, words, on: today } }, ...done];
}

/** What follows by itself: a check where the resident has said nothing in time, a task open again where a check found it unsolved. */
export function followUp({ state, check, answers, task, kind, area, service }: Matter, saying: Saying): readonly MatterStep[] {
  if (state.kind === 'unsolved') return task.state.kind === 'done' ? [{ kind: 'task-reopened', payload: { task: task.number, reason: 'not-solved', ...limitOf(kind, saying) } }] : [];
  if (state.kind !== 'answered' || check || saying.today <= state.checkOn) return [];
  const department = [...saying.rules.checked.by, saying.rules.desk].find((one) => !answers.some((answered) => answered.department === one));
  // Where everybody who could look has answered already, only the resident can say.
  return department === undefined ? [] : [{ kind: 'task-opened', payload: { taskKind: 'solved-check', department, area, service, ...limitOf(kind, saying), about: null } }];
}

function said(words: string): VoiceRefusal | undefined {
  if (words === '') return { kind: 'words-missing' };
  return isTooLong(words, 'words') ? { kind: 'words-too-long' } : undefined;
}
