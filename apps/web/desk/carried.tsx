import type { ReactNode } from 'react';
import { say } from '#engine/kernel/index.ts';
import type { Locale } from '#engine/kernel/index.ts';
import type { Mechanism, System } from '#engine/pack/index.ts';
import { State } from './table.tsx';
import type { DeskColumn, DeskRow } from './table.tsx';
import { deskWords } from './words.ts';

/** What a row of the mechanisms and of the systems says alike: how far the software carries the thing. */
export interface CarriedRow extends DeskRow {
  readonly stateId: string;
  readonly state: string;
  readonly at: string | null;
  readonly by: string | null;
}

export function carriedOf({ state, at, by }: Pick<Mechanism | System, 'state' | 'at' | 'by'>, locale: Locale): Pick<CarriedRow, 'stateId' | 'state' | 'at' | 'by'> {
  return { stateId: state, state: deskWords(locale)(`state.${state}`), at: at ?? null, by: by ? say(by, locale) : null };
}

/** The two columns of it. A thing that runs links to where it runs. */
export function carriedColumns<Row extends CarriedRow>(): readonly DeskColumn<Row>[] {
  return [
    { key: 'state', title: 'column.state', kind: 'choice', draw: (row) => <CarriedState row={row} /> },
    { key: 'by', title: 'column.by', kind: 'text', width: 300, empty: 'state.not-yet' },
  ];
}

function CarriedState({ row }: { readonly row: CarriedRow }): ReactNode {
  const tone = row.stateId === 'running' ? 'ok' : row.stateId === 'in-pack' ? 'warn' : 'quiet';
  return <State tone={tone}>{row.at === null ? row.state : <a href={row.at}>{row.state}</a>}</State>;
}
