import { execFile } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { LANE } from '#engine/rules/index.ts';
import { stored, TEN_FACTS } from './filled.ts';
import { told } from './measure.ts';
import type { Told } from './measure.ts';
import { cacheFolder } from './population.ts';
import { CARE, DISABLED, STANDARDS, WAGES } from './rules-mix.ts';
import { LAW_ON, WORLD } from './world.ts';

const run = promisify(execFile);
const OPENFISCA = 'openfisca-core==44.6.0';

/** OpenFisca with the ten rules, in an environment of its own that is made once; the reason as a text where it cannot be had. */
export async function openFisca(snapshot: string): Promise<Told | string> {
  const venv = join(cacheFolder(), 'openfisca');
  const python = join(venv, 'bin', 'python');
  try {
    if (!existsSync(join(venv, 'ready'))) {
      await run('python3', ['-m', 'venv', venv], { timeout: 120_000 });
      await run(python, ['-m', 'pip', 'install', '--quiet', OPENFISCA], { timeout: 600_000 });
      writeFileSync(join(venv, 'ready'), OPENFISCA);
    }
  } catch (error) {
    return `${OPENFISCA} cannot be installed: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`;
  }
  const job = join(cacheFolder(), 'openfisca-job.json');
  writeFileSync(job, JSON.stringify(openFiscaJob(snapshot)));
  return told(python, [fileURLToPath(new URL('./openfisca.py', import.meta.url)), job]);
}

const NUMPY = { int8: 'int8', int16: 'int16', int32: 'int32', float64: 'float64' } as const;
const underscored = (id: string): string => id.replaceAll('-', '_');

/** Where OpenFisca finds its columns: the raw files of the snapshot themselves. */
function openFiscaJob(root: string): unknown {
  const { folder, manifest } = stored(root);
  const wanted: readonly string[] = TEN_FACTS;
  const columns = manifest.columns.filter(({ fact }) => wanted.includes(fact));
  const kind = (fact: string): string => {
    const type = WORLD.facts.get(fact)?.type;
    return type?.kind === 'boolean' ? 'bool' : type?.kind === 'number' && type.scale > 0 ? 'float' : 'int';
  };
  return {
    lawOn: LAW_ON, urban: STANDARDS.urban, rural: STANDARDS.rural, wages: WAGES, care: CARE, disabled: DISABLED,
    given: columns.map(({ fact, entity }) => [underscored(fact), entity, kind(fact)]),
    columns: columns.map(({ fact, file, lane }) => [underscored(fact), join(folder, file), NUMPY[lane]]),
    unknown: Object.fromEntries(columns.filter(({ unknown }) => unknown > 0).map(({ fact, lane }) => [underscored(fact), LANE[lane].unknown])),
    starts: join(folder, manifest.links[0]?.starts.file ?? ''),
  };
}
