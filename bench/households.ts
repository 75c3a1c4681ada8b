import { Numeral } from '#engine/pack/index.ts';
import { seeded } from '#engine/rules/testing/seed.ts';

/** What is true of one made-up person and their household, by the names of the vocabulary of Jinhua; what is not here is what its absence means. */
export interface Household {
  readonly facts: Readonly<Record<string, unknown>>;
  readonly receives: readonly string[];
  readonly othersDisabled: boolean;
}

type Dice = ReturnType<typeof seeded>;
type Facts = Record<string, unknown>;

const number = (value: number): Numeral => new Numeral(String(value));
const day = (dice: Dice, from: number, to: number): string => `${from + dice.below(to - from + 1)}-${String(1 + dice.below(12)).padStart(2, '0')}-${String(1 + dice.below(28)).padStart(2, '0')}`;

/**
 * Made-up households, the same for the same seed: ages, registration, insurance, disability and hardship in the rough
 * proportions of a city, with rare lives more often than they are, so that every topic is met. No real person.
 */
export function households(count: number, seed: number): readonly Household[] {
  const dice = seeded(seed);
  return Array.from({ length: count }, () => household(dice));
}

function household(dice: Dice): Household {
  const life = dice.pick(['child', 'pupil', 'worker', 'worker', 'worker', 'mother', 'jobless', 'old', 'old', 'old', 'disabled', 'disabled', 'poor', 'veteran', 'newcomer'] as const);
  const facts: Facts = { ...home(dice), 性别: dice.pick(['男性', '女性']) };
  const receives: string[] = [];
  switch (life) {
    case 'child': Object.assign(facts, { 出生日期: day(dice, 2022, 2025), 基本医保参保类别: '城乡居民', 参保地在本市: true }); break;
    case 'pupil': Object.assign(facts, pupil(dice)); break;
    case 'worker': Object.assign(facts, { 出生日期: day(dice, 1972, 2002) }, employed(dice)); break;
    case 'mother': Object.assign(facts, { 性别: '女性', 出生日期: day(dice, 1988, 2001), 生育日期: day(dice, 2026, 2026), 生育情形: '分娩', 胎儿数: number(1), 子女次序: number(1 + dice.below(3)), 难产: dice.percent(30), 单位上年度月平均工资: number(6000 + dice.below(4000)), 参加生育保险: true, 生育保险连续缴费月数: number(dice.below(30)) }, employed(dice)); break;
    case 'jobless': Object.assign(facts, { 出生日期: day(dice, 1970, 2000), 有就业意愿: true, 失业原因: dice.pick(['劳动合同终止', '经济性裁员', '本人辞职']), 失业登记日期: '2026-10-01', 失业保险累计缴费月数: number(dice.below(120)), 本次已领失业金月数: number(dice.below(3)), 参保地在本市: true, 基本医保参保类别: '城乡居民', 居民医保缴费年度: number(2026), 居民医保缴费日期: '2025-11-01' }); break;
    case 'old': Object.assign(facts, old(dice, receives)); break;
    case 'disabled': Object.assign(facts, disabled(dice)); break;
    case 'poor': Object.assign(facts, poor(dice)); break;
    case 'veteran': Object.assign(facts, { 出生日期: day(dice, 1960, 2000), 退役军人: true, 服役年限: number(2 + dice.below(16)) }, employed(dice)); break;
    case 'newcomer': Object.assign(facts, { 户籍范围: '省外户籍', 家庭户籍范围: '省外户籍', 持有效居住证: dice.percent(70), 出生日期: day(dice, 1980, 2003) }, employed(dice)); break;
    default: life satisfies never;
  }
  return { facts, receives, othersDisabled: dice.percent(8) };
}

function home(dice: Dice): Facts {
  const size = 1 + dice.below(5);
  const income = size * (1500 + dice.below(5000));
  return {
    户籍范围: '本县户籍', 家庭户籍范围: '本县户籍', 持有效居住证: false, 死亡日期: 'none', 共同生活人口数: number(size), 家庭月收入: number(income), 本人月收入: number(dice.below(9000)), 家庭财产符合规定: dice.percent(40),
    农村家庭: dice.percent(30), 农村集体经济组织成员: dice.percent(30), 现有子女数: number(dice.below(3)), 现有女儿数: number(0), 有就业意愿: dice.percent(15), 有创业需求: dice.percent(5), 人均住房建筑面积: number(15 + dice.below(40)),
    急危重伤病: false, 法律援助事项范围内: dice.percent(4), 参保地在本市: false, 就读地在本市: false, 法定义务人情况: '义务人有履行能力', 无劳动能力: false, 无生活来源: false, 零就业家庭: false, 父亲状况: '正常履行监护', 母亲状况: '正常履行监护', 有康复需求: false, 有辅助器具适配需求: false, 需要长期照护: false, 有劳动能力: true,
    ...(dice.percent(4) ? { 遭遇急难情形: '意外事件', 基本生活暂时严重困难: dice.percent(60) } : {}), 消防救援人员: false, 残疾证有效: false, 患重大疾病: dice.percent(3),
  };
}

