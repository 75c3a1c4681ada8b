import { z } from 'zod';
import { parseDate } from '#engine/kernel/index.ts';
import type { CalendarDate } from '#engine/kernel/index.ts';
import type { Json, LogRecord } from './log.ts';

/** The payloads of a family of events, by kind. Optional fields are nulls: a payload says all that it knows. */
export type EventSchemas = Readonly<Record<string, z.ZodType>>;

/** An event of a family: what a command gives and what is appended. */
export type EventOf<Schemas extends EventSchemas> = { readonly [Kind in keyof Schemas & string]: { readonly kind: Kind; readonly payload: z.output<Schemas[Kind]> } }[keyof Schemas & string];

/**
 * The event of this family that an entry holds; undefined where it is of another kind or was erased.
 *
 * Throws where the payload is not what the kind says: the log is written by this code only, so that is a fault.
 */
export function eventOf<Schemas extends EventSchemas>(schemas: Schemas, { kind, payload }: Pick<LogRecord, 'kind' | 'payload'>): EventOf<Schemas> | undefined {
  const schema = Object.hasOwn(schemas, kind) ? schemas[kind] : undefined;
  if (schema === undefined || payload === undefined) return undefined;
  const parsed = schema.safeParse(payload);
  if (!parsed.success) throw new Error(`an entry of kind ${kind} does not hold what its kind says`);
  // The one place where an entry becomes an event: the schema of its kind has just checked it.
  return { kind, payload: parsed.data } as EventOf<Schemas>;
}

/** A day of the calendar in a payload. */
export const day = z.string().transform((text, context): CalendarDate => {
  const date = parseDate(text);
  if (date !== undefined) return date;
  context.addIssue({ code: 'custom', message: 'no day of the calendar' });
  return z.NEVER;
});

/** Any value of JSON. */
export const json: z.ZodType<Json> = z.json();
