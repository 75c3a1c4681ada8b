import { render } from '#engine/kernel/index.ts';
import type { Locale, Messages } from '#engine/kernel/index.ts';
import { partsOfDate } from './calendar.ts';
import { calledKey } from './called.ts';
import en from './messages/en.json' with { type: 'json' };
import zh from './messages/zh.json' with { type: 'json' };
import type { Step, Trace } from './trace-format.ts';
import { bareNumeral, numeral } from './words.ts';
import type { Words } from './words.ts';

/** The sentence templates of explanations, by language. */
export const EXPLANATION_MESSAGES: Readonly<Record<Locale, Messages>> = { zh, en };

const DAY_UNITS = { Y: 'years', M: 'months', D: 'days' } as const;
const CLOCK_UNITS = { H: 'hours', M: 'minutes', S: 'seconds' } as const;

/** How values are called, from the steps of traces about one thing and the words of the vocabulary. What was said of a step is kept. */
export class Phrases {
  readonly steps: Trace['steps'];
  readonly subject: Trace['subject'];
  readonly words: Words;
  readonly #phrases = new Map<Step, string>();

  constructor({ steps, subject }: Pick<Trace, 'steps' | 'subject'>, words: Words) {
    this.steps = steps;
    this.subject = subject;
    this.words = words;
  }

  say(key: string, data: Readonly<Record<string, string | number>> = {}): string {
    return render(EXPLANATION_MESSAGES[this.words.locale], key, data);
  }

  step(at: number): Step {
    const step = this.steps[at];
    if (!step) throw new RangeError(`the trace has no step ${String(at)}`);
    return step;
  }

  /** The operands of a step that stand in one role, or all. */
  parts(step: Step, as?: Step['of'][number]['as']): readonly Step[] {
    const wanted = as === undefined ? step.of : step.of.filter((part) => part.as === as);
    return wanted.map((part) => this.step(part.step));
  }

  /** Only the value of a step: `1,755 yuan`, `1 March 2026`, a code's label. */
  value({ type, result }: Step): string {
    return result.kind === 'known' ? this.constant(type, result.value) : '';
  }

  constant(type: Step['type'], value: number | boolean | string): string {
    switch (type.kind) {
      case 'boolean': return this.say(value === true ? 'truth.yes' : 'truth.no');
      case 'date': return this.date(Number(value));
      case 'code': return this.words.code(type.list, String(value));
      case 'months': case 'duration': return this.duration(String(value));
      case 'text': case 'time': case 'moment': case 'list': case 'context': return String(value);
      case 'number': return this.amount(Number(value), type.scale, type.unit);
      default: return type satisfies never;
    }
  }

  amount(units: number, scale: number, unit: string | undefined): string {
    const word = unit === undefined ? undefined : this.words.unit(unit);
    return word === undefined ? bareNumeral(units, scale) : this.say('number', { number: numeral(units, scale), unit: word });
  }

  /** `P1Y2M` as `1 year 2 months`; what is no duration as it is. */
  duration(text: string): string {
    const [, back, days = '', time = ''] = /^(-?)P([^T]*)T?(.*)$/.exec(text) ?? [];
    const words = (of: string, units: Readonly<Record<string, string>>): readonly string[] => [...of.matchAll(/([\d.]+)([A-Z])/g)].map(([, count = '', unit = '']) => this.say(`duration.${units[unit] ?? ''}`, { count }));
    const parts = [...words(days, DAY_UNITS), ...words(time, CLOCK_UNITS)];
    const said = parts.length === 0 ? text : parts.reduceRight((rest, first) => this.say('duration.join', { first, rest }));
    return back === '-' ? this.say('duration.back', { duration: said }) : said;
  }

  date(date: number): string {
    const { year, month, day } = partsOfDate(date);
    return this.say('date', { year, month: this.say(`month.${String(month)}`), day });
  }

  /** What the vocabulary calls a step, where it has a name there. A household's value read by its member keeps its name. */
  name(step: Step): string | undefined {
    if (step.origin) return this.words.origin(step.origin.kind, step.origin.id);
    if (step.detail.fact !== undefined) return this.ofThing(step, this.words.fact(step.detail.fact));
    const [inner] = step.op === 'through' || step.op === 'rescale' ? this.parts(step, 'of') : [];
    return inner ? this.name(inner) : undefined;
  }

  /** A name with whose it is, where that is not the subject. */
  ofThing({ thing }: Step, name: string): string {
    const { subject } = this;
    if (!thing || (thing.entity === subject.entity && thing.place === subject.place)) return name;
    const called = this.words.thing(thing.entity, thing.place);
    return called === undefined ? name : this.say('phrase.of', { thing: called, name });
  }

  /** A step as it stands in a sentence: its name or how it was computed, with its value. */
  phrase(step: Step): string {
    const found = this.#phrases.get(step) ?? this.#phrase(step);
    this.#phrases.set(step, found);
    return found;
  }

