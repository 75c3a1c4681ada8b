import { parseArgs } from 'node:util';
import { serverRoutes, pageRoutes } from './access/routes.ts';
import { fuzz } from './access/run.ts';
import { openAccessWorld } from './access/world.ts';
import { newPlace, removePlaces } from './spawn-cli.ts';

/*
 * `npm run soak -- access [--requests N] [--seed S] [--json]`: many requests by everybody against every route of a running
 * city of the made-up town, and what of it named somebody it should not have. Exit 1 where anything did, or broke.
 */

const { values, positionals } = parseArgs({ allowPositionals: true, options: { requests: { type: 'string', default: '100000' }, seed: { type: 'string', default: '1' }, json: { type: 'boolean', default: false } } });
const [requests, seed] = [Number(values.requests), Number(values.seed)];
if (positionals.join(' ') !== 'access' || !Number.isInteger(requests) || requests < 1 || !Number.isInteger(seed)) {
  process.stderr.write('npm run soak -- access [--requests N] [--seed S] [--json]\n');
  process.exit(2);
}
const world = await openAccessWorld(await newPlace());
try {
  const routes = [...pageRoutes(), ...(await serverRoutes())];
  const heard = (done: number): void => void (done % 10_000 === 0 && process.stderr.write(`${done} of ${requests}\n`));
  const found = await fuzz(world, routes, { requests, seed, heard });
  process.stdout.write(values.json ? `${JSON.stringify({ soak: 'access', seed, routes: routes.length, callers: world.callers.length + world.bearers.length, ...found })}\n` : `${requests} requests, ${found.leaks} leaks, ${found.errors} errors\n${Object.entries(found.sent).map(([name, count]) => `${count} ${name}`).join(', ')}\n${found.shown.join('\n')}\n`);
  process.exitCode = found.leaks + found.errors === 0 ? 0 : 1;
} finally {
  await world.city.end();
  removePlaces();
}
