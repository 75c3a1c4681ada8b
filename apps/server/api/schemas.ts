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
  release: z.object({ digest: z.string(), activatedAt: maybe(z.string()).describe('Null while a pack is being written: it is served as saved and in force nowhere.') }),
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

export const reviewReply = z.object({ code: z.string(), severity: z.enum(['error', 'warning']), title: z.string(), explanation: z.string(), file: z.string(), line: z.number() }).meta({ id: 'ReviewItem' });
export const toVerifyReply = z.object({
  id: z.string(), kind: z.enum(['value', 'payers', 'text']), department: maybe(z.string()).describe('Who decides it; null where the pack names no department.'), what: text,
  present: z.string().describe('What stands there now.'), confidence: z.string(), source: maybe(z.string()), services: z.array(z.string()).describe('Executable services that rest on it.'), demo: z.boolean().describe('Whether people are shown it as one of a demonstration.'),
}).meta({ id: 'ItemToVerify' });
export const reformReply = z.object({
  id: z.string(), name: maybe(name), state: z.enum(['scheduled', 'in-force', 'withdrawn']), on: maybe(z.string()).describe('The first day on which it holds.'), at: z.string(), by: z.string(),
  withdrawn: maybe(z.object({ at: z.string(), by: z.string() })), reform: maybe(z.string()).describe('The reform as a reform file.'),
  changes: z.array(z.object({ file: z.string(), key: z.string(), before: z.string(), after: z.string() })).describe('What stands in the files of the pack instead of what stood there.'),
  tried: maybe(z.object({ on: z.string(), people: z.number(), synthetic: z.boolean(), pack: z.string(), movedFen: z.number(), effects: z.array(z.object({ service: z.string(), new: z.number(), raised: z.number(), lowered: z.number(), ended: z.number(), nowUnknown: z.number(), beforeFen: z.number(), afterFen: z.number() })) })).describe('What its simulation said when it was scheduled.'),
}).meta({ id: 'ScheduledReform' });

export const hitReply = z.object({ kind: z.enum(['service', 'event', 'indicator', 'system']), id: z.string(), name, score: z.number() }).meta({ id: 'Hit' });
export const citedReply = z.object({ cite, text: z.array(z.object({ line: z.number(), text: z.string() })) }).meta({ id: 'CitedText' });

export const factReply = z.object({
  id: z.string(), name: z.string().describe('What rules and situations say.'), label: name, entity: z.string().describe('The thing it is a fact of.'), type: z.string(), unit: maybe(z.string()),
  codes: z.array(z.object({ code: z.string(), label: z.string() })).describe('Of a code, what may be said; the label is what a situation gives.'),
  least: maybe(z.number()), most: maybe(z.number()), mayBeNone: z.boolean(), holder: maybe(z.string()), refresh: z.string(), dataClass: z.string(), absent: z.string(), askedBy: z.array(z.string()).describe('Questions that a resident is asked for it.'),
}).meta({ id: 'Fact' });

/** A person nobody has named. Names that the vocabulary does not have are refused. */
export const situationBody = z.strictObject({
  facts: z.record(z.string(), z.unknown()).describe('Facts by name: true or false, a number, digits as text, a day as YYYY-MM-DD, the label of a code, none. What is left out is unknown.'),
  others: z.record(z.string(), z.unknown()).optional().describe('Facts of the rest of the household: whether any of them has it.'),
  receives: z.array(z.string()).max(200).optional().describe('Every service that is drawn now, by id; left out: not known.'),
  asOf: z.iso.date().optional().describe('The day whose law counts; today where it is left out.'),
  trace: z.boolean().optional().describe('Whether to give the trace of each answer.'),
});

