import { z } from 'zod';

/*
 * What the API gives, as zod schemas: they check and strip every reply, and the OpenAPI document is made of them.
 * What the plan does not print is null. Texts come in both languages; English may be missing.
 */

const text = z.object({ zh: z.string(), en: z.string().optional() });
const name = z.object({ zh: z.string(), en: z.string() });
const maybe = <T extends z.ZodType>(schema: T) => schema.nullable();
const cite = z.string().describe('A place in the published plan, such as 专栏 十一(四) 第7项.');
const carried = { state: z.enum(['running', 'in-pack', 'not-yet']), at: maybe(z.string()), by: maybe(text) };

export const planReply = z.object({
  id: z.string(), name, city: name, period: z.object({ from: z.string(), to: z.string() }), authority: name, indexNo: maybe(z.string()), issuedOn: z.string(),
  today: z.string().describe('The day that every answer is as of.'),
  release: z.object({ digest: z.string(), activatedAt: z.string() }),
  domains: z.array(z.object({ id: z.string(), mark: z.string(), name, life: maybe(name), cite })),
  counts: z.record(z.string(), z.number()),
  statement: text,
}).meta({ id: 'Plan' });

export const serviceReply = z.object({
  id: z.string(), domain: z.string(), name, for: text, gives: text, kind: z.string(), also: z.array(z.string()), lifeStages: z.array(z.string()),
  audience: z.object({ groups: z.array(z.string()), conditions: z.array(z.string()), units: z.array(z.string()) }),
  standard: z.object({ printed: z.enum(['given', 'by-standard', 'vague', 'absent']), text: maybe(z.string()) }),
  payer: maybe(z.string()).describe('Who the plan says pays; null where it does not say.'),
  owner: maybe(z.string()), how: maybe(text), feeds: z.array(z.string()), related: z.array(z.string()), cite, source: z.string().describe('The text of the plan at the citation.'),
  note: maybe(text), findings: z.number(),
}).meta({ id: 'Service' });

const tableValue = z.object({ value: maybe(z.number()), printed: maybe(z.string()), op: maybe(z.string()), cumulative: z.boolean(), reference: maybe(z.string()) });
const pair = z.object({ id: z.string(), name, base: tableValue, target: tableValue, actual: tableValue, gap: z.object({ kind: z.string(), by: maybe(z.number()) }) });

export const indicatorReply = z.object({
  id: z.string(), table: z.string(), row: z.number(), name, domain: z.string(), group: z.string(), unit: z.string(), unitPrinted: z.boolean(), attribute: maybe(z.string()), direction: z.string(), kind: z.string(), scope: maybe(z.string()),
  baseYear: z.number(), targetYear: z.number(), pairs: z.array(pair), continues: maybe(z.string()), continuedBy: maybe(z.string()), targets: z.array(z.string()), services: z.array(z.string()),
  owner: maybe(z.string()), formula: maybe(z.string()), means: text, cite, note: maybe(text), findings: z.number(),
}).meta({ id: 'Indicator' });

export const targetReply = z.object({
  id: z.string(), domain: z.string(), name, kind: z.string(), op: maybe(z.string()), value: maybe(z.number()), from: maybe(z.number()), to: maybe(z.number()), unit: z.string(), scope: z.string(), by: maybe(z.number()), period: maybe(z.string()), hedge: maybe(z.string()), indicator: maybe(z.string()), quote: z.string(), cite, note: maybe(text), findings: z.number(),
}).meta({ id: 'Target' });

export const mechanismReply = z.object({ id: z.string(), domain: z.string(), family: z.string(), name, says: z.string(), needs: z.array(z.string()), ...carried, quote: z.string(), cite: z.array(cite) }).meta({ id: 'Mechanism' });
export const systemReply = z.object({ id: z.string(), domain: z.string(), kind: z.string(), name, printedState: z.string(), partOf: maybe(z.string()), does: z.array(z.string()), ...carried, quote: z.string(), cite }).meta({ id: 'System' });
export const projectReply = z.object({ id: z.string(), domain: z.string(), kind: z.string(), nature: z.string(), name, content: z.string(), year: maybe(z.number()), owner: maybe(z.string()), money: maybe(z.string()), quote: z.string(), cite }).meta({ id: 'Project' });
export const divisionReply = z.object({ key: z.string().describe('The code, or the id of a reporting unit.'), code: maybe(z.string()), name, kind: z.string(), type: maybe(z.string()), parent: maybe(z.string()), residents: maybe(z.object({ value: z.number(), on: z.string(), source: z.string(), confidence: z.string() })) }).meta({ id: 'Division' });
export const centreReply = z.object({ id: z.string(), name, township: maybe(z.string()), county: z.string(), address: maybe(text), phone: maybe(z.string()), hours: maybe(text), owner: maybe(z.string()), reviewBy: z.string(), demo: z.boolean() }).meta({ id: 'Centre' });
export const eventReply = z.object({ id: z.string(), name, says: text, services: z.array(z.string()), system: maybe(z.string()), cite: maybe(cite), ...carried }).meta({ id: 'LifeEvent' });

export const findingReply = z.object({
  code: z.string(), severity: z.enum(['error', 'warning', 'info']), title: z.string(), explanation: z.string(), plain: z.string(),
  places: z.array(z.object({ cite, file: z.string(), line: z.number(), raw: z.string() })), subjects: z.array(z.string()),
}).meta({ id: 'Finding' });

export const hitReply = z.object({ kind: z.enum(['service', 'event', 'indicator', 'system']), id: z.string(), name, score: z.number() }).meta({ id: 'Hit' });
export const citedReply = z.object({ cite, text: z.array(z.object({ line: z.number(), text: z.string() })) }).meta({ id: 'CitedText' });

/** What went wrong, by RFC 9457. */
export const problemReply = z.object({ type: z.string(), title: z.string(), status: z.number(), detail: z.string() }).meta({ id: 'Problem' });

/** A refusal as the OpenAPI document shows it. */
export const problem = { description: 'Why not, in the language of the caller.', content: { 'application/problem+json': { schema: problemReply } } };

/** What every question may be asked with. */
export const language = { lang: z.enum(['zh', 'en']).optional().describe('Language of texts; otherwise what the caller accepts.') };

export const dataSetReply = z.object({
  set: z.string(), title: z.string(), note: z.string(), rows: z.number(), columns: z.array(z.object({ key: z.string(), title: z.string() })),
  csv: z.string(), json: z.string(), xlsx: z.string(), schema: z.string(),
}).meta({ id: 'DataSet' });
