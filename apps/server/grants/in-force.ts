import { createHash } from 'node:crypto';
import { z } from 'zod';
import { beforeInForce, peopleOf } from '#adapters/columns/index.ts';
import type { Before } from '#adapters/columns/index.ts';
import { eachStoredGrant } from '#adapters/store/index.ts';
import type { Database } from '#adapters/store/index.ts';
import { answersInForce, rightIn } from '#engine/entitlement/index.ts';
import type { Month, ServiceAnswers } from '#engine/entitlement/index.ts';
import type { Program } from '#engine/rules/index.ts';
import type { ActingPeople } from './people.ts';

/** What is in force in a month, as rows of one release: what a run is compared with. */
export const IN_FORCE = z.strictObject({
  /** Whose rows they are. */
  people: z.string(),
  /** `missing`: how many grants are of subjects whom the release does not have. */
  services: z.record(z.string(), z.strictObject({ subject: z.string(), rows: z.array(z.int()), fen: z.array(z.int()), missing: z.int() })),
});
export type InForce = z.infer<typeof IN_FORCE>;

/** The grants of a month by the rows of a release. */
export async function grantsInForce(database: Database, { release, keys, subjectOf }: Pick<ActingPeople, 'release' | 'keys' | 'subjectOf'>, month: Month): Promise<InForce> {
  const services = new Map<string, { subject: string; rows: number[]; fen: number[]; missing: number }>();
  await eachStoredGrant(database, `what is in force in ${month}`, (_session, grants) => {
    for (const { service, subject: key, grant } of grants) {
      const [right, place] = [rightIn(grant.steps, month), keys.rowOf(key)];
      if (!right) continue;
      const found = services.get(service) ?? { subject: subjectOf(service), rows: [], fen: [], missing: 0 };
      services.set(service, found);
      if (!place) {
        found.missing += 1;
        continue;
      }
      found.rows.push(place.row);
      found.fen.push(right.amountFen);
    }
    return Promise.resolve();
  });
  return { people: peopleOf(release), services: Object.fromEntries([...services].sort(([a], [b]) => (a < b ? -1 : 1))) };
}

/** The name of what is in force: the same for the same grants. */
export function nameOf(inForce: InForce): string {
  const hash = createHash('sha256');
  for (const [service, { rows, fen, missing }] of Object.entries(inForce.services)) {
    const order = [...rows.keys()].sort((a, b) => (rows[a] ?? 0) - (rows[b] ?? 0));
    hash.update(`${service} ${missing}\n${order.map((at) => `${rows[at] ?? 0} ${fen[at] ?? 0}`).join('\n')}\n`);
  }
  return hash.digest('hex').slice(0, 24);
}

/** What is in force as a run compares with it. A service that the law of the day no longer decides counts too: its grants end. */
export function beforeOf(inForce: InForce, program: Program, rowsOf: (subject: string) => number): Before {
  const answers = new Map(Object.entries(inForce.services).map(([service, { subject, rows, fen }]): readonly [string, ServiceAnswers] => {
    const decision = program.decisions.find((one) => one.service === service) ?? { service, subject, clauses: [], amount: 0, stratum: 0 };
    return [service, answersInForce(decision, rowsOf(subject), new Map(rows.map((row, at) => [row, fen[at] ?? 0])))];
  }));
  return beforeInForce(nameOf(inForce), inForce.people, answers, new Map(Object.entries(inForce.services).map(([service, { missing }]) => [service, missing])));
}
