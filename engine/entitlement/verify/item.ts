import type { LocalText } from '#engine/kernel/index.ts';
import type { Pack, Parameter, Service } from '#engine/pack/index.ts';
import { SHOWN_AS_DEMO } from '../decide.ts';

type Value = Parameter['values'][number];
export type Payers = Exclude<Service['payers'], 'unfilled'>;

/** What every item of the list to verify says. */
interface Common {
  /** The same as long as what it is about stays: kind, record and, of a value, area and first day. */
  readonly id: string;
  /** Who decides or holds it; undefined where the pack names no department. */
  readonly department: string | undefined;
  readonly what: LocalText;
  /** Executable services that rest on it. */
  readonly services: readonly string[];
  /** Whether people are shown it as one of a demonstration: a value or payer of an executable service. */
  readonly demo: boolean;
}

/** A value of a parameter that nobody has read in its document. */
export interface ValueToVerify extends Common {
  readonly kind: 'value';
  readonly parameter: Parameter;
  readonly value: Value;
}

/** Who pays for a service, where nobody has entered it or it was chosen for a demonstration. */
export interface PayersToVerify extends Common {
  readonly kind: 'payers';
  readonly service: Service;
  /** What stands there for the last stretch of days; undefined where nothing does. */
  readonly payers: Payers | undefined;
}

/** A rule text that money hangs on and whose law is remembered or chosen for a demonstration. */
export interface TextToVerify extends Common {
  readonly kind: 'text';
  readonly of: 'clause' | 'definition' | 'table' | 'scope' | 'precedence';
  /** The service of a clause; empty for the others. */
  readonly service: string;
  /** The id or name of the record or clause. */
  readonly name: string;
  readonly text: string;
  readonly source: string;
  /** Whether its law is remembered, or was chosen for a demonstration. */
  readonly confidence: 'memory-likely' | 'demo';
}

export type ItemToVerify = ValueToVerify | PayersToVerify | TextToVerify;

/** Whether somebody has still to read it: neither read in its own document or a public transcript of it, nor printed in the plan, nor reckoned from such. Just what people are shown as of a demonstration. */
export const isUnread = ({ confidence }: Pick<Value, 'confidence'>): boolean => SHOWN_AS_DEMO.has(confidence);

/** Whether a source is no document: what is remembered, chosen, or only intended. */
export function isNoDocument({ sources }: Pick<Pack, 'sources'>, source: string): boolean {
  const kind = sources.get(source)?.kind;
  return kind === 'memory' || kind === 'demo' || kind === 'reform';
}

/** The department that decides a service, else the one in charge of it. */
export function departmentOf({ decidedBy, owner }: Pick<Service, 'decidedBy' | 'owner'>): string | undefined {
  return decidedBy?.department ?? (owner === 'unfilled' ? undefined : owner);
}

/** Of payers entered for several stretches of days, those of the last one: what a document is read for. */
export function lastOf(payers: Payers): Payers {
  const last = payers.map(({ from }) => from).sort().at(-1);
  return payers.filter(({ from }) => from === last);
}
