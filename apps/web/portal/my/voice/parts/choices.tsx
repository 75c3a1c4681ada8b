import type { ReactNode } from 'react';

/** One of several: a button that is round, or square where more than one may be chosen. */
export function Option({ name, value, label, says, checked, several = false }: { readonly name: string; readonly value: string; readonly label: string; readonly says?: string | undefined; readonly checked: boolean; readonly several?: boolean }): ReactNode {
  return <label className="opt"><input type={several ? 'checkbox' : 'radio'} name={name} value={value} defaultChecked={checked} /><span>{label}{says === undefined ? null : <span className="muted"> {says}</span>}</span></label>;
}

/** What is wrong with what was sent. */
export function Mistake({ problem, title }: { readonly problem: string | undefined; readonly title: string }): ReactNode {
  return problem === undefined ? null : <p className="mistake" id="mistake" role="alert"><b>{title}</b>{problem}</p>;
}
