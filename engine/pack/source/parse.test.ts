import { describe, expect, test } from 'vitest';
import { packFiles } from '#tools/pack-files.ts';
import { parseCitation, printCitation, resolveCitation } from '../citation.ts';
import { parseSource } from './parse.ts';

const text = new TextDecoder().decode(packFiles('lantern-bay').get('source/plan.txt'));
const source = parseSource('plan.txt', text, new Map([[1, 6], [2, 4]]));

describe('the published text', () => {
  test('is cut into preamble, chapters and sections', () => {
    expect(source.sections.map((section) => section.id)).toEqual(['导言', '一', '一(一)', '二', '二(一)', '三', '三(一)']);
    expect(source.sections.find((section) => section.id === '导言')?.paragraphs).toHaveLength(1);
    expect(source.front.map((paragraph) => paragraph.text)).toEqual(['灯湾市公共服务规划', '发布机构:灯湾市发展局']);
  });

  test('gives a flattened table its rows, groups and lines under one number back', () => {
    const [first, second] = source.tables;
    expect(first?.rows.map((row) => [row.no, row.group, row.name.text, ...row.cells.map((cell) => cell.text)])).toEqual([
      [1, '儿童', '看护点覆盖率(%)', '40', '60', '58', '约束性'],
      [2, '港口', '灯塔完好率(%)', '90', '≥95', '97', '预期性'],
    ]);
    expect(second?.rows[2]?.parts.map((part) => [part.label.text, ...part.cells.map((cell) => cell.text)])).toEqual([['近岸', '70', '85'], ['远岸', '/', '60']]);
    expect(second?.note?.text).toBe('注:覆盖率按岛计算。');
  });

  test('has its boxes with their items and its footnotes', () => {
    expect(source.boxes.map((box) => [box.section, box.printedNo, box.title, box.items.length])).toEqual([['二(一)', 1, '儿童服务项目', 2], ['三(一)', 2, '渔民服务项目', 2]]);
    expect(source.boxes[0]?.items[0]).toMatchObject({ no: 1, title: '岛上看护', text: '为三岁以下的孩子提供看护,每天不少于8小时。' });
    expect(source.footnotes.map((footnote) => footnote.no)).toEqual([1]);
  });

  test('is still read when its tables are damaged', () => {
    const damaged = parseSource('plan.txt', text.replace('\n1\n', '\n'), new Map([[1, 6], [2, 4]]));
    expect(damaged.tables).toHaveLength(2);
    expect(damaged.sections).toHaveLength(7);
  });
});

describe('a citation', () => {
  test.each(['表1 第4行', '表2', '表2 注', '三(二)', '三', '导言', '文前', '专栏 十一(四)', '专栏 十一(四) 第7项', '脚注 1'])('%s is read and printed alike', (spelling) => {
    const citation = parseCitation(spelling);
    expect(citation && printCitation(citation)).toBe(spelling);
  });

  test.each(['', '表', '表1第4行', '第4行', '三（二）', '专栏12 十一(四) 第7项', '专栏 十一(四)第7项', '表1 第4行 ', 'front'])('%j is none', (spelling) => {
    expect(parseCitation(spelling)).toBeUndefined();
  });

  test('leads to the paragraphs it names, or nowhere', () => {
    const at = (spelling: string): string[] | undefined => {
      const citation = parseCitation(spelling);
      return citation && resolveCitation(source, citation)?.paragraphs.map((paragraph) => paragraph.text);
    };
    expect(at('表2 第1行')).toEqual(['看护点覆盖率(%)', '58', '80']);
    expect(at('专栏 三(一) 第2项')).toEqual(['2.灯塔参观。免费开放灯塔。']);
    expect(at('二')).toEqual(['每个孩子都有人看护。']);
    expect(at('表2 第9行')).toBeUndefined();
    expect(at('专栏 四(一)')).toBeUndefined();
  });
});
