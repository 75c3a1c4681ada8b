/**
 * How Chinese planning documents say things: the words the linter's rules look for.
 *
 * General drafting language only; a sentence, place or indicator of one plan has no business here. Another drafting
 * tradition adds its words to these tables, not to the rules.
 */

export const SENTENCE = {
  stop: /[。！？!?]/,
  /** Where a clause ends inside a sentence. */
  clause: /[,，;；:：。！？]/,
  closing: /[。！？：:”）)；;]$/,
  han: /\p{Script=Han}/u,
} as const;

/** How a target says how firm it is. */
export const FIRMNESS = {
  about: /\d+(?:\.\d+)?(?:%|[\p{Script=Han}])?左右|(?:大约|约为?|大概)\d+(?:\.\d+)?/gu,
  hedge: /(?:力争|争取|原则上|努力实现|努力做到|尽可能|尽量|基本达到|基本实现|基本完成|接近或达到)[^,，。;；、]{2,60}/gu,
  dynamicZero: /[\p{Script=Han}]{2,12}动态清零/gu,
  range: /\d+\s*[-—~～]\s*\d+\s*(?:所|个|家|项|名|座|处)/gu,
  claim: /超额完成|(?:达到|完成|实现)[^,，。]*(?:目标|任务|要求)/,
  claimed: /^(.*?)等?(?:质量)?(?:指标|参保率|任务)?(?:均|都|全部)?(?:超额完成|完成)/,
  atMost: /不高于|不超过|不大于|(?<!不)(?:低于|少于)|以下|以内|≤|控制在/,
  atLeast: /不低于|不少于|不小于|(?<!不)(?:大于|高于|超过)|以上|≥/,
  absolute: /零延时[\p{Script=Han}]{0,4}|无盲区[\p{Script=Han}]{0,5}|零距离|无死角|百分之百|全天候/gu,
  vague: /(?:全面|基本)(?:建成|形成|建立)|更加|显著|普遍获得|成为让人|大幅|进一步提升|全面提升/,
  borrowedLevel: /(?:发达|先进|领先|一流)(?:国家|地区|城市)?[^,，。]{0,6}水平/,
} as const;

/** Time words. */
export const TIME = {
  by: '到',
  opensWith: (year: string) => new RegExp(`^到?${year}`),
  deadline: /到?(\d{4})年(底|末)?(?=[,，])/g,
  regularly: /(?:定期|不定期)(?:地)?[\p{Script=Han}]{2}/gu,
  /** A check-up or an audit that its own standard times is no promise of ours. */
  regularName: /定期(?:健康|体检|存款)/,
  cycle: /每(?:年|半年|季度|月|周|天|日)|\d+年一次|年度/,
  yearlyService: /每(?:年|季度|月|周)[^,，。;；\d]*?(?:送|开展|举办|组织|提供|发放)[^,，。;；]*/g,
  forecast: /(\d{4})年?(?:预计|预期|有望|将达)[^,，。]*/g,
  forecastBefore: /预计(?:到)?(\d{4})年[^,，。]*/g,
  years: /\d年$|每年$|年度$/,
  total: /(?:全市)?累计[\p{Script=Han}]{0,4}\d+(?:\.\d+)?[万亿]?\p{Script=Han}{1,2}/gu,
  openingHours: /开放时间[^,，。;；]*\d+(?:\.\d+)?小时/g,
  perPeriod: /每(?:天|日|周|星期|月)|周均|日均/,
  anyYear: /(?<!\d)(20\d\d|19\d\d)年/g,
  reached: /(?:达到?|为|完成|建成|增加|提高)[^,，。;；]*\d/,
  comingYears: /(?:未来|今后)([一二三四五六七八九十\d]+)年/g,
} as const;

/** Service wording: who, what, how much, on what conditions. */
export const SERVICE = {
  /** The list of parts that a plan demands of every service. */
  parts: /明确((?:[\p{Script=Han}]{2,6}、){2,}[\p{Script=Han}]{2,6})/gu,
  payer: /支出责任|经费保障|资金来源|出资责任|费用承担/,
  standard: /服务标准|保障标准/,
  audience: /服务对象|保障对象/,
  openCondition: /(?:符合|具备)(?:规定|相关|有关|一定)?条件的?(?:(?!提供|支付|给予|发放|按|改造|享受|区域)\p{Script=Han}){0,10}/gu,
  vagueAmount: /(?:适当|相应|一定的?|部分或全部|全部或部分)[\p{Script=Han}]{0,2}(?:补贴|补助|减免|奖励|资助)/gu,
  service: '服务',
  system: '制度',
  circular: /提供(?:规范|优质|便捷|高效)?/,
  namedCondition: /符合(\p{Script=Han}{2,8}?)条件/u,
  taskTitle: /^(?:提升|加强|推进|完善|健全|强化|优化|深化)/,
  audienceMarker: /[为对向给]|面向/,
  provides: /提供/,
  of: '的',
  completionDemand: /明确完成时限|明确(?:时间表|时间节点|完成时间)/g,
} as const;

