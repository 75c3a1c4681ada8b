import { z } from 'zod';
import { carried, citation, comparison, decimal, id, integer, name, quantity, ref, stated, text, unfilled, unitRef } from './common.ts';

const cites = z.union([citation.transform((one) => [one]), z.array(citation).min(1)]);
const sentences = z.array(z.string());

/** `mechanisms.yaml`: a way of governing that the plan orders. */
export const mechanism = z.strictObject({
  id,
  domain: ref('domain'),
  family: z.enum(['regulation', 'finance', 'standards', 'monitoring', 'supply', 'planning', 'equalisation', 'allocation', 'purchase', 'early-warning', 'digital', 'market']),
  name,
  says: z.string().describe('What the plan orders, shortened.'),
  needs: sentences.describe('What software has to do for it (English, editors).'),
  inputs: sentences,
  outputs: sentences,
  actors: stated,
  ...carried,
  quote: z.string(),
  cite: cites,
  note: text.optional(),
});

/** `systems.yaml`: an application, platform, register, network … that the plan names. */
export const system = z.strictObject({
  id,
  domain: ref('domain'),
  kind: z.enum(['application', 'platform', 'information-system', 'data-exchange', 'early-warning', 'registry', 'bank', 'one-thing', 'scenario', 'service-circle', 'network', 'hotline', 'monitoring', 'traceability']),
  name,
  printedState: z.string().describe('What the plan says of its state, as printed.'),
  partOf: ref('system').optional(),
  does: sentences.describe('What the plan says it must do.'),
  users: stated,
  data: stated,
  departments: stated,
  ...carried,
  quote: z.string(),
  cite: citation,
  note: text.optional(),
});

/** `projects/<domain>.yaml`: a project, reform, policy, action or pilot. The plan prints no money and no owner. */
export const project = z.strictObject({
  id,
  domain: ref('domain'),
  kind: z.enum(['reform', 'policy', 'project', 'facility', 'action', 'pilot', 'programme', 'planning']),
  nature: z.enum(['new', 'extension', 'promotion', 'institution']),
  name,
  content: z.string(),
  quantities: z.array(quantity),
  places: sentences,
  year: integer.or(unfilled),
  owner: ref('department').or(unfilled),
  money: unfilled,
  quote: z.string(),
  cite: citation,
  note: text.optional(),
});

/** `background.yaml`: what the plan says was so when it was written. */
export const background = z.strictObject({
  id,
  domain: ref('domain'),
  kind: z.enum(['quantity', 'qualitative', 'shortcoming']),
  name: text,
  op: comparison.optional(),
  value: decimal.optional(),
  unit: unitRef.optional(),
  scope: z.string(),
  year: integer.or(unfilled),
  period: z.string().optional(),
  see: z.array(ref('indicator or target')),
  quote: z.string(),
  cite: citation,
  note: text.optional(),
});
