import { city } from './city.ts';
import { exec } from './exec.ts';
import type { BenchOptions, Figure } from './figure.ts';
import { preparePopulation } from './population.ts';
import { relink } from './relink.ts';

/** The rules: of a pack after a change, of one person, of a whole city. */
export async function rules(options: BenchOptions): Promise<readonly Figure[]> {
  const population = await preparePopulation(options.people);
  return [...relink(), ...(await exec(population.snapshot, options)), ...(await city(population, options))];
}