/** A resident by key, and what for: both go into the access log, and the key into nothing else. */
export const personBody = z.strictObject({
  key: z.string().min(1).max(120).regex(/^\P{Cc}+$/u).describe('The key of the resident.'),
  purpose: z.string().min(1).max(200).regex(/^\P{Cc}+$/u).describe('What for; the resident can read it.'),
  asOf: z.iso.date().optional().describe('The day whose law counts; today where it is left out.'),
  trace: z.boolean().optional().describe('Whether to give the trace of each answer.'),
  ahead: z.boolean().optional().describe('Whether to look for the day on which time alone changes a refusal.'),
});

const verdictKind = z.enum(['yes', 'no', 'unknown']);
export const entitlementsReply = z.object({
  lawOn: z.string(),
  services: z.array(z.object({
    service: z.string(), name, verdict: verdictKind, clause: maybe(z.string()), group: z.enum(['yours', 'near', 'undecided', 'not-now']),
    amount: maybe(z.object({ minFen: z.number().int(), maxFen: z.number().int(), per: maybe(z.string()) })),
    payers: maybe(z.array(z.object({ level: z.string(), of: z.string(), shareBp: z.number().int(), amountFen: z.number().int(), confidence: z.string() }))).describe('Null where there is no exact amount or nobody has entered who pays.'),
    demo: z.boolean().describe('Whether it rests on a value chosen for a demonstration or remembered.'), answer: z.string(),
    reasons: z.array(z.object({ clause: z.string(), held: verdictKind, asks: maybe(z.string()), says: z.string(), law: maybe(z.string()) })),
    missing: z.array(z.object({ fact: maybe(z.string()), holder: maybe(z.string()), says: z.string() })),
    nearly: z.array(z.string()), change: maybe(z.object({ on: z.string(), verdict: verdictKind, says: z.string() })),
    trace: maybe(z.unknown()).describe('A trace of format 2 without its steps: the numbers of steps are places in `steps`.'),
  })),
  beyond: z.array(z.string()).describe('Services with a rule that cannot be decided for a described person.'),
  steps: maybe(z.array(z.unknown())).describe('What the traces rest on, each step once for all services; those that a step needs stand before it. Null where no traces were asked for.'),
}).meta({ id: 'Entitlements' });

const count = z.number().int();
const shares = {
  values: count.describe('Values that could be told.'), told: count, stale: count, foreign: count.describe('Told by another department than the holder, and by it alone.'), conflicts: count,
  toldPercent: maybe(z.number()), stalePercent: maybe(z.number()), foreignPercent: maybe(z.number()),
};
const quality = z.object({
  on: z.string().describe('The day on which facts must be fresh.'), ...shares,
  holders: z.array(z.object({
    department: z.string(), name, held: count.describe('Facts of the vocabulary that it holds.'), unsent: z.array(z.object({ fact: z.string(), name })), ...shares, quarantined: maybe(count).describe('Null where no file was sent.'), newestOn: maybe(z.string()),
    feeds: z.array(z.object({
      feed: z.string(), name, entity: z.string(), spoken: count, rows: count, newestOn: maybe(z.string()), oldestOn: maybe(z.string()),
      delivery: maybe(z.object({ on: z.string(), rows: count, taken: count, quarantined: count, faults: z.array(z.object({ column: z.string(), reason: z.string(), rows: count })) })),
      facts: z.array(z.object({ fact: z.string(), name, received: z.boolean(), rows: count, known: maybe(count), none: maybe(count), stale: maybe(count), foreign: maybe(count), conflicts: maybe(count), toldPercent: maybe(z.number()), stalePercent: maybe(z.number()), drift: maybe(z.number()).describe('Percentage points by which the known share moved since the release before.') })),
    })),
  })),
}).describe('Counts of one fact are null where they are of few people who exist.');
/** Null where no population is loaded. */
export const qualityReply = z.object({
  population: maybe(z.object({ people: count, synthetic: z.boolean(), standsFor: count.describe('For how many residents each of them stands.') })),
  quality: maybe(quality),
}).meta({ id: 'Quality' });

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
