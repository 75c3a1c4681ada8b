import { XMLParser } from 'fast-xml-parser';

/** One element of XML, by its name without prefix. */
export interface Element {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly Element[];
  /** All text inside it, as written. */
  readonly text: string;
}

const parser = new XMLParser({ preserveOrder: true, ignoreAttributes: false, attributeNamePrefix: '', trimValues: false, parseTagValue: false, parseAttributeValue: false, cdataPropName: '#cdata', commentPropName: '#comment', htmlEntities: true });

/** The root of an XML text; a text that is no XML throws a SyntaxError with what the parser says. */
export function parseXml(text: string): Element {
  let parsed: unknown;
  try {
    parsed = parser.parse(text, true);
  } catch (error) {
    throw new SyntaxError(error instanceof Error ? error.message : String(error), { cause: error });
  }
  const root = Array.isArray(parsed) ? parsed.flatMap(elementOf)[0] : undefined;
  if (!root) throw new SyntaxError('there is no element');
  return root;
}

function elementOf(node: unknown): readonly Element[] {
  if (typeof node !== 'object' || node === null) return [];
  const record: Readonly<Record<string, unknown>> = { ...node };
  const name = Object.keys(record).find((key) => key !== ':@');
  if (name === undefined || name.startsWith('#') || name.startsWith('?')) return [];
  const inner: readonly unknown[] = Array.isArray(record[name]) ? record[name] : [];
  const attributes = Object.entries(typeof record[':@'] === 'object' && record[':@'] !== null ? record[':@'] : {}).map(([key, value]) => [key, String(value)] as const);
  return [{ name: local(name), attributes: new Map(attributes), children: inner.flatMap(elementOf), text: inner.map(textOf).join('') }];
}

const local = (name: string): string => name.slice(name.indexOf(':') + 1);

function textOf(node: unknown): string {
  if (typeof node !== 'object' || node === null) return '';
  const record: Readonly<Record<string, unknown>> = { ...node };
  if ('#text' in record) return String(record['#text']);
  return '#cdata' in record && Array.isArray(record['#cdata']) ? record['#cdata'].map(textOf).join('') : '';
}

export const childrenOf = (of: Element | undefined, name: string): readonly Element[] => of?.children.filter((child) => child.name === name) ?? [];
export const childOf = (of: Element | undefined, name: string): Element | undefined => of?.children.find((child) => child.name === name);
/** The text of the `text` child. */
export const written = (of: Element | undefined): string | undefined => childOf(of, 'text')?.text;
