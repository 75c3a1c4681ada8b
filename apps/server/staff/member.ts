import { z } from 'zod';
import type { Pack } from '#engine/pack/index.ts';
import { apart, isRole } from '#engine/permission/index.ts';
import type { Role } from '#engine/permission/index.ts';

export const ACCOUNT_ID = z.string().regex(/^[a-z][a-z0-9.-]{1,39}$/);
export const ACCOUNT_NAME = z.string().trim().min(1).max(60);

/** How long a code to enrol with is good. */
export const ENROL_HOURS = 48;

/** What of an account the city does not know, or does not give to one person. */
export type MemberProblem =
  | { readonly kind: 'department-unknown' | 'area-unknown' | 'role-unknown'; readonly value: string }
  /** One person would have both. */
  | { readonly kind: 'roles-apart'; readonly one: string; readonly other: string };

/** What is wrong with an account that is to be made; undefined: nothing. */
export function wrongIn({ departments, divisions }: Pick<Pack, 'departments' | 'divisions'>, { department, areas, roles }: { readonly department: string; readonly areas: readonly string[]; readonly roles: readonly string[] }): MemberProblem | undefined {
  if (!departments.has(department)) return { kind: 'department-unknown', value: department };
  const area = areas.find((one) => !divisions.has(one));
  if (area !== undefined) return { kind: 'area-unknown', value: area };
  const role = roles.find((one) => !isRole(one));
  if (role !== undefined) return { kind: 'role-unknown', value: role };
  const [one, other] = apart(roles.filter((each): each is Role => isRole(each))) ?? [];
  return one === undefined || other === undefined ? undefined : { kind: 'roles-apart', one, other };
}
