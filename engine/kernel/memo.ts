/** A memo that leaves the house: a letterhead, paragraphs and numbered points under headings. */
export interface Memo {
  readonly title: string;
  readonly to: string;
  readonly from: string;
  readonly date: string;
  readonly opening: readonly string[];
  readonly sections: readonly { readonly heading: string; readonly intro: string; readonly points: readonly MemoPoint[] }[];
  readonly closing: readonly string[];
}

/** One point of a memo: what it is about, what is said, and the printed places it rests on. */
export interface MemoPoint {
  readonly title: string;
  readonly text: string;
  readonly places: readonly string[];
}

/** The words before the lines of the letterhead, with their colon. */
export interface MemoLabels {
  readonly to: string;
  readonly from: string;
  readonly date: string;
}
