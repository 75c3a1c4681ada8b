import type { City } from '#engine/city.ts';
import type { GrantKey } from '#engine/entitlement/index.ts';
import type { Owner } from '#engine/mine/index.ts';

/** The case of a service: of the person, or of the group of the kind that the service is for; undefined where they are in none. */
export function caseOfService({ pack, population }: Pick<City, 'pack' | 'population'>, owner: Owner, service: string): GrantKey | undefined {
  const [record, keys] = [pack.services.get(service), population?.keys];
  const subject = record?.subject === undefined ? undefined : owner.subjects.find((key) => keys?.rowOf(key)?.entity === record.subject);
  return subject === undefined ? undefined : { service, subject };
}
