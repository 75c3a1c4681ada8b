import { describe, expect, test } from 'vitest';
import { packFiles } from '#tools/pack-files.ts';
import { describeFinding, lintPlan, loadPack } from '../index.ts';
import type { Finding, PackFiles } from '../index.ts';

const original = packFiles('lantern-bay');
const TEXT = 'source/plan.txt';
type Edit = readonly [file: string, from: string, to: string];

/** What the linter finds in the made-up town after some of its files were changed; what is replaced must be there. */
function findings(...edits: readonly Edit[]): readonly Finding[] {
  const files = edits.reduce<PackFiles>((all, [file, from, to]) => {
    const text = new TextDecoder().decode(all.get(file));
    if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
    return new Map([...all, [file, new TextEncoder().encode(text.replace(from, to))]]);
  }, original);
  const { pack, diagnostics } = loadPack(files);
  const errors = diagnostics.filter(({ severity }) => severity === 'error').map(({ code, data }) => `${code} ${JSON.stringify(data)}`);
  if (!pack || errors.length > 0) throw new Error(`the changed pack is not sound: ${errors.join('; ')}`);
  return lintPlan(pack);
}

/** Findings of one code that the change brings and the town did not have. */
const before = new Set(findings().map((finding) => JSON.stringify([finding.code, finding.data])));
function brought(code: string, ...edits: readonly Edit[]): readonly Finding[] {
  return findings(...edits).filter((finding) => finding.code === code && !before.has(JSON.stringify([finding.code, finding.data])));
}

const inText = (from: string, to: string): Edit => [TEXT, from, to];
/** A sentence added to the tasks of the harbour. */
const says = (sentence: string): Edit => inText('支持渔民参保。', `支持渔民参保。${sentence}`);
/** A sentence added to the box item about the closed season. */
const itemSays = (sentence: string): Edit => inText('的渔民发放补助。', `的渔民发放补助。${sentence}`);
const row = (table: 'first' | 'second', id: string, from: string, to: string): Edit => [`indicators/${table}/${id}.yaml`, from, to];
/** Lighthouses in working order: the starting value of the new plan, printed and read. */
const lighthouses = (base: string): readonly Edit[] => [inText('灯塔完好率(%)\n\n97\n\n98', `灯塔完好率(%)\n\n${base}\n\n98`), row('second', 'second-02-lighthouses', 'base: "97"', `base: "${base}"`), row('second', 'second-02-lighthouses', 'base: { value: 97 }', `base: { value: ${base} }`)];
const fact = (fields: string): Edit => ['background.yaml', '- id: fact-care-missed', `- ${fields}\n- id: fact-care-missed`];

describe('tables', () => {
  test('the new plan starts from another number than the old one reached', () => {
    expect(brought('tables-differ', ...lighthouses('94'))[0]).toMatchObject({ severity: 'error', subjects: ['first-02-lighthouses', 'second-02-lighthouses'], data: { one: '97', other: '94', year: 2030 } });
  });
  test('the finer number rounds to the coarser: no contradiction, only another rounding', () => {
    expect(brought('tables-differ', ...lighthouses('96.8'))).toEqual([]);
    expect(brought('rounded-differently', ...lighthouses('96.8'))).toHaveLength(1);
  });
  test('the target lies below the year it starts from', () => {
    expect(brought('target-below-base', ...lighthouses('98.5')).map(({ places }) => places.map(({ raw }) => raw))).toEqual([['98.5', '98']]);
  });
  test('a target equal to its base is a duty to keep', () => {
    expect(brought('no-increment', ...lighthouses('98'))).toHaveLength(1);
  });
  test('the completion cell holds the target with its sign', () => {
    const edits = [inText('≥95\n\n97', '≥95\n\n≥95'), row('first', 'first-02-lighthouses', 'actual: "97" }', 'actual: ≥95 }'), row('first', 'first-02-lighthouses', 'actual: { value: 97 }', "actual: { op: '>=', value: 95 }")];
    expect(brought('target-repeated-as-actual', ...edits)).toHaveLength(1);
  });
  test('an old target that was missed is said once, and a value below the start is worse', () => {
    expect(findings().filter(({ code }) => code === 'missed-target').map(({ subjects }) => subjects)).toEqual([['first-01-care-points']]);
    // 40 → 58 becomes 40 → 38: below where it began.
    const edits = [inText('60\n\n58\n\n约束性', '60\n\n38\n\n约束性'), row('first', 'first-01-care-points', 'actual: "58" }', 'actual: "38" }'), row('first', 'first-01-care-points', 'actual: { value: 58 }', 'actual: { value: 38 }')];
    expect(brought('fell-below-start', ...edits)).toHaveLength(1);
  });
});

