import { z } from 'zod';
import { divisionRef, id, name, ref, text } from './common.ts';

/** What a member of staff can be to a city; what each may do stands in `engine/permission`. */
export const ROLES = ['window-clerk', 'case-officer', 'department-head', 'payments-preparer', 'payments-approver', 'planner', 'auditor', 'platform-administrator'] as const;

/** `staff.yaml`: made-up members of departments as whom the console of a demonstration can be used. Nobody in production. */
export const staffMember = z.strictObject({
  id,
  name: name.describe('What they are called; nobody of that name is meant.'),
  does: text.describe('What they are there for, in one sentence.'),
  department: ref('department'),
  areas: z.array(divisionRef).default([]).describe('What they cover: divisions with all that lies in them; none: the whole city.'),
  roles: z.array(z.enum(ROLES)).min(1),
});
