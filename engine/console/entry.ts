import { NOTICE_KINDS, nameOfNoticeKind } from '#engine/casework/index.ts';
import type { Json } from '#engine/casework/index.ts';
import { render } from '#engine/kernel/index.ts';
import type { Locale, Messages } from '#engine/kernel/index.ts';
import en from './messages/en.json' with { type: 'json' };
import zh from './messages/zh.json' with { type: 'json' };
import { OUTCOMES, OUTCOMES_BY_ACT } from './outcome.ts';

/** The words of this room, by language: what happened in a case, what a task is about, outcomes, refusals. */
export const CONSOLE_MESSAGES: Readonly<Record<Locale, Messages>> = { zh, en };

/** How values are written in the reader's language. */
export interface EntryWriting {
  readonly locale: Locale;
  readonly fen: (fen: number) => string;
  /** `yyyymm` */
  readonly month: (month: number) => string;
  /** `yyyy-mm-dd` */
  readonly day: (day: string) => string;
  readonly department: (id: string) => string;
  readonly fact: (id: string) => string;
}

/** Entries that have words of their own; any other is said by its kind, so that a case hides nothing. */
const KNOWN = [
  'account-chosen',
  'grant-asked', 'grant-confirmed', 'grant-freed', 'grant-held', 'grant-paused', 'grant-refused', 'grant-resumed', 'grant-wanted',
  'notice-replied', 'recovery-agreed', 'recovery-assessed', 'recovery-decided', 'recovery-objected', 'recovery-opened', 'recovery-repaid',
  'reconsideration-accepted', 'reconsideration-asked', 'reconsideration-begun', 'reconsideration-chosen', 'reconsideration-completed', 'reconsideration-decided', 'reconsideration-evidence', 'reconsideration-extended', 'reconsideration-late',
  'reconsideration-not-accepted', 'reconsideration-reasoned', 'reconsideration-replied', 'reconsideration-returned', 'reconsideration-sent', 'reconsideration-withdrawal-asked', 'reconsideration-withdrawn',
  'task-claimed', 'task-completed', 'task-handed-over', 'task-opened', 'task-reopened',
] as const;

/** What tasks are about, by the names of what their first entry holds; any other is said by its name. */
const ABOUT = ['amountFen', 'batch', 'because', 'change', 'fact', 'outcome', 'reconsideration', 'run'] as const;

/** Words of payloads that are no free text. */
const WORDS = ['account', 'account-closed', 'declared', 'ended', 'error-of-office', 'good-faith', 'hardship', 'lowered', 'new', 'not-in-register', 'now-unknown', 'paid-without-being-due', 'raised', 'too-small'] as const;

/** What an entry of a case says, in words. */
export function describeEntry(kind: string, payload: Json | undefined, writing: EntryWriting): string {
  const messages = CONSOLE_MESSAGES[writing.locale];
  if (payload === undefined) return render(messages, 'entry.erased', { kind });
  const values = isRecord(payload) ? payload : {};
  const data = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, write(name, value, writing)]));
  if (kind === 'grant-set') {
    const right = values['right'];
    return render(messages, isRecord(right) ? 'entry.grant-set' : 'entry.grant-ended', { ...data, amount: isRecord(right) && typeof right['amountFen'] === 'number' ? writing.fen(right['amountFen']) : '' });
  }
  if (kind === 'notice-given') return render(messages, 'entry.notice-given', { notice: nameOfNoticeKind(NOTICE_KINDS.find((one) => one === values['noticeKind']) ?? 'decision', writing.locale) });
  // A waiver of earlier days has no reason beside its ground.
  if (kind === 'recovery-waived') return render(messages, 'entry.recovery-waived', { reason: '', ...data });
  const known = KNOWN.find((one) => one === kind);
  return known === undefined ? render(messages, 'entry.other', { kind }) : render(messages, `entry.${known}`, data);
}

/** What a task is about, line by line. */
export function describeAbout(about: Json | undefined, writing: EntryWriting): readonly string[] {
  const messages = CONSOLE_MESSAGES[writing.locale];
  if (!isRecord(about)) return [];
  return Object.entries(about).filter(([, value]) => value !== null).map(([name, value]) => {
    const said = write(name, value, writing);
    const known = ABOUT.find((one) => one === name);
    return known === undefined ? render(messages, 'about.other', { name, value: said }) : render(messages, `about.${known}`, { value: said });
  });
}

/** What an outcome is called; one that the table does not know is said as it was written. */
export function nameOfOutcome(outcome: string, locale: Locale): string {
  const known = [...Object.values(OUTCOMES).flat(), ...OUTCOMES_BY_ACT].find((one) => one === outcome);
  return known === undefined ? outcome : render(CONSOLE_MESSAGES[locale], `outcome.${known}`);
}

function write(name: string, value: Json, writing: EntryWriting): string {
  const messages = CONSOLE_MESSAGES[writing.locale];
  if (typeof value === 'number') {
    if (name.endsWith('Fen')) return writing.fen(value);
    return name === 'from' || name === 'until' || name === 'last' ? writing.month(value) : String(value);
  }
  if (typeof value !== 'string') return value === null ? '' : typeof value === 'boolean' ? String(value) : JSON.stringify(value);
  switch (name) {
    case 'respondBy': case 'dueOn': return writing.day(value);
    case 'department': return writing.department(value);
    case 'fact': return writing.fact(value);
    case 'outcome': return nameOfOutcome(value, writing.locale);
    case 'reply': return render(messages, `reply.${value === 'confirmed' ? 'confirmed' : 'refused'}`);
    case 'change': case 'because': {
      const word = WORDS.find((one) => one === value);
      return word === undefined ? value : render(messages, `word.${word}`);
    }
    default: return value;
  }
}

function isRecord(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
