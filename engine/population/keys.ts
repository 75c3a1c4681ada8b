/** A thing of a release: its kind, and its row there. */
export interface Place {
  readonly entity: string;
  readonly row: number;
}

/**
 * The keys that name the things of a release to the rest of the house: opaque, and the same for as long as the thing
 * is in the register. A row is good within one release only; a key is what cases, tasks and the access log hold.
 */
export interface Keys {
  /** Undefined where there is no such row, or its kind has no keys. */
  readonly keyOf: (entity: string, row: number) => string | undefined;
  /** Undefined where nothing has the key. */
  readonly rowOf: (key: string) => Place | undefined;
}

/** The surrogate ids of one kind of thing. */
export interface Surrogates {
  readonly idOf: (row: number) => string | undefined;
  readonly rowOf: (id: string) => number | undefined;
}

/** The keys of things whose kinds have surrogate ids: the kind, a hyphen, the id, so that ids of two kinds never meet. */
export function keysOf(kinds: ReadonlyMap<string, Surrogates>): Keys {
  // The longest name first: `joint-living-7` is of `joint-living`, should there be a `joint` too.
  const names = [...kinds.keys()].sort((a, b) => b.length - a.length);
  return {
    keyOf: (entity, row) => {
      const id = kinds.get(entity)?.idOf(row);
      return id === undefined ? undefined : `${entity}-${id}`;
    },
    rowOf: (key) => {
      for (const entity of names) {
        const row = key.startsWith(`${entity}-`) ? kinds.get(entity)?.rowOf(key.slice(entity.length + 1)) : undefined;
        if (row !== undefined) return { entity, row };
      }
      return undefined;
    },
  };
}

/** The ids of a drawn city, which has no register: the numbers of its rows. */
export function rowNumbers(rows: number): Surrogates {
  const there = (row: number): boolean => Number.isInteger(row) && row >= 0 && row < rows;
  return {
    idOf: (row) => (there(row) ? String(row) : undefined),
    rowOf: (id) => (/^(?:0|[1-9]\d{0,9})$/.test(id) && there(Number(id)) ? Number(id) : undefined),
  };
}
