/** Elements that begin a line of their own. */
const BLOCKS = 'address|article|aside|blockquote|button|caption|dd|details|dialog|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|header|hr|label|legend|li|main|nav|ol|option|p|pre|section|select|summary|table|tbody|td|tfoot|th|thead|tr|ul|br';
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#x27': "'", nbsp: ' ' };

/**
 * What a page says, line after line, without its marks: what is seen and what is read aloud.
 *
 * Instants are of the clock of the machine and names of cases are drawn: both stand as marks.
 */
export function visibleText(html: string): string {
  const body = /<body[^>]*>(.*)<\/body>/s.exec(html)?.[1] ?? '';
  return body
    .replaceAll(/<(script|style|svg|template)\b.*?<\/\1>/gs, '')
    .replaceAll(/<!--.*?-->/gs, '')
    .replaceAll(new RegExp(`</?(?:${BLOCKS})\\b[^>]*>`, 'g'), '\n')
    .replaceAll(/<[^>]+>/g, '')
    .replaceAll(/&(amp|lt|gt|quot|#x27|nbsp);/g, (_, name: string) => ENTITIES[name] ?? '')
    .replaceAll(/\b\d{1,2}:\d{2}(?::\d{2})?\b/g, '··:··')
    .split('\n').map((line) => line.replaceAll(/\s+/g, ' ').trim()).filter((line) => line !== '').join('\n');
}
