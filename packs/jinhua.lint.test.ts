import { describe, expect, test } from 'vitest';
import { describeFinding, lintPlan, loadPack, printCitation } from '#engine/pack/index.ts';
import type { Finding, Pack, PackFiles } from '#engine/pack/index.ts';
import { packFiles } from '#tools/pack-files.ts';

/** The published plan as it is: what the linter finds in it, what it newly finds in a damaged copy, and what falls silent in a repaired one. */
const files = packFiles('jinhua');
const TEXT = 'source/plan.txt';
/** Replaces words of one file, or (`everywhere`) of every file that prints or quotes them; `line` picks a line of the plan by its number, where the words stand in several. */
type Edit = { readonly file: string; readonly from: string; readonly to: string; readonly line?: number };

function changed(edits: readonly Edit[]): PackFiles {
  const texts = new Map([...files].map(([path, bytes]) => [path, new TextDecoder().decode(bytes)]));
  for (const { file, from, to, line } of edits) {
    const paths = file === 'everywhere' ? [...texts.keys()].filter((path) => texts.get(path)?.includes(from)) : [file];
    for (const path of paths) {
      const old = texts.get(path) ?? '';
      const lines = old.split('\n');
      const rest = line === undefined ? old : lines[line - 1] ?? '';
      if (!rest.includes(from)) throw new Error(`${path} has no ${from}`);
      const next = file === 'everywhere' ? rest.replaceAll(from, to) : rest.replace(from, to);
      texts.set(path, line === undefined ? next : lines.with(line - 1, next).join('\n'));
    }
    if (paths.length === 0) throw new Error(`nothing has ${from}`);
  }
  return new Map([...texts].map(([path, content]) => [path, new TextEncoder().encode(content)]));
}

function sound(edits: readonly Edit[] = []): Pack {
  const { pack, diagnostics } = loadPack(changed(edits));
  const errors = diagnostics.filter(({ severity }) => severity === 'error').map(({ code, data }) => `${code} ${JSON.stringify(data)}`);
  if (!pack || errors.length > 0) throw new Error(`the changed pack is not sound: ${errors.join('; ')}`);
  return pack;
}

const plan = sound();
const all = lintPlan(plan);
const key = ({ code, places }: Finding): string => `${code} ${places.map(({ citation, raw }) => `${printCitation(citation)} ${raw}`).join(' | ')}`;
const at = (finding: Finding, cite: string, raw: string): boolean => finding.places.some((place) => printCitation(place.citation) === cite && (place.raw.includes(raw) || raw.includes(place.raw)));
const found = (code: string, cite: string, raw: string, among = all): boolean => among.some((finding) => finding.code === code && at(finding, cite, raw));

/** Words of the text, and of every record that quotes them. */
const words = (from: string, to: string): Edit => ({ file: 'everywhere', from, to });
const text = (from: string, to: string, line?: number): Edit => ({ file: TEXT, from, to, ...(line === undefined ? {} : { line }) });
/** A cell of a table: the printed line, the cell as the pack copies it, and the value it reads. */
function cell(file: string, name: 'base' | 'target' | 'actual', line: number, from: string, to: string, read?: readonly [string, string]): readonly Edit[] {
  const path = `indicators/${file}.yaml`;
  const [before, after] = read ?? [`\n${name}: {value: ${from}}`, `\n${name}: {value: ${to}}`];
  return [text(from, to, line), { file: path, from: `  ${name}: "${from}"`, to: `  ${name}: "${to}"` }, { file: path, from: before, to: after }];
}
/** The value of a target or fact, after the words that name its record. */
const value = (file: 'targets.yaml' | 'background.yaml', id: string, from: string, to: string): Edit => ({ file, from: recordOf(file, id), to: recordOf(file, id).replace(`\n  value: ${from}\n`, `\n  value: ${to}\n`) });
function recordOf(file: string, id: string): string {
  const content = new TextDecoder().decode(files.get(file));
  const start = content.indexOf(`- id: ${id}\n`);
  return content.slice(start, content.indexOf('\n  unit:', start) + 1);
}
const floor = (from: string, to: string): readonly [string, string] => [`target: {op: '>=', value: ${from}}`, `target: {op: '>=', value: ${to}}`];

