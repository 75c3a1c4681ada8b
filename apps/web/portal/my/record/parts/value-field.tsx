import type { ReactNode } from 'react';
import { usePage } from '../../../../page.tsx';

/** A fact as it is asked for: by its choices, a number with its unit, or a day. */
export interface AskedValue {
  readonly kind: 'boolean' | 'code' | 'date' | 'number';
  readonly choices: readonly { readonly value: string; readonly label: string }[];
  readonly unit: string | undefined;
  /** Whether one may say that there is none. */
  readonly nonable: boolean;
}

/** What was typed or said before. */
export type TypedValue = Readonly<Record<'v' | 'n' | 'y' | 'm' | 'd', string>>;

export function ValueField({ asked: { kind, choices, unit, nonable }, typed }: { readonly asked: AskedValue; readonly typed: TypedValue }): ReactNode {
  const { t } = usePage();
  const all = [...choices, ...(kind === 'boolean' ? [{ value: 'true', label: t('record.yes') }, { value: 'false', label: t('record.no') }] : [])];
  const none = nonable ? <Option value="-" label={t('record.none-choice')} typed={typed.v} /> : null;
  return (
    <>
      {kind === 'number' ? <p className="typed"><label htmlFor="number">{t('record.number')}</label><input id="number" name="n" inputMode="decimal" autoComplete="off" maxLength={20} defaultValue={typed.n} />{unit === undefined ? null : <span>{unit}</span>}</p> : null}
      {kind === 'date' ? <Day typed={typed} /> : null}
      {all.map(({ value, label }) => <Option key={value} value={value} label={label} typed={typed.v} />)}
      {none}
    </>
  );
}

function Option({ value, label, typed }: { readonly value: string; readonly label: string; readonly typed: string }): ReactNode {
  return <label className="opt"><input type="radio" name="v" value={value} defaultChecked={typed === value} /><span>{label}</span></label>;
}

function Day({ typed }: { readonly typed: TypedValue }): ReactNode {
  const { t } = usePage();
  const part = (name: 'y' | 'm' | 'd', length: number): ReactNode => <span><input id={name} name={name} inputMode="numeric" autoComplete="off" maxLength={length} size={length} defaultValue={typed[name]} /><label htmlFor={name}>{t(`entitled.part-${name}`)}</label></span>;
  return <p className="typed date">{part('y', 4)}{part('m', 2)}{part('d', 2)}</p>;
}
