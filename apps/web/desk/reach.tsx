import type { ReactNode } from 'react';
import type { City } from '#engine/city.ts';
import type { Reach } from '#engine/entitlement/index.ts';
import { say } from '#engine/kernel/index.ts';
import type { Locale } from '#engine/kernel/index.ts';
import { useDesk } from './words.ts';
import type { DeskWords } from './words.ts';

const SHAPES = { open: '●', closed: '○', partly: '◐', nobody: '·' } as const satisfies Record<Reach, string>;

/** Whether a group is within reach, in a shape for the eye and in a word for whoever does not see it. */
export function ReachMark({ reach }: { readonly reach: Reach }): ReactNode {
  const { t } = useDesk();
  return <><span aria-hidden="true">{SHAPES[reach]}</span><span className="desk-hidden">{t(`reach.${reach}`)}</span></>;
}

/** The groups of the board with their names; the last, of whom it is not known, has an empty key. */
export function groupNames({ pack }: City, groups: readonly (string | undefined)[], locale: Locale, t: DeskWords): readonly { readonly key: string; readonly name: string }[] {
  return groups.map((group) => {
    const found = pack.breakdowns.get('standing')?.groups.find(({ id }) => id === group);
    return { key: group ?? '', name: found ? say(found.label, locale) : t('simulate.group-unknown') };
  });
}
