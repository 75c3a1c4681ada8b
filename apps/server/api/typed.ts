import type { FastifyInstance, FastifyReply } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';

/** The routes of the API, typed by their zod schemas. */
export type Routes = ReturnType<typeof typed>;
export function typed(app: FastifyInstance) {
  return app.withTypeProvider<ZodTypeProvider>();
}

/** A reply that a browser saves under a name. */
export function download(reply: FastifyReply, name: string, type: string): FastifyReply {
  return reply.type(type).header('content-disposition', `attachment; filename="${name}"`).header('cache-control', 'public, max-age=60');
}

/** A reply that is checked by its schema and written as text already. */
export function json(reply: FastifyReply): FastifyReply {
  return reply.type('application/json; charset=utf-8');
}
