import { evidenceAt } from '#adapters/store/index.ts';
import type { AccessLog, Database, Vault } from '#adapters/store/index.ts';
import { caseStream } from '#engine/casework/index.ts';
import type { City } from '#engine/city.ts';
import { aboutOf } from '#engine/ports.ts';
import type { Clock, Random } from '#engine/ports.ts';
import { completeApplication, RECONSIDERATION_CASE, withdrawApplication } from '#engine/remedy/index.ts';
import type { Remedies } from '#engine/remedy/index.ts';
import { aboutService, stepApplication } from './apply.ts';
import { followApplication, ownApplications } from './own.ts';
import { keepPaper } from './paper.ts';
import { readApplication, readPaper } from './read.ts';

export interface RemedyInput {
  readonly database: Database;
  readonly vault: Vault;
  readonly log: AccessLog;
  readonly clock: Clock;
  readonly random: Random;
  /** The city that is in force. */
  readonly city: () => City;
}

/** Applications for reconsideration in a city with a store. */
export function openRemedies(input: RemedyInput): Remedies {
  const { database, vault } = input;
  return {
    about: (person, service) => aboutService(input, person, service),
    own: (person) => database.read(person, 'my applications', (session) => ownApplications(input, session, person)),
    step: (person, service, step) => stepApplication(input, person, service, step),
    keep: (person, number, file) => keepPaper(input, person, number, file),
    complete: (person, number, says) => followApplication(input, person, number, (one, at) => completeApplication(one, says, at)),
    withdraw: (person, number, because) => followApplication(input, person, number, (one, { today }) => withdrawApplication(one, because, today)),
    paper: (person, number) => database.read(person, 'my paper', (session) => evidenceAt(session, vault, { stream: caseStream(RECONSIDERATION_CASE, aboutOf(person)), number })),
    read: (who, task, asked) => readApplication(input, who, task, asked),
    readPaper: (who, task, paper, asked) => readPaper(input, who, task, { paper, ...asked }),
  };
}
