import { levelOf } from '#engine/entitlement/index.ts';
import type { PayerKey } from '#engine/entitlement/index.ts';
import { say } from '#engine/kernel/index.ts';
import type { Pack } from '#engine/pack/index.ts';
import type { Call } from './command.ts';

/** A payer by its name: a county by its own, another by its level; what no county is known of says so. */
export function payerName({ terminal }: Call, { divisions }: Pick<Pack, 'divisions'>, payer: PayerKey): string {
  const level = levelOf(payer);
  if (level === undefined) return terminal.word('payer.unstated');
  const county = level === 'county' ? payer.slice('county:'.length) : undefined;
  if (county === undefined) return terminal.word(`level.${level}`);
  const division = divisions.get(county);
  return division ? say(division.name, terminal.locale) : terminal.word('payer.county-unknown');
}