describe('statements', () => {
  test('the text prints another value than the table for the same year', () => {
    const edits = [says('2030年看护点覆盖率为61%。'), fact('{ id: fact-care-text, domain: children, kind: quantity, name: { zh: 看护点覆盖率, en: Care }, op: "=", value: 61, unit: "%", scope: 全市, year: 2030, see: [first-01-care-points], quote: 2030年看护点覆盖率为61%, cite: 三(一) }')];
    expect(brought('text-differs-from-table', ...edits)[0]).toMatchObject({ severity: 'error', data: { text: '61', table: '58' } });
  });
  test('the text asks for another target than the table', () => {
    const edits: readonly Edit[] = [inText('达到80%以上', '达到75%以上'), ['targets.yaml', '  value: 80\n', '  value: 75\n'], ['targets.yaml', 'quote: 看护点覆盖率达到80%以上', 'quote: 看护点覆盖率达到75%以上']];
    expect(brought('target-differs', ...edits)[0]).toMatchObject({ severity: 'error', data: { table: '80', text: '75' } });
    expect(brought('target-below-reached', ...edits)).toEqual([]);
  });
  test('a promise below what the table reports as reached', () => {
    const edits: readonly Edit[] = [inText('达到80%以上', '达到50%以上'), ['targets.yaml', '  value: 80\n', '  value: 50\n'], ['targets.yaml', 'quote: 看护点覆盖率达到80%以上', 'quote: 看护点覆盖率达到50%以上']];
    expect(brought('target-below-reached', ...edits)[0]).toMatchObject({ data: { reached: '58', target: '50' } });
  });
});

describe('phrases', () => {
  test('one thing with two numbers in the text, though no record of the pack carries it', () => {
    expect(brought('statements-differ', says('到2035年,人均码头长度达2.8公里。'), itemSays('人均码头长度达到3.5公里。'))[0]).toMatchObject({ severity: 'error', data: { name: '人均码头长度' } });
    expect(brought('statements-differ', says('2031年人均码头长度达2.8公里。2035年人均码头长度达3.5公里。'))).toEqual([]);
  });
  test('a number in the text against the row of the same name', () => {
    expect(brought('statements-differ', says('灯塔完好率达到93%。'))[0]).toMatchObject({ subjects: ['second-02-lighthouses'], data: { other: '98' } });
    expect(brought('statements-differ', says('灯塔完好率达到98%。'))).toEqual([]);
  });
});

describe('directions', () => {
  test('at most, where more is better', () => {
    const edits: readonly Edit[] = [inText('达到80%以上', '不高于80%'), ['targets.yaml', 'quote: 看护点覆盖率达到80%以上', 'quote: 看护点覆盖率不高于80%']];
    expect(brought('direction-differs', ...edits)[0]?.subjects).toEqual(['tt-care-points', 'second-01-care-points']);
    const floor: readonly Edit[] = [inText('达到80%以上', '不低于80%'), ['targets.yaml', 'quote: 看护点覆盖率达到80%以上', 'quote: 看护点覆盖率不低于80%']];
    expect(brought('direction-differs', ...floor)).toEqual([]);
  });
});

describe('claims', () => {
  const claim: Edit = fact('{ id: fact-claim, domain: children, kind: qualitative, name: { zh: 称完成目标, en: Claim }, scope: 全市, year: 2030, see: [first-01-care-points], quote: 看护点建设超额完成目标, cite: 三(一) }');
  test('the text claims what the table shows to be missed', () => {
    expect(brought('claim-contradicted', says('看护点建设超额完成目标。'), claim)[0]).toMatchObject({ severity: 'error', subjects: ['fact-claim', 'first-01-care-points'] });
  });
});

