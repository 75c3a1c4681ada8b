import type { CalendarDate } from '#engine/kernel/index.ts';
import type { Pack, Reform, Service } from '#engine/pack/index.ts';
import { dayBefore, FOR_EVER, inForce, overlayParameters } from '#engine/rules/index.ts';
import type { ParameterChange, Standard } from '#engine/rules/index.ts';

/** What a value that a reform brings in is, where the reform does not say: a proposal. */
export const PROPOSED = { source: 'reform', confidence: 'demo' } as const;

/**
 * The pack as a reform would have it.
 *
 * A parameter's value covers older ones on its days; a standard and the shares of a service change from a day on to
 * the end of what was in force that day. What the reform names is in the pack (`readReform`). Laying the reform that
 * changes nothing gives the same pack.
 */
export function reformed(pack: Pack, { parameters, standards, openings, payers }: Reform): Pack {
  const values = parameters.map((one): ParameterChange => ({ ...one, source: one.source ?? PROPOSED.source, confidence: one.confidence ?? PROPOSED.confidence }));
  const services = new Map(pack.services);
  const change = (id: string, next: (service: Service) => Service): void => {
    const service = services.get(id);
    if (service) services.set(id, next(service));
  };
  for (const one of standards) change(one.service, (service) => withStandard(service, one));
  for (const one of openings) change(one.service, (service) => withOpening(service, one));
  for (const one of payers) change(one.service, (service) => withPayers(service, one));
  return { ...overlayParameters(pack, values), services };
}

function withStandard(service: Service, { from, conditions, amount }: Reform['standards'][number]): Service {
  const texts = new Map(conditions.map(({ id, when }) => [id, when]));
  return changedFrom(service, from, (one) => ({ ...one, conditions: one.conditions.map((condition) => ({ ...condition, when: texts.get(condition.id) ?? condition.when })), ...(amount === undefined ? {} : { amount }) }));
}

function withOpening(service: Service, { from, group, area }: Reform['openings'][number]): Service {
  return changedFrom(service, from, (one) => ({ ...one, openTo: [...(one.openTo ?? []), { group, ...(area === undefined ? {} : { area }) }] }));
}

/** The standard in force on a day says something else from then on. */
function changedFrom(service: Service, from: CalendarDate, change: (standard: Standard) => Standard): Service {
  const standard = (service.standard ?? []).flatMap((one) => {
    if (!inForce(one, from)) return [one];
    const changed = { ...change(one), from };
    return one.from < from ? [{ ...one, until: lastDayBefore(from) }, changed] : [changed];
  });
  return { ...service, standard };
}

function withPayers(service: Service, { from, shares, source = PROPOSED.source, confidence = PROPOSED.confidence }: Reform['payers'][number]): Service {
  const old = service.payers === 'unfilled' ? [] : service.payers;
  const kept = old.filter((one) => one.from < from).map((one) => ({ ...one, until: (one.until ?? FOR_EVER) < from ? one.until : lastDayBefore(from) }));
  return { ...service, payers: [...kept, ...shares.map((one) => ({ ...one, from, source, confidence }))] };
}

// The day before a day of the calendar is one too.
const lastDayBefore = (from: CalendarDate): CalendarDate => dayBefore(from) as CalendarDate;
