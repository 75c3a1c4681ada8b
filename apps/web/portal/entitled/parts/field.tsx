import type { ReactNode } from 'react';
import { usePage } from '../../../page.tsx';
import type { AskedQuestion } from '../shape.ts';

/** What a question is answered with: choices, boxes, a number or a date, and always a way to say nothing. */
export function Field({ asked }: { readonly asked: AskedQuestion }): ReactNode {
  const { kind, choices, none, typed } = asked;
  const { t, say } = usePage();
  const declined = <Option name="v" value="-" label={t('entitled.unknown')} checked={typed === '-'} />;
  const nothing = none === undefined ? null : <Option name="v" value="0" label={say(none)} checked={typed === 'none'} />;
  switch (kind) {
    case 'several': return <>{choices.map((choice) => <Option key={choice.value} name="o" {...choice} several />)}{declined}</>;
    case 'choice': return <>{choices.map((choice) => <Option key={choice.value} name="v" {...choice} />)}{nothing}{declined}</>;
    case 'boolean': return <><Option name="v" value="y" label={t('entitled.yes')} checked={typed === '1'} /><Option name="v" value="n" label={t('entitled.no')} checked={typed === '0'} />{nothing}{declined}</>;
    case 'number': return <>{choices.map((choice) => <Option key={choice.value} name="v" {...choice} />)}{nothing}{declined}<NumberField asked={asked} /></>;
    case 'date': case 'month': return <><DateField typed={typed} month={kind === 'month'} />{nothing}{declined}</>;
    default: return kind satisfies never;
  }
}

interface OptionProps {
  readonly name: 'v' | 'o';
  readonly value: string;
  readonly label: string;
  readonly checked: boolean;
  readonly several?: boolean;
}

function Option({ name, value, label, checked, several = false }: OptionProps): ReactNode {
  return <label className="opt"><input type={several ? 'checkbox' : 'radio'} name={name} value={value} defaultChecked={checked} /><span>{label}</span></label>;
}

function NumberField({ asked: { choices, unit, typed } }: { readonly asked: AskedQuestion }): ReactNode {
  const { t } = usePage();
  return (
    <p className="typed"><label htmlFor="number">{t(choices.length > 0 ? 'entitled.or-number' : 'entitled.number')}</label>
      <input id="number" name="n" inputMode="decimal" autoComplete="off" defaultValue={/^\d/.test(typed) ? typed : ''} maxLength={16} />{unit === undefined ? null : <span>{unit}</span>}
    </p>
  );
}

function DateField({ typed, month }: { readonly typed: string; readonly month: boolean }): ReactNode {
  const { t } = usePage();
  const [, year = '', ofYear = '', day = ''] = /^(\d{4})(\d{2})(\d{2})$/.exec(typed) ?? [];
  const part = (name: 'y' | 'm' | 'd', length: number, value: string): ReactNode => <span><input id={name} name={name} inputMode="numeric" autoComplete="off" maxLength={length} size={length} defaultValue={value.replace(/^0/, '')} /><label htmlFor={name}>{t(`entitled.part-${name}`)}</label></span>;
  return <p className="typed date">{part('y', 4, year)}{part('m', 2, ofYear)}{month ? null : part('d', 2, day)}</p>;
}
