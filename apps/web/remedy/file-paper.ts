import type { City } from '#engine/city.ts';
import { parseDate, say } from '#engine/kernel/index.ts';
import type { Paper, PaperBlock } from '#engine/paper/index.ts';
import { nameOfWish } from '#engine/remedy/index.ts';
import type { Attached, Reconsideration } from '#engine/remedy/index.ts';
import { day } from '../format.ts';
import { departmentName } from '../named.ts';
import { footOf } from '../paper.ts';
import { wordsOf } from '../words.ts';

/** The procedure is in Chinese, and so is its file, whoever reads it. */
export const FILE_LOCALE = 'zh';
const t = wordsOf(FILE_LOCALE);

/** The application with the file that was attached to it: one text for the applicant and the organ, on the screen and on paper. */
export function filePaper(city: City, one: Reconsideration & { readonly sent: NonNullable<Reconsideration['sent']> }): Paper {
  const { plan, services } = city.pack;
  const { sent: { attached, on }, number, subjectKey } = one;
  return {
    title: t('remedy.paper.title'), from: say(plan.site, FILE_LOCALE), day: day(on, FILE_LOCALE),
    blocks: [
      { kind: 'facts', rows: [[t('remedy.paper.number'), String(number)], [t('remedy.paper.applicant'), subjectKey], [t('remedy.paper.service'), say(services.get(one.service)?.name ?? { zh: one.service }, FILE_LOCALE)], [t('remedy.paper.decided-by'), departmentName(city, attached.department, FILE_LOCALE)]] },
      ...applicationIn(one), ...replyIn(city, one), ...fileIn(attached),
      ...(city.mode === 'demo' ? [{ kind: 'text' as const, text: t('letter.demo') }] : []),
    ],
    foot: footOf(city, FILE_LOCALE),
  };
}

const heading = (text: string): PaperBlock => ({ kind: 'heading', text });
const text = (of: string): PaperBlock => ({ kind: 'text', text: of });

function applicationIn({ sent, asks, why, lateBecause, evidence, completed }: Reconsideration): readonly PaperBlock[] {
  const told = sent?.attached.told;
  return [
    heading(t('remedy.paper.application')),
    { kind: 'facts', rows: [
      [t('remedy.paper.challenged'), told?.on ? t('remedy.paper.told', { day: day(told.on, FILE_LOCALE), says: told.says }) : t('remedy.paper.not-told', { says: told?.says ?? '' })],
      [t('remedy.paper.asks'), asks ? nameOfWish(asks, FILE_LOCALE) : ''],
      [t('remedy.paper.papers'), evidence.length === 0 ? t('remedy.paper.no-papers') : evidence.map(({ name }) => name).join('、')],
    ] },
    text(why ?? ''),
    ...(lateBecause === null ? [] : [heading(t('remedy.paper.late')), text(lateBecause)]),
    ...(completed ? [heading(t('remedy.paper.completed', { day: day(completed.on, FILE_LOCALE) })), text(completed.says)] : []),
  ];
}

function replyIn(city: City, { reply }: Reconsideration): readonly PaperBlock[] {
  return reply ? [heading(t('remedy.paper.reply', { department: departmentName(city, reply.department, FILE_LOCALE), day: day(reply.on, FILE_LOCALE) })), text(reply.says)] : [];
}

/** What the city held on the day it was sent. */
function fileIn({ madeOn, lawOn, release, answer, reasons, facts, notices, entries }: Attached): readonly PaperBlock[] {
  return [
    heading(t('remedy.paper.file', { day: day(madeOn, FILE_LOCALE) })),
    text(t('remedy.paper.frozen')),
    { kind: 'facts', rows: [[t('remedy.paper.law-on'), day(lawOn, FILE_LOCALE)], [t('remedy.paper.release'), release.slice(0, 12)]] },
    heading(t('remedy.paper.answer')), text(answer ?? t('remedy.paper.no-answer')),
    ...reasons.map(({ held, says, law }) => text(`${t(`entitled.held-${held}`)}：${says}${law === null ? '' : `（${law}）`}`)),
    ...listed('remedy.paper.facts', facts.map(({ name, value, holder, observedOn }) => [name, t('remedy.paper.fact', { value: value ?? t('entitled.held-unknown'), holder: holder ?? t('my.holder-unfilled'), day: dayIn(observedOn) })] as const)),
    ...listed('remedy.paper.notices', notices.map(({ on, says }) => [day(on, FILE_LOCALE), says] as const)),
    ...listed('remedy.paper.entries', entries.map(({ sequence, at, by, says, hash }) => [`${sequence} · ${at.slice(0, 10)}`, `${says}（${t(`remedy.paper.by-${by}`)}，${hash.slice(0, 8)}）`] as const)),
  ];
}

function listed(title: 'remedy.paper.facts' | 'remedy.paper.notices' | 'remedy.paper.entries', rows: readonly (readonly [string, string])[]): readonly PaperBlock[] {
  return [heading(t(title)), rows.length === 0 ? text(t('remedy.paper.none')) : { kind: 'facts', rows }];
}

function dayIn(on: string | null): string {
  const date = on === null ? undefined : parseDate(on);
  return date ? day(date, FILE_LOCALE) : t('my.observed-none');
}
