/** The functions of FEEL-S by the name that rules write. What they mean is in `check/functions.ts`. */
export const FUNCTIONS = [
  'not', 'has', 'count', 'sum', 'min', 'max', 'abs', 'floor', 'ceiling', 'decimal',
  'round half up', 'round half down', 'round half even', 'round up', 'round down',
  'age on', 'full years between', 'full months between', 'days between',
  'add months', 'add days', 'month start', 'month end', 'month after',
  'covered months', 'longest gap', 'within',
  'contains', 'starts with', 'ends with', 'string length',
] as const;
export type FunctionName = (typeof FUNCTIONS)[number];

/** Functions that forms and questions may use besides; in rules of services they are refused. What they mean is in `builtin/`. */
export const FORM_FUNCTIONS = [
  'string', 'upper case', 'lower case', 'trim', 'substring', 'substring before', 'substring after', 'string join', 'matches', 'replace', 'split',
  'number', 'modulo', 'odd', 'even', 'product', 'median', 'any', 'all',
  'date', 'time', 'date and time', 'duration', 'years and months duration', 'day of year', 'day of week', 'month of year', 'week of year',
  'list contains', 'append', 'concatenate', 'union', 'distinct values', 'reverse', 'sublist', 'index of', 'insert before', 'remove', 'list replace', 'flatten',
  'before', 'after', 'meets', 'met by', 'overlaps', 'overlaps before', 'overlaps after', 'finishes', 'finished by', 'includes', 'during', 'starts', 'started by', 'coincides',
  'context', 'get value', 'get entries', 'context put', 'context merge', 'is', 'is defined',
] as const;
export type FormFunctionName = (typeof FORM_FUNCTIONS)[number];
/** Those of them that tell how points and ranges lie to each other. */
export type IntervalName = 'before' | 'after' | 'meets' | 'met by' | 'overlaps' | 'overlaps before' | 'overlaps after' | 'finishes' | 'finished by' | 'includes' | 'during' | 'starts' | 'started by' | 'coincides';

/** Parts of values whose name has a space. */
export const SPACED_PARTS = ['time offset', 'start included', 'end included'] as const;

/** The days a rule can name: that of the law in force and that of the facts. */
export const DAYS = ['law date', 'facts date'] as const;

/** 应领: the verdict of this run on another service. 领取: whether somebody is recorded as receiving it. */
export const ENTITLED = '应领';
export const RECEIVES = '领取';

/** Words of the grammar; no fact, definition, parameter or link may be called so. */
export const KEYWORDS = ['and', 'or', 'not', 'in', 'between', 'if', 'then', 'else', 'for', 'return', 'some', 'every', 'satisfies', 'true', 'false', 'null', 'item', 'date', 'time', 'duration', 'function', 'external', 'instance', 'of'] as const;

/** What people write in Chinese, and the word of the grammar that says it. */
export const CHINESE_WORDS: ReadonlyMap<string, string> = new Map(Object.entries({
  并且: 'and', 而且: 'and', 且: 'and', 以及: 'and', 同时: 'and',
  或者: 'or', 或: 'or', 或是: 'or',
  非: 'not(…)', 不: 'not(…)', 不是: 'not(…)', 没有: 'not(…)', 无: 'not(…)',
  大于等于: '>=', 不小于: '>=', 不低于: '>=', 不少于: '>=', 小于等于: '<=', 不大于: '<=', 不高于: '<=', 不超过: '<=', 不多于: '<=',
  大于: '>', 高于: '>', 超过: '>', 多于: '>', 小于: '<', 低于: '<', 少于: '<', 不满: '<', 不等于: '!=', 等于: '=', 是: '=', 为: '=',
  属于: 'in', 在: 'in', 介于: 'between', 如果: 'if', 若: 'if', 那么: 'then', 则: 'then', 否则: 'else',
  加: '+', 减: '-', 乘: '*', 乘以: '*', 除以: '/', 真: 'true', 假: 'false', 空: 'has(…)',
  任一: 'some', 存在: 'some', 每个: 'every', 所有: 'every', 满足: 'satisfies',
}));

/** Characters that look like those of the grammar and are not. */
export const LOOKALIKES: ReadonlyMap<string, string> = new Map(Object.entries({
  '≥': '>=', '≤': '<=', '≠': '!=', '⩾': '>=', '⩽': '<=', '≧': '>=', '≦': '<=', '＝': '=', '＜': '<', '＞': '>', '×': '*', '÷': '/', '＋': '+', '－': '-', '−': '-', '–': '-', '＊': '*', '／': '/',
  '，': ',', '、': ',', '；': ',', ';': ',', '：': ':', '。': '.', '．': '.', '（': '(', '）': ')', '【': '[', '】': ']', '［': '[', '］': ']', '“': '"', '”': '"', '‘': '"', '’': '"', '＂': '"', '「': '"', '」': '"', '％': '/ 100', '%': '/ 100', '！': 'not(…)', '&': 'and', '|': 'or', '　': ' ', '＠': '@',
}));
