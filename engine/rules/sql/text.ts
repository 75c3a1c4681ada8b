/**
 * A piece of SQL over the rows of one entity: an expression that stands wherever the entity's stage is called `t`.
 *
 * `step` is how many stages must lie before it; `columns` are the columns of stages that it reads.
 */
export interface Text {
  readonly sql: string;
  readonly step: number;
  readonly columns: readonly string[];
}

/** SQL from its parts: a piece of text brings its step and columns along, everything else stands as it is. */
export function sql(strings: TemplateStringsArray, ...parts: readonly (Text | string | number | bigint)[]): Text {
  const texts = parts.filter((part) => typeof part === 'object');
  return {
    sql: strings.map((piece, at) => (at === 0 ? piece : written(parts[at - 1]) + piece)).join(''),
    step: Math.max(0, ...texts.map((text) => text.step)),
    columns: [...new Set(texts.flatMap((text) => text.columns))],
  };
}

function written(part: Text | string | number | bigint | undefined): string {
  return typeof part === 'object' ? part.sql : String(part);
}

/** Pieces with something between them. */
export function joined(texts: readonly Text[], between: string): Text {
  return {
    sql: texts.map((text) => text.sql).join(between),
    step: Math.max(0, ...texts.map((text) => text.step)),
    columns: [...new Set(texts.flatMap((text) => text.columns))],
  };
}

/**
 * How a value lies in a column. Unknown is NULL in all of them.
 * - `truth`: BOOLEAN, never none.
 * - `whole`: BIGINT; units, yyyymmdd, place of a code, or 0 and 1 of a truth value that may be none; none is `NONE`.
 * - `text`: the text behind an equals sign; none is the empty text.
 */
export type Form = 'truth' | 'whole' | 'text';

/** -2^53: below every number that FEEL-S can reach, and an exact double. */
export const NONE = -(2n ** 53n);
export const NONE_TEXT = '';
/** Before each text that is known, so that the empty text is free for none. */
export const TEXT_MARK = '=';

/** A value as SQL: its form, whether NULL and none may come out, and the number where it is one and the same for all. */
export interface Term extends Text {
  readonly form: Form;
  readonly unknowable: boolean;
  readonly nonable: boolean;
  readonly literal?: bigint | undefined;
  /** The name of the column that it is, where it is nothing but a column. */
  readonly column?: string | undefined;
}

/** A term whose SQL is short enough to stand anywhere. */
export function isAtom(term: Term): boolean {
  return term.column !== undefined || term.literal !== undefined;
}

/** In logic: a BOOLEAN in which none is false. */
export function truth(term: Term): Text {
  return term.form === 'truth' ? term : sql`(${term} = 1)`;
}

/** A truth value as 0, 1, none; anything else as it is. */
export function coded(term: Term): Term {
  if (term.form !== 'truth') return term;
  return { ...sql`CASE WHEN ${term} THEN 1 WHEN NOT ${term} THEN 0 END`, form: 'whole', unknowable: term.unknowable, nonable: false };
}

/** A number without the type that products need; enough where it is only compared. */
export function plain(term: Term): Text {
  return term.literal === undefined ? term : sql`${term.literal}`;
}

/** Whether the term is none; for terms that may be. */
export function isNone(term: Term): Text {
  return sql`${term} = ${noneOf(term.form)}`;
}

export function noneOf(form: Form): string {
  return form === 'text' ? `'${NONE_TEXT}'` : String(NONE);
}