describe('population', () => {
  test('more persons than live in the town', () => {
    // 64,000 residents; 7 ten-thousands are 70,000.
    const file = 'indicators/second/second-02-lighthouses.yaml';
    const edits: readonly Edit[] = [['units.yaml', '人: { zh', '万人: { zh: 万人, en: ten thousand persons, dimension: persons, times: 10000 }\n人: { zh'], [file, "unit: '%'", 'unit: 万人'], [file, 'kind: rate', 'kind: stock'], ...lighthouses('7')];
    expect(brought('implausible-magnitude', ...edits)[0]).toMatchObject({ severity: 'error', data: { residents: 6.4 } });
  });
  test('total and per head give a shrinking population', () => {
    // 12.8 / 2 = 6.4 ten-thousands, 12 / 2 = 6.0: fewer, and within a tenth of the 6.4 that were counted.
    expect(brought('implied-population-falls', says('2029年总藏书量12.8万册、人均藏书量2册,2030年总藏书量12万册、人均藏书量2册。'))).toHaveLength(1);
    expect(brought('implied-population', says('2029年总藏书量12.8万册、人均藏书量2册,2030年总藏书量12万册、人均藏书量2册。'))).toEqual([]);
    expect(brought('implied-population', says('2030年总藏书量6万册、人均藏书量2册。'))).toHaveLength(1);
  });
  test('a sentence about more persons than live here, and about more than a hundred per cent', () => {
    // 64,000 residents are 6.4 ten-thousands.
    expect(brought('implausible-in-text', says('惠及渔民7万人。'))).toHaveLength(1);
    expect(brought('implausible-in-text', says('惠及渔民6万人,全省渔民70万人。'))).toEqual([]);
    expect(brought('share-over-hundred', says('渔民参保率达到180%。'))).toHaveLength(1);
    expect(brought('share-over-hundred', says('渔民参保率达到80%。'))).toEqual([]);
  });
  test('one and a half persons per home', () => {
    expect(brought('household-size', says('租房补贴2万户,受益人数达3万人。'))[0]?.data['size']).toBe('1.50');
    expect(brought('household-size', says('租房补贴2万户,受益人数达6万人。'))).toEqual([]);
  });
});

describe('units and scopes', () => {
  test('persons and person-times in one sentence', () => {
    expect(brought('mixed-persons', says('培训船员500人次、舵手200名。'))).toHaveLength(1);
    expect(brought('mixed-persons', says('培训船员500人次。'))).toEqual([]);
  });
  test('two spellings of one tier', () => {
    expect(brought('area-spellings', says('各县(市、区)建站。'), itemSays('各县(市)建站。'))[0]?.data['spellings']).toBe('县(市、区) 县(市)');
  });
  test('a rate that changes, and nobody says per year or in all', () => {
    const file = 'indicators/second/second-02-lighthouses.yaml';
    expect(brought('undefined-rate', inText('2\n\n灯塔完好率(%)\n\n97\n\n98', '2\n\n灯塔损坏率降低(%)\n\n97\n\n98'), [file, 'zh: 灯塔完好率', 'zh: 灯塔损坏率降低'], [file, 'name: 灯塔完好率(%)', 'name: 灯塔损坏率降低(%)'])).toHaveLength(1);
  });
  test('a coverage whose denominator stands in the note of the table is defined', () => {
    expect(findings().filter(({ code }) => code === 'undefined-denominator')).toEqual([]);
    expect(brought('undefined-denominator', inText('注:覆盖率按岛计算。', '注:数据由各岛报送。'))).toHaveLength(2);
  });
  test('an age and above, with and without the birthday', () => {
    expect(brought('age-bounds', says('65岁以上老人免费。'), itemSays('65岁及以上老人免费。'))).toHaveLength(1);
  });
  test('everyone who lives here is promised what is measured for the registered', () => {
    const target: Edit = ['targets.yaml', '- id: tt-everybody', "- { id: tt-registered, domain: harbour, name: { zh: 户籍人口参保率, en: Registered insured }, kind: numeric, op: '>=', value: 90, unit: '%', scope: 户籍人口, by: 2035, quote: 户籍人口参保率达到90%, cite: 三(一) }\n- id: tt-everybody"];
    expect(brought('resident-registered', says('到2035年,户籍人口参保率达到90%。'), target)[0]?.subjects).toEqual(['tt-everybody', 'tt-registered']);
  });
});

describe('series', () => {
  const renamed = (name: string): readonly Edit[] => [inText('2\n\n灯塔完好率(%)\n\n97\n\n98', `2\n\n${name}(%)\n\n97\n\n98`), row('second', 'second-02-lighthouses', 'zh: 灯塔完好率', `zh: ${name}`), row('second', 'second-02-lighthouses', 'name: 灯塔完好率(%)', `name: ${name}(%)`)];
  test('one indicator under two names', () => {
    expect(brought('indicator-renamed', ...renamed('灯塔能用率'))[0]?.data).toEqual({ earlier: '灯塔完好率', later: '灯塔能用率' });
  });
  test('an indicator that the next plan does not continue', () => {
    expect(brought('indicator-dropped', row('first', 'first-02-lighthouses', 'continued-by: second-02-lighthouses\n', ''), row('second', 'second-02-lighthouses', 'continues: first-02-lighthouses\n', ''))[0]?.subjects).toEqual(['first-02-lighthouses']);
  });
  test('half as much a year on is another count, not a contradiction', () => {
    expect(brought('indicator-redefined', ...lighthouses('48'))).toHaveLength(1);
    expect(brought('tables-differ', ...lighthouses('48'))).toEqual([]);
  });
});