test('every place of every finding is printed there, word for word, and every sentence about it is whole', () => {
  for (const finding of all) {
    expect(finding.places.length, finding.code).toBeGreaterThan(0);
    for (const { line, raw } of finding.places) expect(plan.source.lines[line - 1], `${finding.code} ${raw}`).toContain(raw);
    for (const locale of ['zh', 'en'] as const) expect(JSON.stringify(describeFinding(finding, locale)), finding.code).not.toMatch(/\{\w+\}|\[finding/);
  }
});

test('every subject of a finding is a record of the pack', () => {
  const known = new Set([...plan.indicators.values()].flatMap(({ id, parts }) => [id, ...(parts ?? []).map((part) => part.id)]));
  for (const { code, subjects } of all) for (const id of subjects) expect(known.has(id) || plan.services.has(id) || plan.targets.has(id) || plan.projects.has(id) || plan.background.has(id), `${code} ${id}`).toBe(true);
});

test('the whole plan is read in less than a second', () => {
  // Processor time: what the machine does besides is not the linter's.
  const started = process.cpuUsage();
  lintPlan(plan);
  const { user, system } = process.cpuUsage(started);
  expect((user + system) / 1000).toBeLessThan(1000);
});

describe('planted in a copy, each is newly found', () => {
  const planted: readonly (readonly [what: string, code: string, cite: string, raw: string, edits: readonly Edit[]])[] = [
    ['life expectancy reached 80.43, the new plan starts from 79.43', 'tables-differ', '表2 第27行', '79.43', cell('14-5/i145-27-life-expectancy', 'base', 836, '80.43', '79.43')],
    ['57 beds per thousand in the table, 47 in the text', 'text-differs-from-table', '一(一)', '47张', [words('拥有社会养老床位57张', '拥有社会养老床位47张'), value('background.yaml', 'fact-eldercare-elder-beds', '57', '47')]],
    ['7.5 hospital beds in the table, 8.5 in the text', 'target-differs', '九(二)', '8.5张', [words('病床数达到7.5张', '病床数达到8.5张'), value('targets.yaml', 'tt-health-beds', '7.5', '8.5')]],
    ['98 per cent of disabled pupils in the table, 96 in the box', 'target-differs', '专栏 五(四)', '达到96%', [words('义务教育入学率达到98%', '义务教育入学率达到96%'), value('targets.yaml', 'tt-education-box5-disabled-compulsory', '98', '96')]],
    ['35 per cent of bus rides in the table, 32 in the text', 'target-differs', '十三(二)', '不低于32%', [words('出行分担率不低于35%', '出行分担率不低于32%'), value('targets.yaml', 'tt-living-bus-share', '35', '32')]],
    ['15.5 years of schooling become 14.5, below the base', 'target-below-base', '表2 第4行', '14.5', cell('14-5/i145-04-child-expected-schooling', 'target', 632, '15.5', '14.5', floor('15.5', '14.5'))],
    ['91 per cent of inclusive kindergartens become 89, the base', 'no-increment', '表2 第5行', '89', cell('14-5/i145-05-inclusive-kindergartens', 'target', 640, '91', '89', floor('91', '89'))],
    ['58 per cent of nursing beds become 49, below the last plan', 'weaker-than-last-plan', '表2 第31行', '49', cell('14-5/i145-31-nursing-bed-share', 'target', 872, '58', '49', floor('58', '49'))],
    ['210 ten-thousand insured become 2100, more than the city has', 'implausible-magnitude', '表2 第13行', '2100', cell('14-5/i145-13-work-injury-insured', 'target', 720, '210', '2100', floor('210', '2100'))],
    ['97 per cent of pensions become 93, a missed target', 'missed-target', '表1 第8行', '93', cell('13-5/i135-08-pension-coverage', 'actual', 172, '97', '93')],
    ['2.8 square metres of sports ground become 28', 'suspicious-jump', '表2 第22行', '28', cell('14-5/i145-22-sports-area-per-capita', 'target', 796, '2.8', '28', floor('2.8', '28'))],
    ['80 per cent certified become 180', 'share-over-hundred', '表2 第3行', '180', cell('14-5/i145-03-childcare-staff-certified', 'target', 622, '80', '180', floor('80', '180'))],
    ['1.1 books per head become 0.6', 'implied-population', '一(一)', '人均藏书量0.6册', [words('人均藏书量1.1册', '人均藏书量0.6册'), value('background.yaml', 'fact-culture-library-per-capita-2020', '1.1', '0.6')]],
    ['90 per cent of testing capability become a placeholder', 'placeholder', '十三(一)', '**%', [words('药品对标检验能力覆盖率达到90%以上', '药品对标检验能力覆盖率达到**%以上')]],
    ['item 11 of the health box becomes item 12', 'missing-item-number', '专栏 九(四) 第12项', '12.疾病应急救助', [text('    11.疾病应急救助', '    12.疾病应急救助'), words('专栏 九(四) 第11项', '专栏 九(四) 第12项')]],
    ['the last item of the elder box loses its stop', 'cut-sentence', '专栏 十(一) 第5项', '学费', [text('按规定减免贫困老年人老年大学(学校)学费。', '按规定减免贫困老年人老年大学(学校)学费')]],
    ['a quotation mark is lost', 'unbalanced-marks', '五(一)', '“互联网+义务教育', [words('+义务教育”中小学', '+义务教育中小学')]],
    ['a function word stands twice', 'doubled-word', '九(三)', '与与', [text('全面推进体医融合,', '全面推进体医融合与与,')]],
    ['community health service centre loses a character', 'dropped-character', '四(二)', '社区卫服', [text('发挥社区综合服务体功能', '发挥社区卫服务中心功能')]],
    ['an audience loses its preposition', 'missing-preposition', '专栏 六(三) 第2项', '劳动年龄人口提供', [text('2.创业服务。为有创业需求的劳动年龄人口', '2.创业服务。劳动年龄人口')]],
    ['a sentence is copied into another chapter', 'copied-sentence', '十二(一)', '优化住房保障方式', [text('统筹烈士纪念设施规划', '优化住房保障方式,实行实物保障与货币补贴并举。统筹烈士纪念设施规划')]],
    ['four levels are counted as three', 'count-differs', '一(一)', '三级养老', [words('等四级养老服务管理', '等三级养老服务管理')]],
    ['five shared centres are counted as four', 'count-differs', '九(三)', '病理诊断、消毒供应等四大', [words('心电诊断、消毒供应', '心电诊断、病理诊断、消毒供应')]],
    ['a forecast for 2021 in a plan of 2022', 'stale-forecast', '一(一)', '2021年预计', [text('劳资纠纷预警机制初步建立', '2021年预计建成调解中心10个。劳资纠纷预警机制初步建立')]],
    ['a second form of deadline', 'mixed-deadlines', '八(一)', '到2025年底', [text('实施公共体育服务惠民计划', '到2025年底,管好场馆。实施公共体育服务惠民计划')]],
    ['a second book-title mark is not closed', 'unbalanced-marks', '导言', '《', [text('二O三五年远景目标纲要》', '二O三五年远景目标纲要')]],
    ['a sentence of no record contradicts another', 'statements-differ', '十三(三)', '婴幼儿标准化发育监测筛查率达到70%', [text('加强应急物资储备。', '3岁以下婴幼儿标准化发育监测筛查率达到70%。加强应急物资储备。')]],
    ['a sentence of no record contradicts a cell', 'statements-differ', '十三(三)', '县域就诊率达到85%', [text('结合城市有机更新,合理规划', '县域就诊率达到85%。结合城市有机更新,合理规划')]],
    ['five halls are counted as six', 'count-differs', '专栏 八(二) 第8项', '六馆一院一厅', [words('五馆一院一厅', '六馆一院一厅')]],
    ['a deadline before the plan began', 'impossible-year', '九(四)', '到2019年', [words('到2025年,国家卫生乡镇', '到2019年,国家卫生乡镇')]],
    ['a baseline of a year that had not come', 'impossible-year', '一(一)', '2024年末', [text('劳动就业总体形势良好。', '劳动就业总体形势良好。2024年末创业园达到30个。')]],
    ['a floor is turned into a ceiling', 'direction-differs', '五(一)', '入园率不高于91%', [words('学前段入园率不低于91%', '学前段入园率不高于91%')]],
    ['a word is typed twice', 'doubled-word', '十四(一)', '明确明确', [text('明确完成时限,有序推进', '明确明确完成时限,有序推进')]],
    ['more people than live in the city', 'implausible-in-text', '十一(三)', '1200万人', [text('扩大福利彩票销售规模', '惠及全市1200万人。扩大福利彩票销售规模')]],
    ['a person-time is mixed into a count of persons', 'mixed-persons', '六(一)', '500人次', [text('鼓励国内外金华籍人才返乡', '培训创业者500人次、导师300名。鼓励国内外金华籍人才返乡')]],
  ];
  const fresh = lintPlan(sound(planted.flatMap(([, , , , edits]) => edits)));
  const before = new Set(all.map(key));

  test.each(planted)('%s: %s', (_, code, cite, raw) => {
    const own = fresh.filter((finding) => finding.code === code && !before.has(key(finding)));
    expect(own.filter((finding) => at(finding, cite, raw)).length, own.map(key).join('\n')).toBeGreaterThan(0);
  });

  test('they are twenty at least, of ten families at least', () => {
    expect(planted.length).toBeGreaterThanOrEqual(20);
    expect(new Set(planted.map(([, code]) => code)).size).toBeGreaterThanOrEqual(10);
  });
});

describe('repaired in a copy, each falls silent', () => {
  const repaired: readonly (readonly [what: string, code: string, cite: string, raw: string, edits: readonly Edit[]])[] = [
    ['the unemployment rate reached is printed', 'target-repeated-as-actual', '表1 第4行', '≤3.5', [text('≤3.5', '1.63', 122), { file: 'indicators/13-5/i135-04-urban-registered-unemployment.yaml', from: '  actual: ≤3.5', to: '  actual: "1.63"' }, { file: 'indicators/13-5/i135-04-urban-registered-unemployment.yaml', from: "actual: {op: <=, value: 3.5}", to: 'actual: {value: 1.63}' }]],
    ['one reading rate in both tables', 'tables-differ', '表2 第20行', '89.8', cell('14-5/i145-20-reading-rate', 'base', 778, '89.8', '89.2')],
    ['one share of good days in table and text', 'text-differs-from-table', '表1 第33行', '89', cell('13-5/i135-33-air-quality-days', 'actual', 480, '89', '92.1')],
    ['the box asks for as many disabled children as the table', 'target-differs', '专栏 五(四)', '不低于90%', [words('学前三年入园率不低于90%', '学前三年入园率不低于91%'), value('targets.yaml', 'tt-education-box5-disabled-preschool', '90', '91')]],
    ['surface water in the box as in the table', 'target-differs', '专栏 七(三)', '95%以上', [words('Ⅲ类水体比例达到95%以上', 'Ⅲ类水体比例达到100%'), value('targets.yaml', 'tt-housing-surface-water', '95', '100')]],
    ['children of one city', 'implausible-magnitude', '表1 第2行', '181', [...cell('13-5/i135-02-kindergarten-enrolment', 'base', 92, '181', '18.1'), ...cell('13-5/i135-02-kindergarten-enrolment', 'target', 94, '222', '22.2')]],
    ['food satisfaction may not fall', 'target-below-base', '表2 第41行', '85.56', cell('14-5/i145-41-food-safety-satisfaction', 'target', 958, '85', '88', floor('85', '88'))],
    ['drugs keep what they had', 'target-below-base', '表2 第42行', '99.5', cell('14-5/i145-42-essential-drug-inspection', 'target', 966, '99.5', '100', floor('99.5', '100'))],
    ['family doctors beyond what is reached', 'target-below-reached', '十(三)', '80%', [words('家庭医生签约率实现80%', '家庭医生签约率实现92%'), value('targets.yaml', 'tt-eldercare-family-doctor', '80', '92')]],
    ['public transport is to grow', 'target-below-base', '表1 第20行', '25', cell('13-5/i135-20-public-transport-share', 'target', 318, '25', '26')],
    ['the placeholder is filled in', 'placeholder', '十三(一)', '*%', [words('主要食品(10大类)合格率超过*%', '主要食品(10大类)合格率超过98%')]],
    ['the numerals come back', 'lost-characters', '表1 第28行', '断面-类', [text('地表水断面-类比率(%', '地表水断面Ⅰ-Ⅲ类比率(%'), { file: 'indicators/13-5/i135-28-surface-water-class.yaml', from: '地表水断面-类比率(%', to: '地表水断面Ⅰ-Ⅲ类比率(%' }]],
    ['item 8 of the housing box becomes item 7', 'missing-item-number', '专栏 七(三) 第8项', '8.污染物处理', [text('8.污染物处理', '7.污染物处理'), words('专栏 七(三) 第8项', '专栏 七(三) 第7项')]],
    ['one 在', 'doubled-word', '二(一)', '在在', [words('努力在在公共服务', '努力在公共服务')]],
    ['years of residence', 'wrong-word', '三(一)', '居民年限', [words('居民年限', '居住年限')]],
    ['应退尽退', 'wrong-word', '十一(二)', '应退进退', [words('应退进退', '应退尽退')]],
    ['the disease, not the severity', 'sound-alike', '专栏 九(四) 第4项', '重点病重患者', [words('重点病重患者', '重点病种患者')]],
    ['the institution is whole', 'dropped-character', '九(三)', '妇幼保机构', [words('妇幼保机构', '妇幼保健机构')]],
    ['the share has its verb', 'share-without-verb', '五(二)', '总数的比例', [words('专兼职教师专业教师总数', '专兼职教师占专业教师总数')]],
    ['the quotation is closed', 'unbalanced-marks', '一(二)', '好不好', [words('“好不好,需求侧', '“好不好”,需求侧')]],
    ['the item has its stop', 'cut-sentence', '专栏 五(四) 第1项', '高中段', [words('高中段入学率争取达到85%', '高中段入学率争取达到85%。')]],
    ['employers are served', 'missing-preposition', '专栏 六(三) 第7项', '用人单位', [text('7.劳动用工指导和保障。用人单位和劳动者', '7.劳动用工指导和保障。为用人单位和劳动者')]],
    ['the directory is whole', 'cut-word', '专栏 十三(三) 第7项', '服务目', [words('政府购买服务目。', '政府购买服务目录。')]],
    ['the zero is a zero', 'latin-in-number', '导言', '二O三五', [words('二O三五年', '二〇三五年')]],
    ['one deadline', 'mixed-deadlines', '十(三)', '到2025年底', [words('到2025年底,', '到2025年,')]],
    ['the value is no forecast', 'stale-forecast', '一(一)', '2020年预计', [words('2020年预计总藏书量', '2020年总藏书量')]],
  ];
  const quiet = lintPlan(sound(repaired.flatMap(([, , , , edits]) => edits)));

  test.each(repaired)('%s: %s', (_, code, cite, raw) => {
    expect(found(code, cite, raw), 'found in the plan as printed').toBe(true);
    expect(quiet.filter((finding) => finding.code === code && at(finding, cite, raw)).map(key)).toEqual([]);
  });

  test('they are twenty at least', () => expect(repaired.length).toBeGreaterThanOrEqual(20));
});

/**
 * What a sceptical editor found in the plan, by his numbers, and where each stands: the linter finds it there.
 * Where one remark needs several findings, each is a line.
 */
describe('the editor’s remarks', () => {
  const remarks: readonly (readonly [id: string, code: string, cite: string, raw: string])[] = [
    ['A01', 'target-repeated-as-actual', '表1 第4行', '≤3.5'], ['A01', 'text-differs-from-table', '一(一)', '城镇登记失业率1.63%'],
    ['A03', 'text-differs-from-table', '表1 第24行', '0.82'], ['A03', 'claim-contradicted', '一(一)', '达到省级《规划》目标“〉1”的要求'],
    ['A05', 'text-differs-from-table', '表1 第33行', '89'], ['A05', 'tables-differ', '表2 第16行', '92.1'],
    ['A07', 'rounded-differently', '表1 第20行', '25.2'], ['A09', 'target-differs', '专栏 五(四)', '学前三年入园率不低于90%'], ['A09', 'statements-differ', '五(一)', '全市学前三年入园率大于98%'],
    ['A11', 'target-by-reference', '专栏 七(三)', '达到国家下达指标要求'], ['A13', 'planned-and-existing', '八(一)', '规划建设金华市美术馆、市音乐厅等项目'],
    ['A15', 'already-achieved', '五(一)', '推进集团化办学、教育共同体全覆盖'],
    ['A17', 'name-mismatch', '一(一)', '金华理工学院'], ['A17', 'name-mismatch', '五(三)', '横店艺术大学'], ['A17', 'done-and-to-do', '一(一)', '温州医科大学东阳校区'],
    ['A19', 'merged-yet-separate', '四(一)', '深化生育保险和职工基本医疗保险合并实施'],
    ['B01', 'implausible-magnitude', '表1 第2行', '181'], ['B03', 'implausible-magnitude', '表1 第7行', '[1000]'],
    ['B05', 'suspicious-jump', '表2 第21行', '4350'], ['B05', 'term-variant', '表2 第21行', '每万人拥有公共文化设施面积'], ['B07', 'same-number', '表1 第26行', '89.2'],
    ['B09', 'household-size', '一(一)', '2.3万户'], ['B09', 'missing-unit-in-text', '一(一)', '人数达6万'], ['B11', 'implied-population-falls', '一(一)', '579.43万册'],
    ['C01', 'target-below-base', '表2 第11行', '3.5'], ['C03', 'target-below-base', '表2 第41行', '85.56'], ['C05', 'target-below-reached', '十(三)', '家庭医生签约率实现80%'],
    ['C07', 'target-below-base', '表1 第20行', '25'], ['C09', 'target-below-base', '表1 第4行', '2.93'], ['C11', 'no-increment', '表2 第18行', '100'], ['C11', 'no-increment', '表2 第39行', '100'],
    ['C13', 'truncated-value', '一(一)', '老年健康管理率71.75%'], ['C15', 'stretch-without-history', '表2 第45行', '35'],
    ['D01', 'placeholder', '十三(一)', '主要食品(10大类)合格率超过*%'], ['D03', 'no-actual', '表1 第2行', '/'], ['D03', 'no-actual', '表1 第7行', '/'],
    ['D05', 'lost-characters', '表1 第28行', '地表水断面-类比率(%'], ['D07', 'lost-comparators', '表2 第1行', '50'], ['D09', 'comparator-base', '表1 第9行', '〉95'],
    ['D11', 'cut-sentence', '专栏 五(四) 第1项', '高中段入学率争取达到85%'], ['D11', 'cut-sentence', '专栏 十(一) 第4项', '养老服务机构提供居家上门养老服务的能力显著提升'],
    ['E01', 'missing-unit', '表1 第9行', '基本医疗保险参保率'], ['E03', 'two-measures', '表1 第24行', '县级公共图书馆人均藏书量或总藏书量(册)'], ['E05', 'mixed-persons', '十(二)', '1.5万人次'],
    ['E07', 'undefined-rate', '表2 第30行', '儿童青少年总体近视率降低(%'], ['E09', 'undefined-denominator', '表2 第1行', '3 岁以下婴幼儿托育机构覆盖率(%'],
    ['E11', 'per-area-count', '表2 第38行', '各县(市)残疾儿童定点康复机构数(个)'], ['E11', 'districts-left-out', '表2 第38行', '县(市)'],
    ...['县(市、区)', '县(市区)', '区(县、市)', '县(市)', '区县'].map((raw) => ['E13', 'area-spellings', { '县(市、区)': '一(一)', '县(市区)': '八(一)', '区(县、市)': '八(二)', '县(市)': '表2 第38行', '区县': '三(一)' }[raw] ?? '', raw] as const),
    ['E13', 'area-spellings', '四(一)', '乡(镇)'], ['E13', 'area-spellings', '四(二)', '街道(镇)'], ['E13', 'area-spellings', '八(二)', '街道(乡、镇)'],
    ['E15', 'indicator-renamed', '表1 第19行', '城镇保障性住房常住人口覆盖率'], ['E15', 'indicator-renamed', '表2 第20行', '居民综合阅读率(%'], ['E15', 'indicator-renamed', '表2 第43行', '药品安全公众满意度(%'], ['E15', 'indicator-renamed', '表1 第38行', '亿元生产总值安全事故死亡率(人/亿元)'], ['E15', 'indicator-renamed', '表2 第42行', '基本药物抽检合格率(%'],
    ['E17', 'misplaced-target', '十(一)', '全市户籍人口基本医疗保险参保率达到99%以上'], ['E19', 'mixed-count', '八(一)', '等100个'], ['E21', 'annual-flow', '表2 第19行', '文化及相关产业增加值(亿元)'],
    ['E23', 'category-name', '表2', '托育照护服务'], ['E23', 'category-name', '表2', '城乡宜居服务'], ['E23', 'category-name', '表2', '医疗健康服务'], ['E23', 'category-name', '表2', '幸福养老服务'], ['E23', 'category-name', '表2', '兜底保障服务'],
    ['F01', 'unclosed-bracket', '表1 第1行', '九年义务教育巩固率(%'], ['F01', 'unclosed-bracket', '表2 第1行', '3 岁以下婴幼儿托育机构覆盖率(%'], ['F03', 'bracket-styles', '表2 注', '〔〕'], ['F05', 'verb-in-name', '表2 第8行', '高等教育毛入学率达到(%'], ['F07', 'split-header', '表1', '规划目标'],
    ['F09', 'stray-space', '表2 第1行', '3 岁以下'], ['F09', 'stray-space', '一(二)', '医疗、 养老等'], ['F09', 'stray-space', '二(三)', '幸福感、 安全感'], ['F09', 'stray-space', '三(二)', '大牵引、 大改革'], ['F09', 'stray-space', '三(二)', '教育等 新服务'], ['F09', 'stray-space', '专栏 五(四) 第4项', '达到 10%以'], ['F09', 'stray-space', '专栏 八(二) 第6项', '15 分钟'],
    ['G01', 'missing-item-number', '专栏 七(三) 第8项', '8.污染物处理'], ['G03', 'box-heading-blanks', '专栏 五(四)', '专栏5'], ['G03', 'box-without-number', '专栏 七(三)', '专栏住房保障'], ['G05', 'unnumbered-items', '专栏 五(四) 第2项', '教师管理改革工程。'],
    ['G07', 'domain-without-service', '专栏 八(二)', '公共文化基本公共服务项目'], ['G07', 'box-name', '专栏 八(二)', '公共文化基本公共服务项目'], ['G09', 'item-off-topic', '专栏 七(三)', '专栏住房保障基本公共服务项目'], ['G11', 'misplaced-content', '十一(三)', '深化双拥模范城创建,落实各项优抚政策'],
    ['H01', 'benchmark-without-value', '专栏 五(四)', '特殊教育基本达到发达国家平均发展水平'], ['H03', 'vague-goal', '二(三)', '数字孪生社会基本建成'], ['H03', 'vague-goal', '二(三)', '公共服务数字化体系全面建成'],
    ['H05', 'approximate-target', '五(二)', '5个左右'], ['H05', 'approximate-target', '五(二)', '3个左右'], ['H05', 'approximate-target', '专栏 十三(三) 第17项', '94%左右'], ['H07', 'hedged-target', '九(一)', '原则上每个县至少有1家'],
    ['H09', 'target-without-year', '八(一)', '社区多功能运动场120个'], ['H09', 'target-without-year', '专栏 十三(三)', '主要食品安全追溯覆盖率达到95%以上'], ['H09', 'target-without-year', '十(二)', '每万老年人拥有养老机构认知障碍床位达到20张'],
    ['H11', 'dynamic-zero', '六(一)', '零就业家庭动态清零'], ['H13', 'cycle-without-count', '专栏 八(二) 第2项', '每年送戏曲等文艺演出服务'],
    ['I01', 'mandatory-part-missing', '三(一)', '明确服务对象、服务内容、服务标准、支出责任'], ['I03', 'condition-undefined', '专栏 十一(四) 第14项', '符合条件的对象'], ['I03', 'condition-undefined', '专栏 四(一) 第2项', '符合条件的育龄夫妇'],
    ['I05', 'frequency-missing', '三(一)', '定期开展基本公共服务需求分析和社会满意度调查'], ['I05', 'frequency-missing', '十四(四)', '定期监测评估'], ['I07', 'audience-missing', '专栏 十三(三) 第6项', '6.公共法律服务平台。'], ['I07', 'audience-missing', '专栏 十三(三) 第11项', '11.社会治安。'],
    ['I09', 'indicator-dropped', '表1 第5行', '城镇新增就业人数(万人)'], ['I09', 'indicator-dropped', '表1 第3行', '高中阶段毛入学率(%'], ['I09', 'indicator-dropped', '表1 第27行', '广播、电视综合人口覆盖率(%'], ['I09', 'indicator-dropped', '表1 第22行', '农村公路等级化率(%'],
    ['J01', 'doubled-word', '二(一)', '努力在在公共服务'], ['J03', 'wrong-word', '三(一)', '居民年限'], ['J05', 'sound-alike', '专栏 九(四) 第4项', '重点病重患者'], ['J07', 'share-without-verb', '五(二)', '有实践经验的专兼职教师专业教师总数的比例达65%以上'], ['J09', 'dropped-character', '九(三)', '妇幼保机构'],
    ['J11', 'missing-word', '专栏 九(四) 第2项', '提供标准健康教育'], ['J13', 'unbalanced-marks', '一(二)', '“好不好,需求侧'], ['J15', 'misspelt-term', '九(四)', '综合症'], ['J17', 'wrong-word', '十二(二)', '社会公共参与'], ['J19', 'unnamed-institution', '五(二)', '技师职业技术学院'],
    ['J21', 'term-variant', '一(一)', '人均期望寿命'], ['J23', 'copied-sentence', '五(四)', '基本形成面向全体'], ['J25', 'area-spellings', '八(一)', '县(市区)'], ['J27', 'half-width-punctuation', '导言', '民心,系乎'], ['J29', 'ambiguous-scope', '专栏 十一(四) 第1项', '对依靠家庭供养的成年重度残疾人和成年三、四级精神、智力残疾人'],
    ['K01', 'stale-forecast', '一(一)', '2020年预计总藏书量610万册'], ['K03', 'late-plan', '文前', '2022-11-09'], ['K03', 'late-plan', '导言', '未来5年'], ['K05', 'mixed-deadlines', '十(三)', '到2025年底'],
  ];

  test.each(remarks)('%s: %s', (_, code, cite, raw) => expect(all.filter((finding) => finding.code === code).some((finding) => at(finding, cite, raw))).toBe(true));
});

describe('what only looks wrong stays silent', () => {
  const about = (raw: string): readonly string[] => all.filter(({ places }) => places.some((place) => place.raw.includes(raw) && place.raw.length < 60)).map(({ code }) => code);
  const HYGIENE = ['half-width-punctuation', 'stray-space', 'box-heading-blanks', 'target-without-year', 'unfunded-projects', 'projects-without-year', 'service-without-indicator', 'mandatory-part-missing'];
  /** What is said of the words beside small faults of form and beside the findings allowed by name. */
  const loud = (raws: readonly string[], ...allowed: readonly string[]): readonly string[] => raws.flatMap((raw) => about(raw).filter((code) => !HYGIENE.includes(code) && !allowed.includes(code)).map((code) => `${raw} ${code}`));

  test('a footnote mark is no total, and the note is there', () => {
    expect(all.filter(({ code }) => code.startsWith('footnote'))).toEqual([]);
    expect(all.find(({ code }) => code === 'bracket-styles')?.places.some(({ raw }) => raw.includes('[1]'))).toBe(false);
  });
  test('digits that are names are no values', () => {
    expect(loud(['1+8+X', 'G60', '12345', '12348', '2型糖尿病'])).toEqual([]);
  });
  test('limits of who qualifies are no targets', () => {
    expect(loud(['150%以下', '0-6岁', '500人以上', '50万人口以上', '3个月以上'], 'circular-service', 'standard-elsewhere')).toEqual([]);
  });
  test('lists of grades are no chapters and no counts', () => {
    expect(loud(['一、二年级', '一、二、三年级'])).toEqual([]);
    expect(loud(['三、四级'], 'ambiguous-scope')).toEqual([]);
  });
  test('paired lists, shared scopes and double negatives', () => {
    expect(loud(['45人、50人', '公办幼儿园招生覆盖面不低于60%', '非民族地区且非戏曲表演类'])).toEqual([]);
  });
  test('what is promised every year needs no target year', () => {
    for (const raw of ['创业担保贷款2.8亿元', '扶持创业3500人']) expect(about(raw).filter((code) => code !== 'unfunded-projects' && code !== 'projects-without-year'), raw).toEqual([]);
  });
  test('page furniture is no text', () => {
    expect(loud(['浏览量', '分享', '朗读', '政策解读', '相关链接'])).toEqual([]);
  });
  test('cells that agree across the tables', () => {
    const contradictions = all.filter(({ code }) => code === 'tables-differ' || code === 'rounded-differently').flatMap(({ places }) => places.map(({ raw }) => raw));
    for (const raw of ['80.43', '6.3', '99.97', '53.0', '98.64', '85.56', '87.36', '0.021']) expect(contradictions).not.toContain(raw);
  });
  test('targets that agree between table and text', () => {
    const contradictions = all.filter(({ code }) => code === 'target-differs').flatMap(({ places }) => places.map(({ raw }) => raw)).join(' ');
    for (const raw of ['5个县(市、区)', '98%以上', '达到85%', '2.8平方米', '7.5张', '4.3名', '58%以上', '不低于35%', '4350平方米']) expect(contradictions).not.toContain(raw);
  });
  test('levels that are counted right, and things that merely resemble each other', () => {
    expect(all.filter(({ code }) => code === 'count-differs')).toEqual([]);
    expect(loud(['148个', '106家'])).toEqual([]);
  });
});
