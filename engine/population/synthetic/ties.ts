import type { Schema } from '#engine/rules/index.ts';
import { Dice, Quota } from './dice.ts';
import { ModelFault } from './model.ts';
import type { People } from './model.ts';
import type { Drawn, Sheet } from './sheet.ts';
import { ratio } from './value.ts';

/** Who is related to whom inside each household, block by block. */
export interface Joins {
  /** The relations that the model draws. */
  readonly links: readonly string[];
  /** Of one block: by link, for each person how many it leads to, whom (rows of the block), and whether it is not known. */
  readonly of: (role: Drawn, sizes: Int32Array) => ReadonlyMap<string, Relation>;
}

export interface Relation {
  readonly counts: Int32Array;
  readonly targets: readonly number[];
  readonly lost: Int8Array;
}

export function joinsOf(people: People, roles: readonly string[], schema: Schema, seed: number): Joins {
  const links = [...new Set(people.joins.map(({ link }) => link))];
  const wrong = links.find((link) => schema.links.get(link)?.kind !== 'relation');
  if (wrong !== undefined) throw new ModelFault('joins', `${wrong} is no relation`);
  /** By link and role, the roles it leads to. */
  const leads = new Map(links.map((link) => [link, roles.map((role) => new Set(people.joins.filter((one) => one.link === link && one.from === role).map((one) => roles.indexOf(one.to))))]));
  const quota = new Quota(new Dice(seed, 'lost'));
  const lostShare = people.lost ? ratio(people.lost) / 100 : 0;
  return {
    links,
    of: ({ column: role }, sizes) => {
      const everybody = sizes.reduce((sum, size) => sum + size, 0);
      const lost = new Int8Array(everybody);
      for (let row = 0; row < everybody; row++) if (quota.hit(lostShare)) lost[row] = 1;
      return new Map(links.map((link) => {
        const to = leads.get(link) ?? [];
        const counts = new Int32Array(everybody);
        const targets: number[] = [];
        let begin = 0;
        for (const size of sizes) {
          for (let person = begin; person < begin + size; person++) {
            const wanted = to[role[person] ?? 0];
            if (lost[person] === 1 || !wanted || wanted.size === 0) continue;
            for (let other = begin; other < begin + size; other++) {
              if (other === person || !wanted.has(role[other] ?? 0)) continue;
              targets.push(other);
              counts[person] = (counts[person] ?? 0) + 1;
            }
          }
          begin += size;
        }
        return [link, { counts, targets, lost }];
      }));
    },
  };
}

/** Groups inside living households: all who live together but those who stand apart, each of whom is a group. */
export function grouped(sheet: Sheet, { apart, only }: People['groups'][number], sizes: Int32Array, role: Drawn): { readonly groupOf: Int32Array; readonly members: { starts: Int32Array; people: Int32Array } } {
  const everybody = sheet.ways.rows.get(sheet.person) ?? 0;
  const groupOf = new Int32Array(everybody).fill(-1);
  const alone = apart === undefined ? undefined : sheet.find(apart, 'groups');
  const roles = only && new Set(only.map((name) => role.labels.indexOf(name)));
  const starts: number[] = [0];
  const people: number[] = [];
  const close = (): void => { if (people.length > (starts.at(-1) ?? 0)) starts.push(people.length); };
  let begin = 0;
  for (const size of sizes) {
    const put = (person: number): void => { groupOf[person] = starts.length - 1; people.push(person); };
    for (let person = begin; person < begin + size; person++) if ((alone?.column[person] ?? 0) <= 0 && (!roles || roles.has(role.column[person] ?? 0))) put(person);
    close();
    for (let person = begin; person < begin + size; person++) {
      if (!alone || (alone.column[person] ?? 0) <= 0) continue;
      put(person);
      close();
    }
    begin += size;
  }
  return { groupOf, members: { starts: Int32Array.from(starts), people: Int32Array.from(people) } };
}
