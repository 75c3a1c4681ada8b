import { noticesTo } from '#adapters/store/index.ts';
import type { Session } from '#adapters/store/index.ts';
import { wordsOf, workingCalendar } from '#engine/casework/index.ts';
import type { NoticeValues } from '#engine/casework/index.ts';
import type { City } from '#engine/city.ts';
import { decidingDepartment, ENTITLEMENT_MESSAGES } from '#engine/entitlement/index.ts';
import type { GrantKey } from '#engine/entitlement/index.ts';
import type { Locale } from '#engine/kernel/index.ts';
import type { Person } from '#engine/record/index.ts';
import { applyStep, DECISION_NOTICES, fileWriting, lastDayToApply, missingOf, remedyFor } from '#engine/remedy/index.ts';
import type { Attached, Challengeable, Reconsideration, RemedyRefusal, ToldBefore, TypedStep } from '#engine/remedy/index.ts';
import { areaOf } from '../area.ts';
import { caseOfService } from '../case-of-service.ts';
import { attachedTo } from './attach.ts';
import type { RemedyInput } from './open.ts';
import { inOwnStream, ownApplications } from './own.ts';

/** So many notices of one person are looked at. */
const MOST_NOTICES = 500;

/** What somebody could challenge about a service, and what they applied for before. */
export async function aboutService(input: RemedyInput, person: Person, service: string): Promise<Challengeable | undefined> {
  const city = input.city();
  const of = caseOfService(city, person, service);
  const found = remedyFor(city.pack, city.pack.services.get(service), city.today);
  if (!of || !found) return undefined;
  return input.database.read(person, 'what I can challenge', async (session) => ({
    told: await toldBefore(input, session, of), applications: (await ownApplications(input, session, person)).filter((one) => one.service === service),
  }));
}

/** What was told in a case, the newest first. */
async function toldBefore({ vault, city }: RemedyInput, session: Session, { service, subject }: GrantKey): Promise<readonly ToldBefore[]> {
  const { pack, today } = city();
  const remedy = remedyFor(pack, pack.services.get(service), today)?.remedy ?? {};
  const calendar = workingCalendar(pack.calendar);
  const notices = await noticesTo(session, vault, [subject], { limit: MOST_NOTICES, zone: pack.plan.calendar.zone });
  return notices.filter((one) => one.service === service && DECISION_NOTICES.has(one.kind)).map(({ number, template, values, givenOn }) => ({
    number, on: givenOn, lastDay: lastDayToApply(calendar, givenOn, remedy), says: { zh: saidIn(pack, template, values, 'zh'), en: saidIn(pack, template, values, 'en') },
  }));
}

function saidIn(pack: City['pack'], template: string, values: NoticeValues | undefined, locale: Locale): string {
  return values ? wordsOf(template, values, { messages: ENTITLEMENT_MESSAGES[locale], ...fileWriting(pack, locale) }) : '';
}

/** Goes one step on with the application about a service, or begins it. The file is made where it is sent, and not before. */
export async function stepApplication(input: RemedyInput, person: Person, service: string, step: TypedStep): Promise<RemedyRefusal | undefined> {
  const { database, city } = input;
  const { pack, today } = city();
  const record = pack.services.get(service);
  const found = remedyFor(pack, record, today);
  if (!found) return 'no-remedy';
  const of = caseOfService(city(), person, service);
  if (!of) return 'not-about-you';
  const about = { ...of, decidedBy: decidingDepartment(record), area: areaOf(city(), of.subject) };
  const { told, own } = await database.read(person, 'what I can challenge', async (session) => ({ told: await toldBefore(input, session, of), own: await ownApplications(input, session, person) }));
  const full = step.do === 'choose' ? chosen(told, step.notice) : step.do === 'send' ? await sent(input, person, about, { told, own }) : step;
  if (typeof full === 'string') return full;
  const applying = { today, calendar: workingCalendar(pack.calendar), ...found };
  return database.write(person, 'apply for reconsideration', (session) => inOwnStream<RemedyRefusal>(input, session, person, (at) => applyStep(at.own, about, full, { ...applying, next: at.next })));
}

function chosen(told: readonly ToldBefore[], notice: number | null): { readonly do: 'choose'; readonly notice: number | null; readonly toldOn: ToldBefore['on'] | null } | 'told-unknown' {
  const before = told.find(({ number }) => number === notice);
  if (notice !== null && !before) return 'told-unknown';
  return { do: 'choose', notice, toldOn: before?.on ?? null };
}

/** What is sent, with the file; where it was sent before, the file of then counts. */
async function sent(input: RemedyInput, person: Person, about: GrantKey & { readonly decidedBy: string }, { told, own }: { readonly told: readonly ToldBefore[]; readonly own: readonly Reconsideration[] }): Promise<{ readonly do: 'send'; readonly attached: Attached } | 'not-said'> {
  const here = own.filter((one) => one.service === about.service);
  const draft = here.find((one) => one.sent === null);
  const before = here.find((one) => one.sent !== null)?.sent;
  if (!draft) return before ? { do: 'send', attached: before.attached } : 'not-said';
  if (missingOf(draft, input.city().today).length > 0) return 'not-said';
  return { do: 'send', attached: await attachedTo(input, person, about, { told, challenged: told.find(({ number }) => number === draft.challenged?.notice) }) };
}