describe('layout', () => {
  test('a value that was never filled in', () => expect(brought('placeholder', says('合格率超过*%。'))[0]?.places[0]?.raw).toBe('合格率超过*%'));
  test('a dash that lost its numerals', () => expect(brought('lost-characters', says('水质-类比例上升。'))).toHaveLength(1));
  test('an item that ends without a full stop', () => expect(brought('cut-sentence', inText('为上学的孩子提供免费渡船。', '为上学的孩子提供渡船。船票全部免费'))).toHaveLength(1));
  test('means without a deed', () => expect(brought('unfinished-clause', says('码头通过签订协议等方式,全市建成三座灯塔。'))).toHaveLength(1));
  test('a quotation mark without partner; brackets inside brackets are sound', () => {
    expect(brought('unbalanced-marks', says('实现“有船坐。'))).toHaveLength(1);
    expect(brought('unbalanced-marks', says('渔民(含船员(见习))都参加。'))).toEqual([]);
  });
  test('blanks inside words', () => expect(brought('stray-space', says('修船、 补网。'))).toHaveLength(1));
  test('a Latin letter in a Chinese year', () => expect(brought('latin-in-number', says('面向二O三五年。'))).toHaveLength(1));
  test('a name that opens a bracket and never closes it', () => {
    expect(brought('unclosed-bracket', inText('灯塔完好率(%)\n\n97', '灯塔完好率(%\n\n97'), row('second', 'second-02-lighthouses', 'name: 灯塔完好率(%)', "name: '灯塔完好率(%'"))).toHaveLength(1);
  });
});

describe('numbering', () => {
  test('a box whose numbers skip one has lost a service or miscounts', () => {
    const found = brought('missing-item-number', inText('\n2.灯塔参观', '\n3.灯塔参观'), ['services/harbour/lighthouse-visit.yaml', '专栏 三(一) 第2项', '专栏 三(一) 第3项']);
    expect(found.map(({ data }) => data)).toEqual([{ after: 1, before: 3, box: '渔民服务项目' }]);
    expect(found[0] && describeFinding(found[0], 'zh').explanation).toContain('1');
  });
  test('a footnote that is not there', () => expect(brought('footnote-missing', says('修好码头[2]。'))).toHaveLength(1));
  test('a chapter that skips a number', () => {
    const found = brought('section-number', inText('三、靠海的日子', '四、靠海的日子'), ...['plan.yaml', 'systems.yaml', 'mechanisms.yaml', 'projects/harbour.yaml'].map((file): Edit => [file, file === 'plan.yaml' ? 'cite: 三 }' : 'cite: 三(一)', file === 'plan.yaml' ? 'cite: 四 }' : 'cite: 四(一)']), ...['services/harbour/closed-season-grant.yaml', 'services/harbour/lighthouse-visit.yaml'].map((file): Edit => [file, '专栏 三(一)', '专栏 四(一)']));
    expect(found.map(({ data }) => data)).toEqual([{ no: 4, expected: 3 }]);
  });
  test('one box without number among numbered ones', () => expect(brought('box-without-number', inText('专栏2 渔民', '专栏渔民'))).toHaveLength(1));
});

