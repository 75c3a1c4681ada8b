import type { z } from 'zod';
import { readFile } from '../read.ts';
import { source as sourceSchema } from '../schema/plan.ts';
import { definition as definitionSchema, parameter as parameterSchema, service as serviceSchema } from '../schema/service.ts';

/*
 * Records read from the text of their file while it is being changed. The text was checked when the pack was loaded,
 * so that one that cannot be read is a fault.
 */

function read<Schema extends z.ZodType>(schema: Schema, file: string, text: string): z.output<Schema> {
  const { value } = readFile(schema, file, text);
  if (value === undefined) throw new Error(`${file} is not what it was when the pack was loaded`);
  return value;
}

export const parameterIn = (file: string, text: string): z.output<typeof parameterSchema> => read(parameterSchema, file, text);
export const serviceIn = (file: string, text: string): z.output<typeof serviceSchema> => read(serviceSchema, file, text);
export const sourcesIn = (text: string): readonly z.output<typeof sourceSchema>[] => read(sourceSchema.array(), 'sources.yaml', text);
export const definitionsIn = (text: string): readonly z.output<typeof definitionSchema>[] => read(definitionSchema.array(), 'definitions.yaml', text);
