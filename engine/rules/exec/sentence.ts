import { Phrases } from './phrase.ts';
import type { Step } from './trace-format.ts';

type State = 'yes' | 'no' | 'unknown';
type Test = NonNullable<Step['detail']['test']>;

/** How a truth value came out; none reads as no. */
export function stateOf({ result }: Step): State {
  if (result.kind === 'unknown') return 'unknown';
  return result.kind === 'known' && result.value === true ? 'yes' : 'no';
}

const OPPOSITE: Readonly<Record<Test, Test>> = { '=': '!=', '!=': '=', '<': '>=', '<=': '>', '>': '<=', '>=': '<' };

/** A truth value as a sentence about what is, not about what was asked: a failed `not above` says `above`, and by how much. */
export class Sentences extends Phrases {
  readonly #sentences = new Map<Step, string>();

  sentence(step: Step): string {
    const found = this.#sentences.get(step) ?? this.#said(step);
    this.#sentences.set(step, found);
    return found;
  }

  #said(step: Step): string {
    const inner = this.#inner(step);
    return step.origin && step.op !== 'constant' && inner !== undefined ? this.say(`named.${stateOf(step)}`, { name: this.words.origin(step.origin.kind, step.origin.id), because: inner }) : (inner ?? this.#plain(step));
  }

  /** A fact, or a value that nothing but its name and truth can be said of. */
  #plain(step: Step): string {
    const name = this.name(step);
    if (name === undefined) return this.say(stateOf(step) === 'yes' ? 'truth.constant.yes' : 'truth.constant.no');
    return this.say(`fact.${step.result.kind === 'none' ? 'none' : stateOf(step)}`, { name });
  }

  #inner(step: Step): string | undefined {
    const [only] = this.parts(step);
    switch (step.op) {
      case 'and': case 'or': return this.#logic(step);
      case 'not': return only && this.sentence(only);
      case 'compare': return this.#compare(step);
      case 'one-of': return only && this.#oneOf(step, only);
      case 'has': return only && this.say(`has.${stateOf(step)}`, { of: this.name(only) ?? this.how(only) });
      case 'entitled': return this.say(`entitled.${stateOf(step)}`, { service: this.words.service(step.detail.service ?? '') });
      case 'through': return only && only.type.kind === 'boolean' && this.name(only) === undefined ? this.sentence(only) : undefined;
      case 'if': return this.parts(step).map((part) => this.sentence(part)).join(this.say('list.and'));
      case 'fold': return this.#fold(step);
      case 'call': return step.detail.test === undefined ? this.say(`called.${step.result.kind === 'none' ? 'none' : stateOf(step)}`, { of: this.how(step) }) : this.#compare(step);
      default: return undefined;
    }
  }

  #logic(step: Step): string {
    const state = stateOf(step);
    const parts = this.parts(step).filter((part) => state !== 'unknown' || stateOf(part) === 'unknown');
    return parts.map((part) => this.sentence(part)).join(this.say(state === 'no' && step.op === 'or' ? 'list.or' : 'list.and'));
  }

  #compare(step: Step): string | undefined {
    const [left, right] = this.parts(step);
    const { test } = step.detail;
    if (!left || !right || test === undefined) return undefined;
    const sides = { left: this.#side(left, right), right: this.#side(right, left) };
    if (left.result.kind === 'none' || right.result.kind === 'none' || step.result.kind === 'none') return this.say('compare.none', sides);
    if (left.result.kind !== 'known' || right.result.kind !== 'known') return this.say('compare.unknown', sides);
    return this.#known(step, stateOf(step) === 'yes' ? test : OPPOSITE[test], left, right, sides);
  }

  /** A side of a comparison; a bare number is counted in the unit of the other side. */
  #side(step: Step, other: Step): string {
    const { type, result } = step;
    if (step.op !== 'constant' || step.origin || type.kind !== 'number' || other.type.kind !== 'number' || result.kind !== 'known') return this.phrase(step);
    return this.say('phrase.bare', { value: this.amount(Number(result.value), type.scale, type.unit ?? other.type.unit) });
  }

  /** Two known values; where numbers were to be ordered and are not, by how much. */
  #known(step: Step, held: Test, left: Step, right: Step, sides: { readonly left: string; readonly right: string }): string {
    if (left.type.kind !== 'number' && left.type.kind !== 'date') return this.#uncounted(left, held, sides);
    const sentence = this.say(`compare.${left.type.kind}.${held}`, sides);
    if (left.type.kind !== 'number' || stateOf(step) === 'yes' || left.result.kind !== 'known' || right.result.kind !== 'known') return sentence;
    const off = Math.abs(Number(left.result.value) - Number(right.result.value));
    const unit = left.type.unit ?? (right.type.kind === 'number' ? right.type.unit : undefined);
    return off === 0 ? sentence : this.say('compare.off', { sentence, difference: this.amount(off, left.type.scale, unit) });
  }

  /** Two values that are no numbers or dates; only forms put these in an order. */
  #uncounted({ type }: Step, held: Test, sides: { readonly left: string; readonly right: string }): string {
    if (held === '=' || held === '!=') return this.say(held === '=' ? 'compare.same' : 'compare.different', sides);
    return this.say(type.kind === 'months' || type.kind === 'duration' ? `compare.duration.${held}` : `compare.wide.${held}`, sides);
  }

  #oneOf(step: Step, of: Step): string {
    const items = (step.detail.values ?? []).map((value) => this.constant(of.type, value)).join(this.say('list.items'));
    const [name, state] = [this.name(of), stateOf(step)];
    // A name beside the label of a code is no sentence.
    if (name !== undefined && of.type.kind === 'code' && of.result.kind === 'known' && state !== 'unknown' && items !== '') return this.say(`one-of.${state}.code`, { name, value: this.value(of), items });
    return this.say(`one-of.${state}`, { of: this.phrase(of), items: items === '' ? this.say('one-of.nothing') : items });
  }

  #fold(step: Step): string | undefined {
    const { fold, link } = step.detail;
    if (fold !== 'some' && fold !== 'every') return undefined;
    const because = this.parts(step, 'value').map((part) => this.sentence(part))[0] ?? '';
    return this.say(`${fold}.${stateOf(step)}`, { link: this.words.link(link ?? ''), because });
  }
}
