import type { City } from '#engine/city.ts';
import { say } from '#engine/kernel/index.ts';
import type { LocalName, Locale } from '#engine/kernel/index.ts';
import type { Service } from '#engine/pack/index.ts';
import { wordsOf } from './words.ts';

/** What a department is called; the id itself of one that the pack does not have. */
export function departmentName({ pack }: Pick<City, 'pack'>, id: string, locale: Locale): string {
  const department = pack.departments.get(id);
  return department ? say(department.name, locale) : id;
}

type Payer = Exclude<Service['payers'], 'unfilled'>[number];

/** Who pays, in words: a fund by its own name where the pack says which, anybody else by their level. */
export function payerName({ level, fund }: { readonly level: Payer['level']; readonly fund?: LocalName | undefined }, locale: Locale): string {
  return fund === undefined ? wordsOf(locale)(`payer.${level}`) : say(fund, locale);
}

/** The fund that pays for a service; undefined where none does, or the pack does not say which, or several did. */
export function fundOf({ payers }: Pick<Service, 'payers'>): LocalName | undefined {
  const funds = payers === 'unfilled' ? [] : payers.filter(({ level }) => level === 'fund').map(({ fund }) => fund);
  return new Set(funds.map((fund) => fund?.zh)).size === 1 ? funds[0] : undefined;
}
