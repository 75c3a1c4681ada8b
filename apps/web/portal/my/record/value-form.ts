import type { City } from '#engine/city.ts';
import { wordsOfPack } from '#engine/entitlement/index.ts';
import type { Locale } from '#engine/kernel/index.ts';
import { readTyped } from '#engine/record/index.ts';
import type { Stated } from '#engine/record/index.ts';
import type { AskedValue, TypedValue } from './parts/value-field.tsx';
import { unitOf } from './value.ts';

/** How a fact is asked for; undefined where there is no such fact, or it is a text. */
export function askedValue({ rules }: City, id: string, locale: Locale): AskedValue | undefined {
  const { schema } = rules.vocabulary;
  const fact = schema.facts.get(id);
  if (!fact || fact.type.kind === 'text') return undefined;
  const { type } = fact;
  const words = wordsOfPack(rules, locale, undefined);
  const choices = type.kind === 'code' ? (schema.codeLists.get(type.list)?.codes ?? []).map((code) => ({ value: code, label: words.code(type.list, code) })) : [];
  return { kind: type.kind, choices, unit: unitOf({ rules }, id, locale), nonable: fact.nonable };
}

const PARTS = ['v', 'n', 'y', 'm', 'd'] as const;
const MOST_TYPED = 200;

/** What a form sent, cut where it is senselessly long. */
export function typedIn(form: FormData): TypedValue {
  const of = (name: string): string => { const sent = form.get(name); return typeof sent === 'string' ? sent.slice(0, MOST_TYPED).toWellFormed() : ''; };
  const [v = '', n = '', y = '', m = '', d = ''] = PARTS.map(of);
  // A number or a day that was typed counts before the choice of none that was left from before.
  return v === '-' && `${n}${y}${m}${d}`.trim() !== '' ? { v: '', n, y, m, d } : { v, n, y, m, d };
}

/** The value that was typed; undefined where it is none of the fact. */
export function statedIn({ rules: { vocabulary: { schema } } }: City, id: string, typed: TypedValue): Stated | undefined {
  const fact = schema.facts.get(id);
  return fact && readTyped(schema, fact, typed);
}

/** What a form holds where a value has been said before. */
export function typedOf(asked: AskedValue, value: Stated | null | undefined): TypedValue {
  const nothing = { v: '', n: '', y: '', m: '', d: '' };
  if (!value) return nothing;
  if (value.is === 'none') return { ...nothing, v: '-' };
  const [y = '', m = '', d = ''] = value.text.split('-');
  if (asked.kind === 'date') return { ...nothing, y, m: String(Number(m)), d: String(Number(d)) };
  return asked.kind === 'number' ? { ...nothing, n: value.text } : { ...nothing, v: value.text };
}
