import type { FastifyReply, FastifyRequest } from 'fastify';
import { sendProblem } from '../problem.ts';

const METHODS = 'GET, HEAD, OPTIONS';

/** What the API has no route for: a browser that asks what it may do, another method, an address that is none. */
export function answerOther(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> | FastifyReply {
  if (request.method === 'OPTIONS') return reply.code(204).header('allow', METHODS).header('access-control-allow-methods', METHODS).header('access-control-max-age', 86_400).send();
  if (request.method === 'GET' || request.method === 'HEAD') return sendProblem(request, reply, 404, 'not-found');
  return sendProblem(request, reply.header('allow', METHODS), 405, 'method');
}
