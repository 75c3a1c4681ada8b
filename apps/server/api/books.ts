import { z } from 'zod';
import type { City } from '#engine/city.ts';
import { NO_MONEY, printMonth, shownMoney, shownObservation, shownRun, shownRunDetail } from '#engine/books/index.ts';
import { sendProblem } from '../problem.ts';
import { paymentsReply, runReply, runsReply } from './books-schemas.ts';
import { language, problem } from './schemas.ts';
import type { Routes } from './typed.ts';

const MOST_RUNS = 200;

/** What was done with runs and money, counted. A city without a store answers too: that it has none. */
export function addBooks(routes: Routes, city: () => City): void {
  routes.get('/runs', {
    schema: { summary: 'Runs that decided everybody: what changed, and what was done about it', querystring: z.strictObject({ ...language, limit: z.coerce.number().int().min(1).max(MOST_RUNS).default(50).describe(`How many, at most ${MOST_RUNS}.`) }), response: { 200: runsReply, 400: problem } },
  }, async (request) => {
    const { books } = city();
    const runs = await books?.runs();
    return { store: books !== undefined, items: (runs?.finished ?? []).slice(0, request.query.limit).map(shownRun), cutOff: runs?.cutOff ?? [] };
  });
  routes.get('/runs/:id', {
    schema: { summary: 'One run by service: counts, money before and after, who pays, and the clauses behind its changes', params: z.object({ id: z.string().max(200) }), querystring: z.strictObject(language), response: { 200: runReply, 400: problem, 404: problem } },
  }, async (request, reply) => {
    const found = await city().books?.run(request.params.id);
    return found ? shownRunDetail(found) : sendProblem(request, reply, 404, 'not-found');
  });
  routes.get('/payments', {
    schema: { summary: 'Months that were booked and paid, batches, the books of each payer, and what was observed', querystring: z.strictObject(language), response: { 200: paymentsReply, 400: problem } },
  }, async () => {
    const { books, population } = city();
    const { months, batches, reconciled, recoveries } = shownMoney((await books?.money()) ?? NO_MONEY, population?.kind !== 'synthetic');
    return {
      store: books !== undefined, recoveries,
      months: months.map((one) => ({ ...one, month: printMonth(one.month) })), batches: batches.map((one) => ({ ...one, month: printMonth(one.month) })),
      reconciled: reconciled ? { through: printMonth(reconciled.through), payers: reconciled.payers } : null,
      observations: ((await books?.observations()) ?? []).map(shownObservation).map((one) => ({ ...one, month: printMonth(one.month) })),
    };
  });
}
