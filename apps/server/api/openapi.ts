import { jsonSchemaTransformObject } from 'fastify-type-provider-zod';

/** The OpenAPI document without the schemas of bodies that nobody sends: the API is read-only. */
export const withoutInputs: typeof jsonSchemaTransformObject = (document) => {
  const whole = jsonSchemaTransformObject(document);
  if (!('components' in whole) || whole.components === undefined) return whole;
  const schemas = Object.entries(whole.components.schemas ?? {}).filter(([name]) => !name.endsWith('Input'));
  return Object.assign(whole, { components: { ...whole.components, schemas: Object.fromEntries(schemas) } });
};
