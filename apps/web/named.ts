import type { City } from '#engine/city.ts';
import { say } from '#engine/kernel/index.ts';
import type { Locale } from '#engine/kernel/index.ts';

/** What a department is called; the id itself of one that the pack does not have. */
export function departmentName({ pack }: Pick<City, 'pack'>, id: string, locale: Locale): string {
  const department = pack.departments.get(id);
  return department ? say(department.name, locale) : id;
}
