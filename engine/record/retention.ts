import { render } from '#engine/kernel/index.ts';
import type { Locale } from '#engine/kernel/index.ts';
import type { CONFIDENCES } from '#engine/pack/index.ts';
import { RECORD_MESSAGES } from './notice.ts';

/** A law that says how long, or that no longer; the words stand in the messages, read by whom says the confidence. */
export const RETENTION_LAWS = {
  'personal-information-19': 'memory-likely',
  'personal-information-56': 'memory-likely',
  'network-security-21': 'memory-likely',
  'accounting-archives-14': 'memory-likely',
  'document-retention': 'memory-unsure',
  'administrative-litigation-46': 'memory-likely',
  'civil-code-188': 'memory-likely',
} as const satisfies Record<string, (typeof CONFIDENCES)[number]>;
export type RetentionLaw = keyof typeof RETENTION_LAWS;

/** What becomes of a data set when its time is over. `operator`: what the law wants looked through first is the operator's to remove. */
export const RETENTION_ENDS = ['deleted', 'payload-erased', 'operator', 'kept'] as const;
export type RetentionEnd = (typeof RETENTION_ENDS)[number];

/** What the time is counted from. */
export const RETENTION_SINCE = ['last-change', 'last-entry', 'last-payment', 'end', 'release-replaced'] as const;
export type RetentionSince = (typeof RETENTION_SINCE)[number];

/** Whether the person may have it removed before. */
export const OWN_ERASURES = ['any-time', 'by-ending', 'not-while-law'] as const;
export type OwnErasure = (typeof OWN_ERASURES)[number];

/** How long one kind of data about people is kept, why, and what becomes of it. */
export interface RetentionRule {
  /** Tables and, behind `data/`, folders of the data folder that hold it. */
  readonly where: readonly string[];
  /** Case types whose streams it is, where it is streams. */
  readonly cases?: readonly string[];
  /** Null: for as long as the city is run. */
  readonly days: number | null;
  readonly since: RetentionSince;
  readonly laws: readonly RetentionLaw[];
  readonly end: RetentionEnd;
  readonly own: OwnErasure;
}

const [MONTHS_6, YEAR] = [183, 365];

/** Everything that is kept about people. A new table or file with personal data is named here: a test looks for it. */
export const RETENTION = {
  'access-looks': { where: ['access_log'], days: 3 * YEAR + 1, since: 'end', laws: ['personal-information-56', 'network-security-21'], end: 'deleted', own: 'not-while-law' },
  accounts: { where: ['staff_account'], days: null, since: 'end', laws: ['network-security-21'], end: 'operator', own: 'not-while-law' },
  chain: { where: ['log_entry'], days: null, since: 'end', laws: [], end: 'kept', own: 'not-while-law' },
  'columns-of-facts': { where: ['data/population'], days: 3 * YEAR, since: 'release-replaced', laws: ['personal-information-19'], end: 'operator', own: 'not-while-law' },
  'contact-codes': { where: ['contact_proof'], days: 1, since: 'end', laws: ['personal-information-19'], end: 'deleted', own: 'any-time' },
  contacts: { where: ['contact', 'contact_warned', 'log_payload'], days: null, since: 'end', laws: ['personal-information-19'], end: 'kept', own: 'any-time' },
  disputes: { where: ['log_payload', 'task', 'notice'], cases: ['dispute', 'declaration'], days: 10 * YEAR, since: 'last-entry', laws: ['document-retention'], end: 'payload-erased', own: 'not-while-law' },
  drafts: { where: ['voice_draft'], days: 30, since: 'last-change', laws: ['personal-information-19'], end: 'deleted', own: 'any-time' },
  evidence: { where: ['evidence'], days: YEAR, since: 'last-entry', laws: ['administrative-litigation-46', 'personal-information-19'], end: 'deleted', own: 'not-while-law' },
  grants: { where: ['log_payload', 'task', 'notice', 'benefit_grant', 'recovery'], days: 30 * YEAR, since: 'last-entry', laws: ['accounting-archives-14'], end: 'operator', own: 'not-while-law' },
  mandates: { where: ['log_payload', 'mandate'], cases: ['mandate'], days: 3 * YEAR, since: 'last-entry', laws: ['civil-code-188'], end: 'payload-erased', own: 'by-ending' },
  money: { where: ['ledger_line', 'payment_batch', 'payment_item', 'act_piece'], days: 30 * YEAR, since: 'end', laws: ['accounting-archives-14'], end: 'operator', own: 'not-while-law' },
  outbox: { where: ['outbox', 'letter_bundle'], days: MONTHS_6, since: 'end', laws: ['personal-information-19'], end: 'deleted', own: 'not-while-law' },
  'pay-accounts': { where: ['pay_account'], days: 30 * YEAR, since: 'last-payment', laws: ['accounting-archives-14'], end: 'deleted', own: 'not-while-law' },
  photos: { where: ['voice_photo'], days: YEAR, since: 'last-entry', laws: ['administrative-litigation-46', 'personal-information-19'], end: 'deleted', own: 'not-while-law' },
  proofs: { where: ['log_payload', 'proof'], cases: ['proof'], days: 3 * YEAR, since: 'last-entry', laws: ['civil-code-188'], end: 'payload-erased', own: 'by-ending' },
  reconsiderations: { where: ['log_payload', 'task', 'notice'], cases: ['reconsideration'], days: 30 * YEAR, since: 'last-entry', laws: ['document-retention'], end: 'payload-erased', own: 'not-while-law' },
  runs: { where: ['data/runs'], days: 30 * YEAR, since: 'end', laws: ['accounting-archives-14'], end: 'operator', own: 'not-while-law' },
  sessions: { where: ['session'], days: MONTHS_6, since: 'end', laws: ['network-security-21'], end: 'deleted', own: 'by-ending' },
  'sign-in-attempts': { where: ['sign_in_attempt'], days: MONTHS_6, since: 'last-change', laws: ['network-security-21'], end: 'deleted', own: 'not-while-law' },
  voice: { where: ['log_payload', 'task', 'notice', 'voice_link', 'voice_rating', 'voice_matter'], cases: ['voice', 'matter'], days: 10 * YEAR, since: 'last-entry', laws: ['document-retention'], end: 'payload-erased', own: 'not-while-law' },
} as const satisfies Record<string, RetentionRule>;
export type DataSet = keyof typeof RETENTION;

