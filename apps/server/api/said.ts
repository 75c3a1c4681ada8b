import { z } from 'zod';
import type { City } from '#engine/city.ts';
import { RATING_LEVELS, shownMatters, shownRatings } from '#engine/voice/index.ts';
import { language, problem } from './schemas.ts';
import type { Routes } from './typed.ts';

const count = z.number().int().nullable();
const department = z.string().describe('The department that is meant.');
const month = z.string().describe('Such as 2031-09.');

/** What everybody may read on /voice as data; null: too few to be shown, or one that is could be worked out. */
const saidReply = z.object({
  store: z.boolean().describe('Whether this city has a store, so that somebody could have said something.'),
  ratings: z.array(z.object({
    month,
    rows: z.array(z.object({ department, service: z.string().describe('The service that was rated; empty: none in particular.'), levels: z.record(z.enum(RATING_LEVELS), count), all: count, satisfiedBp: count.describe('Of all ratings those that were not bad, in hundredths of a percent.') })),
  })),
  matters: z.array(z.object({
    month,
    rows: z.array(z.object({
      department, about: z.string().describe('The service, or the category of the complaint.'), raised: count, answered: count, inTime: count.describe('Of those answered, within the limit.'),
      solved: count.describe('As the resident says.'), checked: count.describe('As another department found.'), reopened: count.describe('Called solved when they were not.'),
    })),
  })),
}).meta({ id: 'Said' });

/** What residents say of the city, counted. */
export function addSaid(routes: Routes, city: () => City): void {
  routes.get('/said', {
    schema: { summary: 'Ratings, complaints and suggestions by month, department and service: counts, small ones left out', querystring: z.strictObject(language), response: { 200: saidReply, 400: problem } },
  }, async () => {
    const { voice } = city();
    const { ratings, matters } = (await voice?.counts()) ?? { ratings: [], matters: [] };
    return {
      store: voice !== undefined,
      ratings: shownRatings(ratings).map((one) => ({ month: one.month, rows: one.rows.map((row) => ({ ...row, levels: { ...row.levels } })) })),
      matters: shownMatters(matters).map((one) => ({ month: one.month, rows: [...one.rows] })),
    };
  });
}
