import { textOf } from '#engine/pack/index.ts';
import type { PackFiles } from '#engine/pack/index.ts';

const ENCODER = new TextEncoder();

/** The files of a pack while they are changed, as texts. */
export class Draft {
  readonly #files: Map<string, Uint8Array>;
  readonly #texts = new Map<string, string>();

  constructor(files: PackFiles) {
    this.#files = new Map(files);
  }

  /** The text of a file as it now stands; empty where there is none. */
  text(file: string): string {
    const bytes = this.#files.get(file);
    return this.#texts.get(file) ?? (bytes === undefined ? '' : (textOf(bytes) ?? ''));
  }

  set(file: string, text: string): void {
    if (text !== this.text(file)) this.#texts.set(file, text);
  }

  edit(file: string, change: (text: string, file: string) => string): void {
    this.set(file, change(this.text(file), file));
  }

  /** The files with what was changed in them; others are the same bytes. */
  files(): PackFiles {
    return new Map([...this.#files, ...[...this.#texts].map(([file, text]) => [file, ENCODER.encode(text)] as const)]);
  }
}
