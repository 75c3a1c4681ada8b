import type { FastifyInstance } from 'fastify';

const LOOK_AGAIN_MILLISECONDS = 25;

/** Takes no new request, lets those in progress end, and after the grace cuts what is still open. */
export async function stopGently(app: FastifyInstance, graceMilliseconds: number): Promise<void> {
  // A browser keeps its connection after its answer: each is closed when it falls idle, not when it times out.
  const idle = setInterval(() => app.server.closeIdleConnections(), LOOK_AGAIN_MILLISECONDS);
  const late = setTimeout(() => app.server.closeAllConnections(), graceMilliseconds);
  try {
    await app.close();
  } finally {
    clearInterval(idle);
    clearTimeout(late);
  }
}