/** The data sets in the order of their names, with their rules. */
export const RETENTION_RULES: readonly (readonly [DataSet, RetentionRule])[] = (Object.keys(RETENTION) as readonly DataSet[]).map((id) => [id, RETENTION[id]]);

const word = (key: string, locale: Locale, values: Readonly<Record<string, number>> = {}): string => render(RECORD_MESSAGES[locale], key, values);

/** What a data set is called. */
export const nameOfDataSet = (id: DataSet, locale: Locale): string => word(`retention.data.${id}`, locale);

/** How long it is kept, in words. */
export function periodOf({ days, since }: RetentionRule, locale: Locale): string {
  if (days === null) return word('retention.always', locale);
  const years = Math.floor(days / YEAR);
  const [key, count] = years === 0 ? ['days', days] as const : [years === 1 ? 'year' : 'years', years] as const;
  return word(`retention.${key}`, locale, { count }) + word(`retention.since.${since}`, locale);
}

/** The whole table as a page of Markdown, in Chinese and English. */
export function retentionReference(): string {
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const both = (name: (locale: Locale) => string): string => `${name('zh')} ${name('en')}`;
  const lawOf = (id: RetentionLaw): string => `${both((locale) => word(`retention.law.${id}`, locale))} (${RETENTION_LAWS[id]})`;
  const head = ['data 数据', 'where 在哪里', 'purpose 用途', 'how long 留多久', 'why 依据', 'then 到期', 'removed before, when the person asks 本人要求时'];
  const rows = RETENTION_RULES.map(([id, rule]) => [
    both((locale) => nameOfDataSet(id, locale)), rule.where.map((one) => `\`${one}\``).join(', '), both((locale) => word(`retention.purpose.${id}`, locale)), both((locale) => periodOf(rule, locale)),
    rule.laws.map(lawOf).join('；') || both((locale) => word('retention.choice', locale)), both((locale) => word(`retention.end.${rule.end}`, locale)), both((locale) => word(`retention.own.${rule.own}`, locale)),
  ]);
  return `# How long data about people is kept 个人信息保存期限

Made by \`npm run docs\` from \`engine/record/retention.ts\`. \`minsheng erase --due\` does what is due, and a running city does it every day.
Behind each law stands how sure we are of its text; how long a city keeps what no law counts is its own choice, and stands here as ours.

${[row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n')}
`;
}