  #phrase(step: Step): string {
    if ((step.op === 'constant' || step.detail.name === 'literal') && !step.origin) return this.value(step);
    if (step.op === 'part' && this.parts(step).every(isBare)) return this.say(`part.${step.detail.part ?? 'day'}`, { value: this.value(step) });
    const name = this.name(step);
    // What a condition chose is said with its value already.
    if (step.op === 'if' && name === undefined) return this.how(step);
    if (step.result.kind !== 'known') return this.say(`phrase.${step.result.kind}`, { name: name ?? this.how(step) });
    return name === undefined ? this.say('phrase.computed', { how: this.how(step), value: this.value(step) }) : this.say('phrase.named', { name, value: this.value(step) });
  }

  /** How a step without a name was computed, with the values that went in. */
  how(step: Step): string {
    const [first = '', second = ''] = this.parts(step).map((part) => this.phrase(part));
    const link = step.detail.link === undefined ? '' : this.words.link(step.detail.link);
    switch (step.op) {
      case 'multiply': return this.#product(step);
      case 'add': return this.#sum(step);
      case 'least': case 'greatest': return this.#extreme(step);
      case 'subtract': case 'divide': return this.say(`phrase.${step.op}`, { left: first, right: second });
      case 'part': return this.say(`phrase.part.${step.detail.part ?? 'day'}`, { of: first });
      case 'negate': case 'absolute': case 'lookup': return this.say(`phrase.${step.op}`, { of: first });
      case 'years-between': case 'months-between': case 'days-between': return this.say(`phrase.${step.op}`, { from: first, to: second });
      case 'covered-months': case 'longest-gap': return this.say(`phrase.${step.op}`, { from: first, to: second, link });
      case 'add-months': case 'add-days': case 'month-start': case 'month-end': case 'month-after': return this.#reckoned(step);
      case 'fold': return this.#folded(step, link);
      case 'through': case 'rescale': return this.parts(step, 'of').map((part) => this.how(part))[0] ?? link;
      case 'if': return this.parts(step).filter((_, at) => step.of[at]?.as !== 'condition').map((part) => this.phrase(part))[0] ?? '';
      case 'call': return this.#called(step, this.parts(step).map((part) => this.#operand(part)));
      case 'constant': return this.value(step);
      default: return this.say('phrase.value');
    }
  }

  /** `a year plus 60` where a plain number is added to one thing; else a sum. */
  #sum(step: Step): string {
    const parts = this.parts(step);
    const [other, ...more] = parts.filter((part) => !isBare(part));
    const [added, ...others] = parts.filter(isBare);
    if (other && added && more.length + others.length === 0) return this.say('phrase.plus', { of: this.phrase(other), added: this.value(added) });
    return this.say('phrase.add', { items: parts.map((part) => this.phrase(part)).join(this.say('list.items')) });
  }

  /** A day reckoned from another, however many steps lie between; by how much, where there is one step and it says so. */
  #reckoned(step: Step): string {
    const [from, by] = this.parts(step);
    const isChain = from !== undefined && RECKONED.has(from.op) && this.name(from) === undefined;
    if (!from || !by || isChain) return this.say('phrase.month', { of: this.#based(step) });
    const isPlain = isBare(by) && by.result.kind === 'known' && Number(by.result.value) > 0;
    return isPlain ? this.say(`phrase.later.${step.op}`, { of: this.phrase(from), count: this.value(by) }) : this.say('phrase.moved', { left: this.phrase(from), right: this.phrase(by) });
  }

  /** What a chain of reckoning begins with. */
  #based(step: Step): string {
    const [from] = this.parts(step);
    return from && RECKONED.has(step.op) && this.name(step) === undefined ? this.#based(from) : this.phrase(step);
  }

  /** A list is said by what is in it: how a loop made it would be as long as the loop. */
  #operand(part: Step): string {
    return part.type.kind === 'list' && part.result.kind === 'known' && part.origin === undefined ? this.value(part) : this.phrase(part);
  }

  /** What a function beyond services makes of its operands: in words, or by its name in rules where a trace is of another version. */
  #called(step: Step, items: readonly string[]): string {
    const { name = '', with: written = [] } = step.detail;
    const [first = '', second = '', third = ''] = items;
    const data = { name, with: written.filter((one) => one !== '').join(this.say('list.items')), items: items.join(this.say('list.items')), first, second, third };
    return this.say(calledKey(name) ?? 'phrase.call', data);
  }

  /** `the 1.5-fold of a standard` where a plain number multiplies one thing; else a product. */
  #product(step: Step): string {
    const parts = this.parts(step);
    const factor = parts.find((part) => part.op === 'constant' && !part.origin && part.type.kind === 'number' && part.type.unit === undefined);
    const [other, ...more] = parts.filter((part) => part !== factor);
    if (factor && other && more.length === 0) return this.say('phrase.times', { of: this.phrase(other), times: this.value(factor) });
    return this.say('phrase.multiply', { items: parts.map((part) => this.phrase(part)).join(this.say('list.items')) });
  }

  /** A bound that did not bind goes without saying: of the larger of a number and 1, the number. */
  #extreme(step: Step): string {
    const parts = this.parts(step);
    const [taken] = parts.filter((part) => !isBare(part) && part.result.kind === 'known' && step.result.kind === 'known' && part.result.value === step.result.value);
    if (taken && parts.every((part) => part === taken || isBare(part))) return this.name(taken) ?? this.how(taken);
    return this.say(`phrase.${step.op}`, { items: parts.map((part) => this.phrase(part)).join(this.say('list.items')) });
  }

  #folded(step: Step, link: string): string {
    const { fold } = step.detail;
    if (fold === undefined || fold === 'some' || fold === 'every') return this.say('phrase.value');
    const [value] = this.parts(step, 'value');
    const fact = value?.detail.fact;
    const of = fact === undefined ? ((value && this.name(value)) ?? this.say('phrase.value')) : this.words.fact(fact);
    return this.say(fold === 'count' && step.of.length === 0 ? 'phrase.fold.count.all' : `phrase.fold.${fold}`, { link, of });
  }
}

/** A number, a day … that stands in the rule itself, without a name. */
const isBare = (step: Step): boolean => step.op === 'constant' && !step.origin;

/** What makes a day of another. */
const RECKONED: ReadonlySet<Step['op']> = new Set(['add-months', 'add-days', 'month-start', 'month-end', 'month-after']);
