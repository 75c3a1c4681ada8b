const PLAIN = /^[\p{L}_][\p{L}\p{N}_]*$/u;
const QUOTED = /"(?:[^"\\]|\\[\s\S])*"/g;

/** A name as rules can say it; undefined where taking out its spaces is not enough. */
export function plainName(name: string): string | undefined {
  const joined = name.replaceAll(/\s+/g, '');
  return PLAIN.test(joined) ? joined : undefined;
}

/** An expression with names as rules can say them; what stands in quotes stays. Longer names go first, for shorter ones may stand in them. */
export function withPlainNames(text: string, names: readonly string[]): string {
  const longest = names.filter((name) => /\s/.test(name)).sort((a, b) => b.length - a.length);
  if (longest.length === 0) return text;
  const pattern = new RegExp(longest.map((name) => name.trim().split(/\s+/).map((word) => word.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&')).join('\\s+')).join('|'), 'gu');
  const quotes = text.match(QUOTED) ?? [];
  return text.split(QUOTED).map((part, at) => `${part.replaceAll(pattern, (found) => plainName(found) ?? found)}${quotes[at] ?? ''}`).join('');
}
