/**
 * How Chinese planning documents mark their parts.
 *
 * The one table of layout words: another drafting tradition adds its words here, not in the parser.
 */
export const LAYOUT = {
  numerals: '一二三四五六七八九十',
  chapter: /^([一二三四五六七八九十]+)、(.+)$/,
  section: /^[(（]([一二三四五六七八九十]+)[)）](.+)$/,
  table: /^表(\d+)(.+)$/,
  box: /^专栏\s*(\d+)?\s*(.+)$/,
  boxItem: /^(\d+)[.．、]\s*(.+)$/,
  tableNote: /^注[:：](.+)$/,
  footnote: /^\[(\d+)\]\s*(.+)$/,
  /** Where a sentence ends. */
  stop: /[。！？]/,
  /** A cell that holds a value: a number, a bound, a bracketed total, or a dash for "none printed". */
  value: /^(?:[〉>＞<〈＜≥≤]?\s*-?\d[\d.,]*|[[〔]\d[\d.]*[\]〕]|[/／—-])$/,
} as const;

/** The words of the citation grammar (contract 16). */
export const CITATION = {
  table: '表',
  row: '行',
  box: '专栏',
  item: '项',
  ordinal: '第',
  preamble: '导言',
  front: '文前',
  note: '注',
  footnote: '脚注',
} as const;
