import { answerNotice, askAboutObjection, choosePayTo, endGrant, mandatesHeldBy, objectToDebt, openReview, pauseGrant, readAffairs, taskOpened, wantGrant } from '#adapters/store/index.ts';
import type { AccessLog, Database, Vault, WishDoor } from '#adapters/store/index.ts';
import { caseStream } from '#engine/casework/index.ts';
import type { City } from '#engine/city.ts';
import { cycleOn, monthOf, noticeOfDoing } from '#engine/entitlement/index.ts';
import type { DoneFor, GrantKey } from '#engine/entitlement/index.ts';
import { CHOOSE_PROVEN_MINUTES } from '#engine/mine/index.ts';
import type { Affairs, Mine, MineRefusal, Owner } from '#engine/mine/index.ts';
import { aboutOf } from '#engine/ports.ts';
import type { Clock, Random } from '#engine/ports.ts';
import { dayNumber } from '#engine/rules/index.ts';
import { areaOf } from '../area.ts';
import { caseOfService } from '../case-of-service.ts';
import { askingOf } from '../grants/acting.ts';
import { householdKeyOf } from '../household.ts';
import { isProven } from '../proven.ts';
import { seals } from './seal.ts';

export interface MineInput {
  readonly database: Database;
  readonly vault: Vault;
  readonly log: AccessLog;
  readonly clock: Clock;
  readonly random: Random;
  /** The city now in force. */
  readonly city: () => City;
}

/** What a resident's own pages ask, over the store: everything under the rights of the resident, never of the system. */
export function openMine({ database, vault, log, clock, random, city }: MineInput): Mine {
  /** With what is done in the case of a service; whoever has given somebody leave to do it is told what they did, by their name in the leave. */
  const doorOf = async (owner: Owner, of: GrantKey, did: DoneFor): Promise<WishDoor> => {
    const about = aboutOf(owner);
    const mandates = about === owner.id ? [] : await mandatesHeldBy(database, vault, owner.id, city().today);
    const who = mandates.flatMap(({ subjectKey, state }) => (subjectKey === about && state.kind === 'taken' ? [state.taker] : [])).at(-1);
    const also = who === undefined ? [] : [{ stream: caseStream(of.service, of.subject), subjectKey: about, householdKey: null, kind: 'notice-given', payload: noticeOfDoing(of.service, did, who) }];
    return { database, vault, by: { at: clock.now(), random }, also };
  };
  const caseOf = (owner: Owner, service: string): GrantKey | undefined => caseOfService(city(), owner, service);
  const paused = async (owner: Owner, service: string, wanted: boolean): Promise<MineRefusal | undefined> => {
    const [{ pack, today }, of] = [city(), caseOf(owner, service)];
    const record = pack.services.get(service);
    const monthly = record && cycleOn(record, monthOf(dayNumber(today))) === 'month';
    return of && monthly && (await pauseGrant(await doorOf(owner, of, wanted ? 'paused' : 'resumed'), owner, of, { paused: wanted, today })) ? undefined : { kind: 'nothing-granted' };
  };
  const provenLately = (provenAt: string): boolean => isProven(clock, provenAt, CHOOSE_PROVEN_MINUTES);
  return {
    affairs: async (owner, through) => {
      const affairs = await database.read(owner, 'my-page', (session) => readAffairs(session, vault, owner, city().pack.plan.calendar.zone));
      await log.write(readIn(owner, affairs).map((subjectKey) => ({ actor: owner.id, purpose: 'my-page', through, about: { kind: 'subject', subjectKey, householdKey: null }, columns: affairs.payTo && affairs.payTo.choices.length > 0 && subjectKey === owner.id ? COLUMNS_WITH_ACCOUNT : COLUMNS })));
      return affairs;
    },
    answer: async (owner, { service, number }, reply) => {
      const of = caseOf(owner, service);
      return of ? answerNotice(await doorOf(owner, of, reply), owner, { stream: caseStream(of.service, of.subject), number }, reply, city().today) : { kind: 'notice-unknown' };
    },
    end: async (owner, service) => {
      const of = caseOf(owner, service);
      return of && (await endGrant(await doorOf(owner, of, 'ended'), owner, of, city().today)) ? undefined : { kind: 'nothing-granted' };
    },
    want: async (owner, service) => {
      const of = caseOf(owner, service);
      return of && (await wantGrant(await doorOf(owner, of, 'wanted'), owner, of)) ? undefined : { kind: 'nothing-granted' };
    },
    pause: (owner, service) => paused(owner, service, true),
    resume: (owner, service) => paused(owner, service, false),
    askForPerson: async (owner, service, says) => {
      const [now, of] = [city(), caseOf(owner, service)];
      if (!of) return { kind: 'not-about-you' };
      const opened = taskOpened(askingOf(now.pack, now.today), 'review', { ...of, household: householdKeyOf(now, aboutOf(owner)), area: areaOf(now, of.subject) }, { asked: 'resident', says });
      await openReview(await doorOf(owner, of, 'asked-for-person'), owner, opened);
      return undefined;
    },
    object: async (owner, service, says) => {
      const [now, of] = [city(), caseOf(owner, service)];
      if (!of || (await objectToDebt(await doorOf(owner, of, 'objected'), owner, of, says)) !== undefined) return { kind: 'nothing-asked-back' };
      await askAboutObjection({ database, vault, by: { at: clock.now(), random, actor: 'system' } }, of, askingOf(now.pack, now.today));
      return undefined;
    },
    payTo: async (owner, to, provenAt) => {
      const { pack, today } = city();
      if (aboutOf(owner) !== owner.id || owner.only !== undefined) return { kind: 'not-yourself' };
      if (!provenLately(provenAt)) return { kind: 'prove-again' };
      await choosePayTo({ database, vault, by: { at: clock.now(), random } }, owner, to, { on: { day: today }, phone: pack.plan.hotline.phone });
      return undefined;
    },
    mayPayTo: provenLately,
    ...seals(vault),
  };
}

/** The tables of which rows are shown. */
const COLUMNS = ['benefit_grant', 'ledger_line', 'notice', 'payment_item', 'recovery', 'task'] as const;

const COLUMNS_WITH_ACCOUNT = [...COLUMNS, 'pay_account'].sort();

/** Of whom something was read: the person always, a group where something was done about it. Everybody in it can see that. */
function readIn(owner: Owner, { grants, notices, tasks, debts, periods }: Affairs): readonly string[] {
  const found = new Set([...grants, ...debts, ...periods].map(({ subject }) => subject).concat(notices.map(({ subjectKey }) => subjectKey), tasks.flatMap(({ subjectKey }) => subjectKey ?? [])));
  const about = aboutOf(owner);
  return [about, ...owner.subjects.filter((key) => key !== about && found.has(key))];
}