function employed(dice: Dice): Facts {
  return { 参保地在本市: true, 基本医保参保类别: '职工', 职工医保登记日期: '2018-03-01', 医保待遇状态: '正常享受', 职工养老累计缴费月数: number(12 + dice.below(300)), 失业保险累计缴费月数: number(12 + dice.below(200)), ...(dice.percent(10) ? { 技能证书等级: dice.pick(['初级工', '中级工', '高级工']), 技能证书核发日期: '2026-05-10', 该证书已领补贴: dice.percent(30) } : {}), ...(dice.percent(5) ? { 工伤认定: true } : {}) };
}

function pupil(dice: Dice): Facts {
  const stage = dice.pick(['学前', '小学', '初中', '普通高中', '中等职业', '高等']);
  const born = { 学前: 2021, 小学: 2016, 初中: 2012, 普通高中: 2009, 中等职业: 2009, 高等: 2004 }[stage] ?? 2016;
  return { 出生日期: day(dice, born - 1, born), 就读学段: stage, 就读地在本市: dice.percent(90), 学生资助对象: dice.percent(25), 年级: number(1 + dice.below(3)), 学校性质: dice.pick(['公办', '公办', '民办']), 农村学校: dice.percent(30), 寄宿生: dice.percent(30), 全日制正式学籍: true, 涉农专业: dice.percent(10), 毕业年度学生: dice.percent(25), 国家助学贷款: dice.percent(10), 学年学费: number(3000), 月保育费: number(600), 参保地在本市: true, 基本医保参保类别: '在校学生', 居民医保缴费年度: number(2026), 居民医保缴费日期: '2025-10-01' };
}

function old(dice: Dice, receives: string[]): Facts {
  const retired = dice.percent(45);
  receives.push(retired ? 'eldercare-employee-pension' : 'eldercare-resident-pension');
  return { 出生日期: day(dice, 1930, 1965), 参保地在本市: true, 现有子女数: number(1 + dice.below(3)), 领取养老待遇类别: retired ? '职工养老金' : '城乡居民养老金', ...(retired ? { 基本医保参保类别: '职工', 职工医保登记日期: '2005-01-01', 医保待遇状态: '正常享受', 职工养老累计缴费月数: number(180 + dice.below(200)), 退休类别: '男职工' } : { 基本医保参保类别: '城乡居民', 居民医保缴费年度: number(2026), 居民医保缴费日期: '2025-11-01', 城乡居保缴费年限: number(dice.below(25)) }), ...(dice.percent(15) ? { 救助对象类别: '最低生活保障对象' } : {}) };
}

function disabled(dice: Dice): Facts {
  return { 出生日期: day(dice, 1955, 2004), 残疾证有效: true, 残疾等级: dice.pick(['一级', '二级', '三级', '四级']), 残疾类别: dice.pick(['视力残疾', '肢体残疾', '智力残疾', '精神残疾']), 需要长期照护: dice.percent(50), 有康复需求: dice.percent(40), 有辅助器具适配需求: dice.percent(30), 本人月收入: number(dice.below(2500)), 家庭月收入: number(800 + dice.below(9000)), 有劳动能力: dice.percent(50), 参保地在本市: true, 基本医保参保类别: '城乡居民', 参加城乡居民养老保险: dice.percent(70), 居民医保缴费年度: number(2026), 居民医保缴费日期: '2025-11-01', ...(dice.percent(25) ? { 救助对象类别: '最低生活保障对象' } : {}) };
}

function poor(dice: Dice): Facts {
  return { 出生日期: day(dice, 1950, 1995), 救助对象类别: dice.pick(['最低生活保障对象', '最低生活保障边缘家庭', '特困供养人员']), 家庭月收入: number(dice.below(3000)), 家庭财产符合规定: true, 参保地在本市: true, 基本医保参保类别: '城乡居民', 居民医保缴费年度: number(2026), 居民医保缴费日期: '2025-11-01', 唯一住房危险等级: dice.pick(['A级', 'C级', 'D级']), ...(dice.percent(20) ? { 住房保障对象类别: '城镇低保家庭', 租赁合同已备案: true, 实际月租金: number(900), 自有住房面积: number(0) } : {}) };
}
