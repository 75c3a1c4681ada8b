import { CHANGES } from './change.ts';
import type { ChangeCounts, ChangeKind, ChangeList, Stop } from './change.ts';
import type { ShownChanges, ShownEffect } from './shown-effect.ts';

/** A whole simulation as it may be shown: what a service hides, the sum of all services must not say. */
export interface ShownChangeList {
  readonly counts: ShownChanges;
  readonly movedFen: number | null;
  readonly stops: readonly (Omit<Stop, 'changed'> & { readonly changed: number | null })[];
}

export function shownChangeList({ counts, movedFen }: Pick<ChangeList, 'counts' | 'movedFen'>, stops: readonly Stop[], effects: readonly ShownEffect[]): ShownChangeList {
  const isHidden = (kind: ChangeKind): boolean => effects.some((one) => one.counts[kind] === null);
  const [noCount, noMoney] = [CHANGES.some(isHidden), effects.some(({ afterFen }) => afterFen === null)];
  return {
    counts: shownOnly(counts, isHidden), movedFen: noMoney ? null : movedFen,
    stops: stops.map((one) => ({ ...one, changed: (one.of === 'money' ? noMoney : noCount) ? null : one.changed })),
  };
}

function shownOnly(counts: ChangeCounts, isHidden: (kind: ChangeKind) => boolean): ShownChanges {
  const of = (kind: ChangeKind): number | null => (isHidden(kind) ? null : counts[kind]);
  return { new: of('new'), raised: of('raised'), lowered: of('lowered'), ended: of('ended'), 'now-unknown': of('now-unknown') };
}
