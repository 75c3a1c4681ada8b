import type { Finding, Pack } from '../pack.ts';

/** Items of a box whose printed numbers skip one: a service may have been deleted, or the numbering is wrong. */
export function missingItemNumber({ source, services, projects }: Pack): readonly Finding[] {
  return source.boxes.flatMap((box) => box.items.flatMap((item, index): Finding[] => {
    const before = box.items[index - 1];
    if (before?.printedNo === undefined || item.printedNo === undefined || item.printedNo <= before.printedNo + 1) return [];
    const place = (of: typeof item): Finding['places'][number] => ({ citation: { kind: 'item', section: box.section, item: of.no }, file: source.file, line: of.paragraph.line, raw: of.paragraph.text.slice(0, of.paragraph.text.indexOf(of.title) + of.title.length) });
    const around = [...services.values(), ...projects.values()].filter((record) => record.cite.kind === 'item' && record.cite.section === box.section && (record.cite.item === before.no || record.cite.item === item.no));
    return [{ code: 'missing-item-number', severity: 'error', places: [place(before), place(item)], subjects: around.map((record) => record.id), data: { after: before.printedNo, before: item.printedNo, box: box.title } }];
  }));
}
