import type { City } from '#engine/city.ts';
import { nameOfTaskKind, nameOfTaskState } from '#engine/casework/index.ts';
import type { EntryWriting, QueueLine } from '#engine/console/index.ts';
import { parseDate, say } from '#engine/kernel/index.ts';
import type { Locale } from '#engine/kernel/index.ts';
import { yuan } from '../desk/simulated.ts';
import { day } from '../format.ts';
import { departmentName } from '../named.ts';
import { consoleWords } from './words.ts';

/** A task as a row of the queue. */
export interface TaskLine {
  readonly path: string;
  readonly kind: string;
  readonly service: string;
  readonly area: string;
  readonly subject: string;
  readonly due: string;
  readonly left: string;
  readonly tone: 'late' | 'soon' | 'quiet';
  readonly state: string;
}

/** So many working days are soon. */
const SOON = 2;

interface TaskName {
  readonly stream: string;
  readonly number: number;
}

/** A task as the end of an address names it. */
export const taskPlace = ({ stream, number }: TaskName): string => `${number}/${stream.split('/').map(encodeURIComponent).join('/')}`;

export const taskPath = (task: TaskName): string => `/console/tasks/${taskPlace(task)}`;

export function lineOf({ pack }: City, { task, daysLeft, heldBy, isMine }: QueueLine, locale: Locale): TaskLine {
  const t = consoleWords(locale);
  const isDone = task.state.kind === 'done';
  return {
    path: taskPath(task), kind: nameOfTaskKind(task.kind, locale), service: serviceName({ pack }, task.service, locale), area: areaName({ pack }, task.area, locale), subject: task.subjectKey ?? '',
    due: day(task.dueOn, locale), left: isDone ? '' : leftIn(daysLeft, locale), tone: isDone ? 'quiet' : daysLeft < 0 ? 'late' : daysLeft <= SOON ? 'soon' : 'quiet',
    state: isMine ? t('held.me') : heldBy === undefined ? nameOfTaskState(task.state.kind, locale) : t('held.by', { name: heldBy }),
  };
}

function leftIn(days: number, locale: Locale): string {
  const t = consoleWords(locale);
  if (days === 0) return t('left.today');
  return days < 0 ? t('left.late', { days: -days }) : t('left.days', { days });
}

export function serviceName({ pack }: Pick<City, 'pack'>, id: string | null, locale: Locale): string {
  const service = pack.services.get(id ?? '');
  return service ? say(service.name, locale) : id === null || id === '' ? consoleWords(locale)('no-service') : id;
}

export function areaName({ pack }: Pick<City, 'pack'>, area: string, locale: Locale): string {
  if (area === '') return consoleWords(locale)('everywhere');
  const division = pack.divisions.get(area);
  return division ? say(division.name, locale) : area;
}

export function monthName(month: number, locale: Locale): string {
  return consoleWords(locale)('month', { year: Math.floor(month / 100), month: String(month % 100).padStart(2, '0') });
}

/** How the values of a case are written. */
export function writingOf(city: City, locale: Locale): EntryWriting {
  const t = consoleWords(locale);
  return {
    locale,
    fen: (fen) => t('yuan', { yuan: yuan(fen) }),
    month: (month) => monthName(month, locale),
    day: (text) => { const date = parseDate(text); return date ? day(date, locale) : text; },
    department: (id) => departmentName(city, id, locale),
    fact: (id) => { const fact = city.pack.facts.get(id); return fact ? say(fact.label, locale) : id; },
  };
}
