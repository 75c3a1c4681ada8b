import { answerNotice, endGrant, objectToDebt, openReview, pauseGrant, readAffairs, taskOpened, wantGrant } from '#adapters/store/index.ts';
import type { AccessLog, Database, Vault, WishDoor } from '#adapters/store/index.ts';
import { caseStream } from '#engine/casework/index.ts';
import type { City } from '#engine/city.ts';
import { cycleOn, monthOf } from '#engine/entitlement/index.ts';
import type { GrantKey } from '#engine/entitlement/index.ts';
import type { Affairs, Mine, MineRefusal, Owner } from '#engine/mine/index.ts';
import { aboutOf } from '#engine/ports.ts';
import type { Clock, Random } from '#engine/ports.ts';
import { dayNumber } from '#engine/rules/index.ts';
import { areasIn } from '../area.ts';
import { caseOfService } from '../case-of-service.ts';
import { askingOf } from '../grants/acting.ts';
import { householdKeyOf } from '../household.ts';
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
  const areas = areasIn();
  const door = (): WishDoor => ({ database, vault, by: { at: clock.now(), random } });
  const caseOf = (owner: Owner, service: string): GrantKey | undefined => caseOfService(city(), owner, service);
  const paused = async (owner: Owner, service: string, wanted: boolean): Promise<MineRefusal | undefined> => {
    const [{ pack, today }, of] = [city(), caseOf(owner, service)];
    const record = pack.services.get(service);
    const monthly = record && cycleOn(record, monthOf(dayNumber(today))) === 'month';
    return of && monthly && (await pauseGrant(door(), owner, of, { paused: wanted, today })) ? undefined : { kind: 'nothing-granted' };
  };
  return {
    affairs: async (owner, through) => {
      const affairs = await database.read(owner, 'my-page', (session) => readAffairs(session, vault, owner.subjects, city().pack.plan.calendar.zone));
      await log.write(readIn(owner, affairs).map((subjectKey) => ({ actor: owner.id, purpose: 'my-page', through, about: { kind: 'subject', subjectKey, householdKey: null }, columns: COLUMNS })));
      return affairs;
    },
    answer: async (owner, { service, number }, reply) => {
      const of = caseOf(owner, service);
      return of ? answerNotice(door(), owner, { stream: caseStream(of.service, of.subject), number }, reply, city().today) : { kind: 'notice-unknown' };
    },
    end: async (owner, service) => {
      const of = caseOf(owner, service);
      return of && (await endGrant(door(), owner, of, city().today)) ? undefined : { kind: 'nothing-granted' };
    },
    want: async (owner, service) => {
      const of = caseOf(owner, service);
      return of && (await wantGrant(door(), owner, of)) ? undefined : { kind: 'nothing-granted' };
    },
    pause: (owner, service) => paused(owner, service, true),
    resume: (owner, service) => paused(owner, service, false),
    askForPerson: async (owner, service, says) => {
      const [now, of] = [city(), caseOf(owner, service)];
      if (!of) return { kind: 'not-about-you' };
      const opened = taskOpened(askingOf(now.pack, now.today), 'review', { ...of, household: householdKeyOf(now, aboutOf(owner)), area: areas(now, of.subject) }, { asked: 'resident', says });
      await openReview(door(), owner, opened);
      return undefined;
    },
    object: async (owner, service, says) => {
      const of = caseOf(owner, service);
      return of && (await objectToDebt(door(), owner, of, says)) === undefined ? undefined : { kind: 'nothing-asked-back' };
    },
    ...seals(vault),
  };
}

/** The tables of which rows are shown. */
const COLUMNS = ['benefit_grant', 'ledger_line', 'notice', 'payment_item', 'recovery', 'task'] as const;

/** Of whom something was read: the person always, a group where something was done about it. Everybody in it can see that. */
function readIn(owner: Owner, { grants, notices, tasks, debts, periods }: Affairs): readonly string[] {
  const found = new Set([...grants, ...debts, ...periods].map(({ subject }) => subject).concat(notices.map(({ subjectKey }) => subjectKey), tasks.flatMap(({ subjectKey }) => subjectKey ?? [])));
  const about = aboutOf(owner);
  return [about, ...owner.subjects.filter((key) => key !== about && found.has(key))];
}
