import type { ReactNode } from 'react';
import { SHOWN_AS_DEMO } from '#engine/entitlement/index.ts';
import type { LocalName, LocalText } from '#engine/kernel/index.ts';
import type { Plan, Service } from '#engine/pack/index.ts';
import { payerName } from '../../named.ts';
import { Text, usePage } from '../../page.tsx';
import type { Cited } from '../shape.ts';
import { Cite, Tag } from './blocks.tsx';

interface PrintedStandard {
  readonly standard: Service['printed']['standard'];
  readonly text: string | undefined;
  readonly quantities: readonly { readonly name: string; readonly op: string | undefined; readonly role: string | undefined; readonly value: string | undefined }[];
}

/** How much, first: the figure where the plan prints one, its words where it prints words, and plainly where it prints nothing. */
export function Standard({ money, printed }: { readonly money: boolean; readonly printed: PrintedStandard }): ReactNode {
  const { t } = usePage();
  const { standard, text } = printed;
  const quantities = printed.quantities.filter(({ role, value }) => role !== 'condition' && value !== undefined);
  const [only, ...more] = quantities;
  if (standard === 'given' && only?.role === 'standard' && more.length === 0) {
    return (
      <>
        <p className="sum">{bound(only.op)}{only.value} <small lang="zh-CN">{only.name}</small></p>
        <p className="muted">{t('standard.given-says')}{text === undefined ? null : <> {t('standard.printed')}<q lang="zh-CN" data-printed="">{text}</q></>}</p>
      </>
    );
  }
  return (
    <>
      <p className={`sum words${(text?.length ?? 0) > LONG ? ' long' : ''}`}>{text === undefined ? t(standard === 'absent' && money ? 'standard.absent-money' : `standard.${standard}`) : <span lang="zh-CN" data-printed="">{text}</span>}</p>
      <p className="muted">{t(`standard.${standard}-says`)}</p>
      {quantities.length > 0 ? <ul className="figures">{quantities.map(({ name, op, value, role }) => <li key={`${name} ${value}`}><b>{bound(op)}{value}</b> <span lang="zh-CN">{name}</span>{role === 'target' ? <span className="muted"> {t('role.target')}</span> : null}</li>)}</ul> : null}
    </>
  );
}

/** Characters from which printed words are set smaller, so that they still read as an answer and not as a headline. */
const LONG = 28;

/** The sign of a bound; "exactly" and "about" stand in the words. */
function bound(op: string | undefined): string {
  return { '>=': '≥ ', '<=': '≤ ', '>': '> ', '<': '< ' }[op ?? ''] ?? '';
}

/** Who it is for, in our words, then group by group and condition by condition as the plan prints them. */
export function Audience({ says, groups, conditions, cited }: { readonly says: LocalName; readonly groups: readonly string[]; readonly conditions: readonly string[]; readonly cited: Cited }): ReactNode {
  const { t } = usePage();
  return (
    <>
      {says.zh === groups.join('、') ? null : <p><Text of={says} /></p>}
      {conditions.length === 0 ? <p lang="zh-CN">{groups.join('、')}</p> : <ol className="cond">{[groups.join('、'), ...conditions].map((one) => <li key={one} lang="zh-CN">{one}</li>)}</ol>}
      <p className="muted">{t(conditions.length === 0 ? 'service.no-condition' : 'service.as-printed')}<Cite of={cited} /></p>
    </>
  );
}

export function How({ how, hotline }: { readonly how: LocalText | 'unfilled'; readonly hotline: Plan['hotline'] }): ReactNode {
  const { t, href } = usePage();
  if (how !== 'unfilled') return <p><Text of={how} /></p>;
  return (
    <>
      <p><Tag kind="unfilled" /> {t('service.how-unfilled')}</p>
      <p className="buttons"><a className="button" href={href('/near')}>{t('service.how-near')}</a> <a className="button plain" href={`tel:${hotline.phone}`}>{t('service.how-call', { phone: hotline.phone })}</a></p>
    </>
  );
}

/** Who pays: as printed, or that the plan does not say; a share chosen for the demonstration is marked as such. */
export function Payers({ printed, payers }: { readonly printed: string; readonly payers: Service['payers'] }): ReactNode {
  const { t, locale } = usePage();
  return (
    <>
      <p>{printed === 'unfilled' ? t('payer.not-printed') : <q lang="zh-CN" data-printed="">{printed}</q>}</p>
      {payers === 'unfilled' ? null : <ul className="plain">{payers.map(({ level, fund, of, shareBp, confidence }) => <li key={`${level} ${of} ${shareBp}`}>{payerName({ level, fund }, locale)} {shareBp / 100}%{t('payer.of-open')}{t(`payer.of.${of}`)}{t('payer.of-close')} {SHOWN_AS_DEMO.has(confidence) ? <Tag kind="parameter" /> : null}</li>)}</ul>}
    </>
  );
}