describe('services', () => {
  test('the plan demands a payer of every service and prints none', () => {
    const found = brought('mandatory-part-missing', says('明确服务对象、服务标准、支出责任。'));
    // No payer at all; no standard for three of four; no audience for one.
    expect(found.map(({ severity, data }) => [severity, data['part'], data['count']])).toEqual([['warning', '服务对象', 1], ['warning', '服务标准', 3], ['error', '支出责任', 4]]);
  });
  test('qualifying persons without conditions', () => expect(brought('condition-undefined', itemSays('对符合条件的船员给予补助。'))[0]?.places[0]?.raw).toBe('符合条件的船员'));
  test('regularly, and a cycle beside it', () => {
    expect(brought('frequency-missing', says('定期检查灯塔。'))).toHaveLength(1);
    expect(brought('frequency-missing', says('每年定期检查灯塔。'))).toEqual([]);
  });
  test('the audience gives what it should get', () => expect(brought('missing-preposition', inText('为上学的孩子提供免费渡船', '上学的孩子提供免费渡船'))[0]?.subjects).toEqual(['ferry-to-school']));
  test('a service that only says its name', () => expect(brought('circular-service', inText('提供免费渡船。', '提供渡船上学服务。'))[0]?.subjects).toEqual(['ferry-to-school']));
  test('an offence among what is provided', () => expect(brought('illegal-as-service', itemSays('提供看病、非法行医、打击非法捕捞等服务。'))[0]?.places[0]?.raw).toBe('非法行医'));
  test('the condition has lost the second half of the title', () => expect(brought('condition-cut', itemSays('符合休渔条件的船员优先。'))[0]?.data).toEqual({ raw: '符合休渔条件', name: '休渔补助' }));
  test('as much as seems right', () => expect(brought('vague-amount', itemSays('对船员给予适当补贴。'))).toHaveLength(1));
});

describe('promises', () => {
  test('a target whose year is nowhere', () => expect(brought('target-without-year', ['targets.yaml', 'by: 2035', 'by: unfilled'])[0]?.subjects).toEqual(['tt-care-points']));
  test('about, in principle, between', () => {
    expect(brought('approximate-target', says('建成5个左右码头。'))).toHaveLength(1);
    expect(brought('hedged-target', says('原则上每岛一座灯塔。'))).toHaveLength(1);
    expect(brought('range-target', says('引进1-2家船厂。'))).toHaveLength(1);
  });
  test('no delay at all, ever', () => expect(brought('absolute-promise', says('实现零延时预警。'))).toHaveLength(1));
  test('cleared, and nobody says in how many days', () => expect(brought('dynamic-zero', says('险情动态清零。'))).toHaveLength(1));
});

describe('words', () => {
  test('a function word twice', () => expect(brought('doubled-word', says('努力在在岛上建站。'))).toHaveLength(1));
  test('a character doubled inside a word that the plan writes elsewhere; where two words meet it may stand', () => {
    expect(brought('doubled-word', says('完善海岛服务体系。健全海岛服务体系。建设海岛服务务体系。'))).toHaveLength(1);
    expect(brought('doubled-word', says('关心学生生活。健全全民体系。推进推进建站。')).map(({ data }) => data['raw'])).toEqual(['推进推进']);
  });
  test('legitimate doubling stays silent', () => expect(brought('doubled-word', says('人人有船坐,天天有人管,对对接的码头一一登记。'))).toEqual([]));
  test('a span of time that belongs to persons', () => expect(brought('wrong-word', says('按居民年限发证。'))).toHaveLength(1));
  test('应保尽保 with a wrong character', () => {
    expect(brought('wrong-word', says('做到应保尽保、应退进退。'))).toHaveLength(1);
    expect(brought('wrong-word', says('做到应保尽保、应退尽退,适应失能失智老人。'))).toEqual([]);
  });
  test('a term with a character left out', () => expect(brought('dropped-character', says('扶持海岛保健机构。建设海岛保健机构。改造海岛保机构。'))[0]?.data).toEqual({ raw: '海岛保机构', term: '海岛保健机构' }));
  test('a character of the same sound', () => expect(brought('sound-alike', says('管好重点病种患者,登记重点病重患者。'))[0]?.data).toEqual({ raw: '重点病重患者', term: '重点病种患者' }));
  test('two terms for one thing in one sentence', () => expect(brought('term-variant', says('完善被征地渔民政策,保障被征收渔民权益。'))[0]?.data).toEqual({ one: '被征地渔民', other: '被征收渔民' }));
  test('a sentence that stands twice', () => {
    const sentence = '形成覆盖全部海岛、管理规范、服务到位的渡船新格局';
    expect(brought('copied-sentence', says(`${sentence}。`), itemSays(`${sentence}。`))).toHaveLength(1);
  });
});

describe('time', () => {
  test('a forecast for a year that was over when the plan was issued', () => {
    expect(brought('stale-forecast', says('2030年预计建成三座灯塔。'))).toHaveLength(1);
    expect(brought('stale-forecast', says('2032年预计建成三座灯塔。'))).toEqual([]);
  });
  test('a deadline that was over when the plan began', () => {
    expect(brought('impossible-year', says('到2030年,建站十座。'))).toHaveLength(1);
    expect(brought('impossible-year', says('到2034年,建站十座。'))).toEqual([]);
  });
  test('two forms of deadline in one paragraph', () => expect(brought('mixed-deadlines', says('到2035年,建站。到2035年底,通航。'))).toHaveLength(1));
  test('issued in the second year', () => expect(brought('late-plan', ['plan.yaml', 'issued-on: "2031-02-01"', 'issued-on: "2032-02-01"'])[0]?.data).toMatchObject({ years: 1 }));
});

