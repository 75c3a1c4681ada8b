import type { CalendarDate } from '#engine/kernel/index.ts';
import { loadPack, setValue, sourceAt } from '#engine/pack/index.ts';
import type { HistoryEntry, Pack, PackFiles } from '#engine/pack/index.ts';
import { Draft, withHistory } from '../edit/index.ts';
import { HISTORY } from './schedule.ts';

/** A reform that is or was scheduled, and how it stands on a day. */
export interface ScheduledReform {
  readonly entry: HistoryEntry;
  readonly state: 'scheduled' | 'in-force' | 'withdrawn';
  /** Who took it back and when, where somebody did. */
  readonly withdrawn: HistoryEntry | undefined;
}

/** The reforms of a pack’s history, the one that holds last first. */
export function reformsOf({ history }: Pick<Pack, 'history'>, today: CalendarDate): readonly ScheduledReform[] {
  const entries = [...history.values()];
  const reforms = entries.filter(({ kind }) => kind === 'reform').map((entry): ScheduledReform => {
    const withdrawn = entries.find(({ kind, of }) => kind === 'withdrawn' && of === entry.id);
    return { entry, withdrawn, state: withdrawn ? 'withdrawn' : (entry.on ?? '') <= today ? 'in-force' : 'scheduled' };
  });
  return reforms.toSorted((a, b) => ((a.entry.on ?? '') < (b.entry.on ?? '') ? 1 : -1));
}

/** A pack from which a scheduled reform was taken back, or why it was not. */
export type Withdrawal =
  | { readonly kind: 'withdrawn'; readonly files: PackFiles }
  | { readonly kind: 'refused'; readonly code: 'reform-unknown' | 'reform-withdrawn' | 'reform-in-force' | 'reform-overlaid'; readonly data: Readonly<Record<string, string>> };

/**
 * The pack as it was before a reform was scheduled, byte for byte but for its sources and its history, which tell
 * of both.
 *
 * Refused from its day on (what holds is changed by another reform), and where the same place was changed since.
 */
export function withdrawReform(files: PackFiles, id: string, { by, at }: { readonly by: string; readonly at: CalendarDate }): Withdrawal {
  const { pack } = loadPack(files);
  const found = pack && reformsOf(pack, at).find(({ entry }) => entry.id === id);
  if (!pack || !found) return { kind: 'refused', code: 'reform-unknown', data: { id } };
  const { entry, state } = found;
  if (state === 'withdrawn') return { kind: 'refused', code: 'reform-withdrawn', data: { id } };
  if (state === 'in-force') return { kind: 'refused', code: 'reform-in-force', data: { id, on: entry.on ?? '' } };
  const draft = new Draft(files);
  for (const { file, key, before, after } of entry.changes ?? []) {
    if (!draft.text(file).includes(after) || sourceAt(draft.text(file), [key]) !== after) return { kind: 'refused', code: 'reform-overlaid', data: { id, file } };
    draft.edit(file, (text) => setValue(text, [key], before));
  }
  draft.edit(HISTORY, (text) => withHistory(text, pack.history.keys(), [{ kind: 'withdrawn', at, by, of: id }]).text);
  return { kind: 'withdrawn', files: draft.files() };
}
