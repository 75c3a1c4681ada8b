import { parseDate, parseDecimal } from '#engine/kernel/index.ts';
import { fits } from '#engine/entitlement/index.ts';
import type { Answer, LinkedQuestion } from '#engine/entitlement/index.ts';

/** The answer that a form sent: `v` a choice, `o` options, `n` a number typed, `y` `m` `d` a date; undefined where it is none. */
export function readForm(linked: LinkedQuestion, query: URLSearchParams): Answer | undefined {
  const answer = readAny(linked, query);
  return answer && fits(linked, answer) ? answer : undefined;
}

function readAny({ question, fact }: LinkedQuestion, query: URLSearchParams): Answer | undefined {
  const choice = query.get('v') ?? '';
  if (choice === '-') return { kind: 'declined' };
  if (question.form === 'several') return { kind: 'chosen', options: query.getAll('o') };
  const typed = query.get('n')?.trim() ?? '';
  if (fact?.type.kind === 'number' && typed !== '') return numberOf(typed, fact.type.scale);
  if (choice !== '') return chosenOf(choice);
  return fact?.type.kind === 'date' ? dateOf(query, question.month === true) : undefined;
}

/** A radio button: none, yes or no, a band, or an option. */
function chosenOf(choice: string): Answer | undefined {
  if (choice === '0') return { kind: 'none' };
  if (choice === 'y' || choice === 'n') return { kind: 'value', units: choice === 'y' ? 1n : 0n };
  const band = /^b(\d{1,16})_(\d{1,16})$/.exec(choice);
  if (band) return { kind: 'between', min: BigInt(band[1] ?? ''), max: BigInt(band[2] ?? '') };
  return choice.startsWith('o') ? { kind: 'chosen', options: [choice.slice(1)] } : undefined;
}

/** Digits as people type them: full-width ones, commas and the sign of money are taken too. */
function numberOf(typed: string, scale: number): Answer | undefined {
  const exact = parseDecimal(typed.normalize('NFKC').replaceAll(/[,\s¥元]/g, '').replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, ''));
  if (!exact || exact.scale > scale) return undefined;
  return { kind: 'value', units: BigInt(exact.units) * 10n ** BigInt(scale - exact.scale) };
}

function dateOf(query: URLSearchParams, month: boolean): Answer | undefined {
  const part = (name: string, digits: number): string => (query.get(name) ?? '').trim().normalize('NFKC').padStart(digits, '0');
  const date = parseDate(`${part('y', 4)}-${part('m', 2)}-${month ? '01' : part('d', 2)}`);
  return date && { kind: 'value', units: BigInt(date.replaceAll('-', '')) };
}