describe('built things', () => {
  test('to be built here, existing there', () => expect(brought('planned-and-existing', says('规划建设海洋馆等项目。'), itemSays('巩固提升现有海洋馆。'))).toHaveLength(1));
  test('several kinds under one total', () => expect(brought('mixed-count', says('建成渔港休闲码头、岛上公共渡口等20个。'))).toHaveLength(1));
  test('merged in the text and a service of its own', () => expect(brought('merged-yet-separate', says('推进休渔补助和柴油补助合并实施。'))[0]?.subjects).toContain('closed-season-grant'));
});

describe('topics', () => {
  test('one chapter speaks of another’s subject', () => {
    const harbour = '港口建码头。港口通渡船。港口修灯塔。港口补网。';
    expect(brought('misplaced-content', says(harbour), inText('每个孩子都有人看护。', '每个孩子都有人看护。扩建港口泊位。'))[0]?.places[0]?.raw).toBe('扩建港口泊位');
  });
});

describe('counts', () => {
  test('a list with more members than its count', () => {
    expect(brought('count-differs', says('建成检验、影像、诊断和供应等三大共享中心。'))).toHaveLength(1);
    expect(brought('count-differs', says('建成检验、影像、诊断和供应等四大共享中心。'))).toEqual([]);
  });
  test('levels named and levels counted', () => {
    expect(brought('count-differs', says('建立市、县、岛四级管理网络。'))).toHaveLength(1);
    expect(brought('count-differs', says('建立市、县、岛三级管理网络。'))).toEqual([]);
  });
  test('kinds of building, each counted by its last character', () => {
    expect(brought('count-differs', says('巩固三馆一院(文化馆、图书馆、博物馆和大剧院)。'))).toEqual([]);
    expect(brought('count-differs', says('巩固四馆一院(文化馆、图书馆、博物馆和大剧院)。'))[0]?.data).toMatchObject({ members: 4, count: 5 });
  });
  test('a formula with its list in front, in brackets, or in a note', () => {
    expect(brought('count-differs', says('做到规划、建设、验收、交付“四同步”,深化“两名工程”(建名岛、造名船)。'))).toEqual([]);
    expect(brought('count-differs', says('做到规划、建设、验收、交付“三同步”。'))).toHaveLength(1);
    expect(brought('count-differs', says('深化“三名工程”(建名岛、造名船)。'))).toHaveLength(1);
    // The town's only note says 一岛一点: one member.
    expect(brought('count-differs', says('完成“两个一批”[1],落实三个一批[1]。'))).toHaveLength(1);
  });
  test('parts that exceed their whole', () => {
    expect(brought('parts-exceed-whole', says('近岸、远岸、外海分别占40%、35%和30%。'))[0]?.data).toMatchObject({ sum: '105', whole: '100%' });
    expect(brought('parts-exceed-whole', says('近岸、远岸、外海分别占40%、35%和25%。'))).toEqual([]);
    expect(brought('parts-exceed-whole', says('共建码头20个,其中近岸15个、远岸8个。'))[0]?.data).toMatchObject({ sum: '23', whole: '20个' });
    expect(brought('parts-exceed-whole', says('共建码头20个,其中近岸12个、远岸8个。'))).toEqual([]);
  });
  test('circles of two reaches for one thing', () => expect(brought('circles-differ', says('打造10分钟阅读圈。'), itemSays('形成15分钟阅读圈。'))[0]?.data['reaches']).toBe('10分钟, 15分钟'));
  test('shorthand that is spelt out beside it is defined', () => {
    expect(brought('shorthand-undefined', says('落实“三定两包”。'))).toHaveLength(1);
    expect(brought('shorthand-undefined', says('落实定人、定岗、定责、包学、包会“三定两包”。'))).toEqual([]);
  });
});

test('every finding has its words, with no slot left unfilled', () => {
  for (const finding of findings()) for (const locale of ['zh', 'en'] as const) expect(JSON.stringify(describeFinding(finding, locale)), finding.code).not.toMatch(/\{\w+\}|\[finding/);
});