/** Names of indicators. */
export const NAME = {
  openUnit: /[(（][%‰\p{Script=Han}/]*$/u,
  perSomething: /每/,
  /** Two measures of one kind, each a full name: 人均藏书量或总藏书量. */
  either: /(\p{Script=Han})或\p{Script=Han}{2,}\1$/u,
  ofWhich: /^其中[:：]/,
  joined: /和|、|及/,
  verbTail: /(?:达到|达|超过|不低于|大于|高于)(?:[(（]|$)/,
  change: /(降低|下降|减少|增长|提高|提升|增加)(?:率)?$/,
  perYear: /每年|年均|年度|同比/,
  headcount: /(?:人数|人次)$/,
  coverage: /覆盖(?:率|面)/,
  /** Of what a coverage is the share. */
  coveredUnit: /县|乡镇|街道|行政村|建制村|社区|区域|(?:人口|家庭|居民|儿童|人员|补贴|断面|企业|学校|社区|村)(?:综合)?(?:人口)?覆盖率/,
  annualFlow: /增加值|产值|销售额|营业收入/,
  perArea: /^(?:各|每个?)(?:县|市|区|乡镇|街道|村|社区)/,
  countyWithoutDistrict: /县[(（]市[)）](?!区)|每个县(?![(（市区级域])/,
  cohort: [
    { words: /幼儿在园|在园幼儿|学前教育在校/, years: 3 },
    { words: /小学(?:在校)?生|小学在校/, years: 6 },
    { words: /初中(?:在校)?生|初中在校/, years: 3 },
    { words: /新生儿|出生人(?:数|口)/, years: 1 },
  ],
  inflow: /新增|增加人数|净增/,
  personTimes: /人次/,
  personsUnit: /^(?:百|千|万)?(?:人|名)$/,
  residents: /常住/,
  registeredRate: /(?:全市)?户籍(?:人口|居民|人员)?[^,，。;；]{2,30}?\d+(?:\.\d+)?[%万人][^,，。;；]*/gu,
  /** Persons are counted in 人, 名 or 位. */
  person: /(?:律师|医师|医生|护士|护理员|教师|指导员|人才|人员|专家|志愿者)(?:人)?数/,
  personMeasure: /^(?:百|千|万)?(?:人|名|位|人次)$/,
  ageGroup: /老年?人|青少年/,
  age: /\d+\s*(?:周岁|岁)/,
  /** How the editors of a pack note that a target does not say whom it is for. */
  openScope: /^(?:未说明|未限定|不详)/,
  fullCoverage: /全覆盖/,
  countedUnit: /村|社区|街道|乡镇|县|区域|人口|居民|家庭|学校|机构|企业|对象|人员|学生/,
  /** The subject of a table's title, without the name of plan and city. */
  tableSubject: /[\p{Script=Han}]*?(?:基本)?公共服务(?:主要)?指标/u,
  /** What two names of one indicator may differ in. */
  fillers: /[的与对和、“”\s]|[(（][^)）]*[)）]?|城市|全市|总体|达到$|人数|公众/g,
  wageMoney: /元/,
  old: '老',
  per: /每([百千万])(?:名|个)?(?:常住)?(老年人|老人|人口|人)/,
  /** 专栏 titles: …基本公共服务项目. */
  boxSubject: /^([\p{Script=Han}]+?)基本公共服务项目$/u,
  citedGroup: /服务$|基本(?=公共)/g,
} as const;

/** Two tiers below the city and how they are spelt. */
export const AREAS = {
  county: /县[(（]市、区[)）]|县[(（]市区[)）]|区[(（]县、市[)）]|县[(（]市[)）]|县[(（]区、市[)）]|市[(（]县、区[)）]|县市区|区县(?!域)|县区/g,
  township: /乡镇[(（]街道[)）]|街道[(（]镇[)）]|乡[(（]镇[)）]|街道[(（]乡、镇[)）]|镇[(（]街道[)）]|镇街|镇乡[(（]街道[)）]|镇[(（]乡、街道[)）]/g,
  ageAbove: /(\d+)(?:周岁|岁)(?:及)?以上/g,
  tierSuffix: /(?:街道|镇|乡|县|区|市)$/,
} as const;

/** Marks and placeholders. */
export const MARKS = {
  placeholder: /[*＊×]+\s*(?:%|％|个|人|家|万|年)|[Xx]{2,}\s*(?:%|个|人|家|万|年)|_{2,}|[〔【（(]\s*[〕】）)]|待定(?=[%,，。;；)）]|$)|(?:待补充|待填写|待核实)/g,
  /** A dash between two characters where a numeral or a grade stood: 断面-类. */
  lostNumeral: /[\p{Script=Han}][-—–][级类档等期批](?:[\p{Script=Han}]|$)/gu,
  compare: /[≥≤<>＜＞〈〉]|不低于|不少于|不高于|不超过|大于|小于|以上|以下/,
  openBrackets: { '(': ')', '（': '）', '[': ']', '〔': '〕', '【': '】' },
  quotes: { '“': '”', '《': '》', '‘': '’' },
  angleSign: /[〉〈]\s*\d/,
  cumulative: /^[[〔]\d[\d.]*[\]〕]$/,
  cumulativeStyle: /[[〔【]/,
  noteMark: /([〔[【])\s*([〕\]】])/,
  strayInText: /(?<=[\p{Script=Han},，、。“”])[ \u00A0\u3000]+(?=[\p{Script=Han}“”\d])|(?<=\d)[ \u00A0\u3000]+(?=\p{Script=Han})/gu,
  strayAfterNumber: /^\d+[.．、][ \u00A0\u3000]+/,
  halfWidth: /(?<=[\p{Script=Han}”’)%\d])[,;:?!](?=\p{Script=Han}|[“‘\d]|$)|(?<=\p{Script=Han})[(]|[)](?=\p{Script=Han})/gu,
  latinInYear: /[一二三四五六七八九][Oo0oＯ〇○]?[Oo]?[一二三四五六七八九]?[Oo][一二三四五六七八九]*年?/gu,
  latinInRatio: /[A-Za-z]/,
  bareYear: /^\d{4}$/,
  missingCountUnit: /人数(?:达到|达|为|约|超过)?\d+(?:\.\d+)?[万亿]?(?=[,，。;；])/g,
} as const;

/** Facilities and institutions. */
export const BUILT = {
  planned: /(?:规划建设|拟建|筹建|新建|谋划建设)([^,，。;；]*)/,
  existing: /巩固提升|现有|已有|已建成/,
  facility: /([\p{Script=Han}]{2,4}(?:馆|院|厅))(?=等|、|和|及|$)/gu,
  cityPrefix: /^.*[市县区]/,
  school: /(?:大学|学院)$/,
  schoolName: (places: readonly string[]) => new RegExp(`(${places.join('|')})[\\p{Script=Han}]{0,5}?(?:大学|学院)`, 'gu'),
  /** An institution of nothing but kinds: no name of its own. */
  unnamed: /(?:成为|建成|打造成|升格为|更名为)((?:技师|职业|技术|高等|专科|师范|医学)+(?:学院|大学))/g,
  done: /成功引进|投入启用|已建成|正式启用|建成投用/,
  todo: /(?:加快|推进|推动|争取)[^,，。;；]*(?:落地|筹建|选址|开工)/,
  mergedWith: /([\p{Script=Han}]{3,10}?)[和与]([\p{Script=Han}]{3,12})(?:合并实施|合并)/gu,
  mixedCount: /[\p{Script=Han}()（）]{4,24}、[\p{Script=Han}()（）]{4,30}等\d+个/gu,
} as const;

/** Words and grammar that slip when a plan is typed. */
export const SLIPS = {
  /** Characters that never stand twice in a row in good prose. */
  doubled: /([在的了是为将把被从与其])\1/g,
  /** A word of two to six characters twice in a row. */
  doubledRun: /(\p{Script=Han}{2,6})\1/gu,
  doubledChar: /(\p{Script=Han})\1/gu,
  doubledKind: /人员人群|人员人员|所需要要|(?:有关|相关)(?:有关|相关)/g,
  /** A span of time belongs to what one does, not to who does it. */
  personSpan: /(?:居民|职工|群众|学生|人员|家庭)(?:年限|时长|期限)/g,
  /** A share of a total needs the word for "makes up" in front of the total. */
  shareWithoutVerb: /[^,，;；。]*总数的?(?:比例|比重)[^,，;；。]*/g,
  shareVerb: /占/,
  /** A regime is set up, not handed to people. */
  givenRegime: /(?:提供|给予)\p{Script=Han}{2,12}制度(?=[,，。;；])/gu,
  /** A document of a kind, without its name. */
  unnamedDocument: /《(?:规划|意见|办法|方案|通知|条例|纲要)》/g,
  illegal: /提供(?<list>[^。]*)服务/gu,
  illegalMember: /^(?:非法|违法|违规)/,
  against: /查处|打击|监督|巡查|报告|整治|防范|举报|协管/,
  functionWord: /[等的和与并为及在了]/,
  listMark: /、/g,
  quotedPair: /“(\p{Script=Han}{2,6}、\p{Script=Han}{2,6})”/gu,
  providesStandard: /(?:提供|给予|发放)标准(?![的化,，。、；;]|体系|服务)[\p{Script=Han}]{2,6}/gu,
  publicParticipation: /社会公共参与|公共参与(?=服务|治理|监督|管理)/g,
  /** Formulas of which each word is fixed: the economy and society develop; the basic pension is money; homes are lived in. */
  brokenFormula: /常住(?=每)每\p{Script=Han}{2}|自主型?(?=需求|住房|购房|和改善)\p{Script=Han}{0,4}|经济社会(?!发展|效益|影响|结构|活动|秩序|形势|环境|各|等)\p{Script=Han}{2}|基础养老(?!金|保险|服务|设施|保障)\p{Script=Han}{2}/gu,
  /** Needs that stand before a noun without 的. */
  missingOf: /(?:符合|适应|满足)\p{Script=Han}{2,8}?(?:需求|需要)(?![的,，。、;；与和及为而来])\p{Script=Han}{2}|(?<![\p{Script=Han}]没)有(?:需求|需要)(?![的,，。、;；与和及])\p{Script=Han}{4}/gu,
  /** What stands before 的 may restrict both groups or only the first. */
  ambiguous: /[为对向][^,，。;；的]{3,10}的(\p{Script=Han}{2})[^,，。;；和]{2,10}人和\1[^,，。;；]{2,16}人/gu,
  /** Everyday wrong spellings of a fixed term. */
  misspelt: /综合症(?!状)|DRGS|登陆(?=系统|平台|网站)|帐(?=户|号)|按装|布署|松驰|渡假|凑和|既使|不径而走/g,
  /** Characters that end a clause only inside a word of these. */
  cutEnds: [{ char: '目', words: /(?:项|节|科|题|数|品|名|条|栏|书|瞩|夺|注|醒|盲|面|账)目$/ }],
  means: /[^,，。;；]*通过[^,，。;；]*等方式,(?=全市|全省|全县|各|每|到)/g,
  verbTwice: /(优化|完善|推进|加强|提升|健全|推动|促进|开展)(?:(?![和与及])\p{Script=Han}){2,8}?\1(?![\p{Script=Han}]*[、和])/gu,
  /** 应保尽保, 应救尽救: the third character is always 尽. */
  brokenPair: /(?<=[、,，“]|^)应(\p{Script=Han})(?!尽)\p{Script=Han}\1/gu,
} as const;

/** Quoted shorthand that counts things: “五个一批”, “四级五有”. */
export const SHORTHAND = {
  counted: /“([^”]*[一两二三四五六七八九十][^”]*)”/g,
  /** Counts two things or counts with a measure word; not the numeral of a plan (十四五) and not one-for-each (一县一主题). */
  apart: /[一两二三四五六七八九十][^一两二三四五六七八九十]+[一两二三四五六七八九十]/,
  measured: /[两二三四五六七八九十](?:个|项|级|条|件)/,
  planNumber: /^十[一二三四五六]五$/,
  forEach: /^(?:[^两二三四五六七八九十]*一){2}[^两二三四五六七八九十]*$/,
  between: /[、和及]/,
  level: /([\p{Script=Han}()（）、]+?)([一二两三四五六七八九])级[\p{Script=Han}“]{0,8}(?:网络|体系|平台|联动)/gu,
  listed: /(?<list>(?:[\p{Script=Han}()（）“”]{2,12}、)+[\p{Script=Han}()（）“”]{2,14}(?:[和及][\p{Script=Han}“”]{2,12})?)等?(?<count>[两二三四五六七八九十]|\d+)(?<measure>大|项|个|所|家|种)(?=[\p{Script=Han}])/gu,
  andOthers: /等(?:[一两二三四五六七八九十]|\d)/,
  listThenFormula: /((?:\p{Script=Han}{1,10}、){2,}\p{Script=Han}{1,8}(?:[和及]\p{Script=Han}{1,8})?)“([两二三四五六七八九])(?:个|同|项|化|有)?\p{Script=Han}{1,4}”/gu,
  formulaThenList: /“([两二三四五六七八九])\p{Script=Han}{1,6}”[(（]((?:\p{Script=Han}{1,10}、)+\p{Script=Han}{1,10})[)）]/gu,
  kindsThenList: /((?:[一二三四五六七八九]\p{Script=Han}){1,4})[(（]((?:\p{Script=Han}{1,10}[、和])+\p{Script=Han}{1,10})[)）]/gu,
  kind: /([一二三四五六七八九])(\p{Script=Han})/gu,
  formulaThenNote: /([两二三四五六七八九])\p{Script=Han}{1,6}\[(\d+)\]/gu,
  numerals: { 一: 1, 两: 2, 二: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9, 十: 10 },
} as const;

/** Promised times and circles: 10分钟…圈. */
export const CIRCLE = {
  promise: /(\d+(?:\.\d+)?)\s*(分钟|小时)([\p{Script=Han}]{1,14}圈)/gu,
  common: /服务|基本|公共|文化|便捷|生活/g,
  mode: /步行|骑行|车程|公交|驾车|乘车/,
} as const;

/** Sums within one sentence or section. */
export const SUMS = {
  perHead: /总([\p{Script=Han}]{2,6}?)量?(?:为|达|约)?(\d+(?:\.\d+)?)万([\p{Script=Han}])、?人均\1量?(?:为|达)?(\d+(?:\.\d+)?)\3/gu,
  shares: /分别占[^。;；]*?\d+(?:\.\d+)?%(?:[、,，和及]\s*\d+(?:\.\d+)?%)+/gu,
  share: /(\d+(?:\.\d+)?)%/g,
  /** Rounded shares may give a little more than the whole. */
  rounding: 100.5,
  total: /(?:共|总计|合计)[\p{Script=Han}]{0,6}?(\d+(?:\.\d+)?)(万?[个家所张套人名户座])[^。;；]{0,10}?其中([^。;；]*)/gu,
  households: /(\d+(?:\.\d+)?)万户/g,
  crowd: /(\d+(?:\.\d+)?)万(?:人|名)(?!次)/g,
  beyondCity: /全国|全省|长三角|全球|世界/,
  shareOf: /\p{Script=Han}{0,8}(?:覆盖率|覆盖面|入学率|入园率|参保率|合格率|普及率|签约率|占比|比例|比重|满意度)(?:达到|达|为|超过|不低于)?(\d+(?:\.\d+)?)%/gu,
  /** Of persons' lives and days. */
  most: [{ unit: '岁', most: 100 }, { unit: '年', most: 30 }],
  people: /(?:受益人数|受益人口|惠及人数|惠及)(?:达到|达|为)?(\d+(?:\.\d+)?)万/,
  persons: /\d+(?:\.\d+)?万?(?:名|人)(?!次)/,
  personTimes: /\d+(?:\.\d+)?万?人次/,
} as const;

/** A number with what it is of: 人均体育场地面积达2.8平方米. */
export const PHRASE = {
  stated: /^(?<name>.*?\p{Script=Han}[)）”]?)(?:要|应|争取|力争|努力|将)?(?:达到|达|为|大于|超过|不低于|不少于|不高于|不超过|实现|提高至|提高到|提升至|增加至|增加到|扩大到|降至|控制在)?\s*(?<value>\d+(?:\.\d+)?)\s*(?<unit>%|‰|万人次|万人|万册|万套|万户|亿元|元|平方米|张|名|人|家|个|所|岁|册|套|户|公里)(?!\p{Script=Han}*次)/u,
  lead: /^(?:到?\d{4}年底?|其中|同时|并|使|确保|力争|争取|努力|推动|建设|建成|完成|实现)+/,
  scope: /^(?:全市|我市|本市|全省|全区|全县|城市|城乡|居民)+/,
  tail: /(?:的)?(?:数量|总数|数|比例|比率)$/,
} as const;

/** Chinese numerals of chapters and sections. */
export const NUMERALS = {
  section: /^([一二三四五六七八九十]+)(?:\(([一二三四五六七八九十]+)\))?$/,
  digits: '一二三四五六七八九',
  ten: '十',
} as const;
