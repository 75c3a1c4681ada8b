import type { Diagnostic } from '#engine/kernel/index.ts';
import { loadPack } from '#engine/pack/index.ts';
import type { PackFiles } from '#engine/pack/index.ts';
import { interpretProgram, runExamples } from '#engine/rules/index.ts';
import { linkBook } from '../question.ts';

/** What is wrong with a pack as it would be after a change: with its files, its rules, or the examples that they must bear out. */
export function errorsIn(files: PackFiles): readonly Diagnostic[] {
  const wrong = (all: readonly Diagnostic[]): readonly Diagnostic[] => all.filter(({ severity }) => severity === 'error');
  const load = loadPack(files);
  const faulty = wrong(load.diagnostics);
  if (!load.pack || faulty.length > 0) return faulty;
  const { rules, diagnostics } = linkBook(load.pack);
  const unlinked = wrong(diagnostics);
  return unlinked.length > 0 ? unlinked : wrong(runExamples(rules, interpretProgram).diagnostics);
}
