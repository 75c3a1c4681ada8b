/** Something for a resident on paper: what is printed, in its order, in words already. */
export interface Paper {
  readonly title: string;
  /** Whose paper it is: the city's name for its site. */
  readonly from: string;
  /** The day, in words. */
  readonly day: string;
  readonly blocks: readonly PaperBlock[];
  /** Where anybody can see that the paper is true; left out where it proves nothing. */
  readonly check?: { readonly says: string; readonly url: string; readonly code: string } | undefined;
  /** Whom to call and where to go, at the foot of each page. */
  readonly foot: readonly string[];
}

export type PaperBlock =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'heading'; readonly text: string }
  /** Names with their values, one a line. */
  | { readonly kind: 'facts'; readonly rows: readonly (readonly [name: string, value: string])[] };

/** Makes papers a file of pages (PDF) with their text in it, so that it can be read aloud and searched. Each begins on a sheet of its own. */
export type Printer = (...papers: readonly [Paper, ...Paper[]]) => Promise<Uint8Array>;
