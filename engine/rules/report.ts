import type { Diagnostic } from '#engine/kernel/index.ts';
import { packYaml } from '#engine/pack/index.ts';
import type { Problem } from './syntax/index.ts';

/** Where a rule text stands: a value in a file of the pack, by the path of its keys. */
export interface Site {
  readonly file: string;
  /** A step of `{ name }` is the record of a list that has that name. */
  readonly path: readonly (PropertyKey | { readonly name: string })[];
}

/** Collects what is wrong and says where in the files it stands. A thing said twice is reported once. */
export class Reporter {
  readonly #texts: ReadonlyMap<string, string>;
  readonly #files = new Map<string, ReturnType<typeof packYaml>>();
  readonly #found = new Map<string, Diagnostic>();

  constructor(texts: ReadonlyMap<string, string>) {
    this.#texts = texts;
  }

  report(site: Site, { code, at, data, nearest, severity }: Problem): void {
    const yaml = this.#yaml(site.file);
    const place = yaml.placeWithin(this.#steps(site, yaml.value), at.from, at.to);
    const key = JSON.stringify([code, place, data]);
    if (!this.#found.has(key)) this.#found.set(key, { code, severity: severity ?? 'error', place, data, ...(nearest === undefined ? {} : { nearest }) });
  }

  /** In the order of files and lines. */
  diagnostics(): readonly Diagnostic[] {
    const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
    return [...this.#found.values()].sort((a, b) => compare(a.place.file, b.place.file) || a.place.line - b.place.line || a.place.column - b.place.column || compare(a.code, b.code));
  }

  #yaml(file: string): ReturnType<typeof packYaml> {
    const yaml = this.#files.get(file) ?? packYaml(file, this.#texts.get(file) ?? '');
    this.#files.set(file, yaml);
    return yaml;
  }

  #steps({ path }: Site, value: unknown): readonly PropertyKey[] {
    return path.map((step) => {
      if (typeof step !== 'object') return step;
      const records: readonly unknown[] = Array.isArray(value) ? value : [];
      return records.findIndex((record) => typeof record === 'object' && record !== null && Object.values(record).includes(step.name));
    });
  }
}

/** The whole of a text, for what concerns all of it. */
export const WHOLE = { from: 0, to: Number.MAX_SAFE_INTEGER };
