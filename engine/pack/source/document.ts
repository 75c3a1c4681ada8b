/** A published plan, read as text and cut into the parts that a citation can name. */
export interface SourceDocument {
  readonly file: string;
  /** Every line of the file as printed, indentation included; line numbers elsewhere count from 1. */
  readonly lines: readonly string[];
  /** What stands before the first paragraph of the plan: index number, title, authority, date, page furniture. */
  readonly front: readonly Paragraph[];
  /** Chapters and sections in printed order. The preamble is the section with id of the word for it. */
  readonly sections: readonly Section[];
  readonly tables: readonly SourceTable[];
  readonly boxes: readonly SourceBox[];
  readonly footnotes: readonly SourceFootnote[];
}

/** One printed paragraph; `text` is trimmed, `column` is where it starts in its line (from 1). */
export interface Paragraph {
  readonly line: number;
  readonly column: number;
  readonly text: string;
}

/** A chapter (`四`) or one of its sections (`四(一)`), without the tables and boxes that stand inside it. */
export interface Section {
  readonly id: string;
  readonly heading: Paragraph;
  readonly title: string;
  readonly paragraphs: readonly Paragraph[];
}

/** A printed table. Its columns are declared by the pack, because flattened text does not tell them. */
export interface SourceTable {
  readonly no: number;
  /** Section the table stands in. */
  readonly section: string;
  readonly heading: Paragraph;
  readonly title: string;
  readonly header: readonly Paragraph[];
  readonly rows: readonly SourceRow[];
  readonly note: Paragraph | undefined;
}

/** One numbered row. Where one number holds several lines, `parts` has one entry for each and `cells` is empty. */
export interface SourceRow {
  readonly no: number;
  /** The group name printed above the row. */
  readonly group: string;
  readonly name: Paragraph;
  readonly cells: readonly Paragraph[];
  readonly parts: readonly { readonly label: Paragraph; readonly cells: readonly Paragraph[] }[];
}

/** A box set into the text. */
export interface SourceBox {
  /** Section the box stands in; no section of a plan may hold two. */
  readonly section: string;
  readonly heading: Paragraph;
  /** The number after the word for box, where one is printed. */
  readonly printedNo: number | undefined;
  /** Its place among all boxes of the plan, from 1. */
  readonly position: number;
  readonly title: string;
  readonly items: readonly BoxItem[];
}

/** One item of a box: `4.预防接种。按标准为…`. */
export interface BoxItem {
  /** The printed number, or the place in the box where none is printed: what a citation names. */
  readonly no: number;
  readonly printedNo: number | undefined;
  readonly title: string;
  /** What follows the title; empty where the item is a title only. */
  readonly text: string;
  readonly paragraph: Paragraph;
}

export interface SourceFootnote {
  readonly no: number;
  readonly paragraph: Paragraph;
}
