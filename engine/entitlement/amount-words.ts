import { render, say } from '#engine/kernel/index.ts';
import type { LocalText, Locale } from '#engine/kernel/index.ts';
import type { Pack } from '#engine/pack/index.ts';
import { parseRule } from '#engine/rules/index.ts';
import type { Ast, Sign, Test, UnaryTest } from '#engine/rules/index.ts';
import { ENTITLEMENT_MESSAGES } from './messages.ts';

/** How an amount is worked out, as an official would say it; undefined where the rule says more than there are words for. */
export function amountWords(pack: Pack, rule: string, locale: Locale): string | undefined {
  const { value } = parseRule(rule);
  const words = new AmountWords(labelsOf(pack, locale), locale);
  return value && words.whole(value);
}

function labelsOf({ parameters, definitions, facts, tables }: Pack, locale: Locale): ReadonlyMap<string, string> {
  const named: readonly { readonly name: string; readonly label: LocalText }[] = [...facts.values(), ...parameters.values(), ...definitions, ...tables.values()];
  return new Map(named.map(({ name, label }) => [name, say(label, locale)]));
}

const SIGNS: Readonly<Partial<Record<Sign, string>>> = { '+': '+', '-': '−', '*': '×', '/': '÷' };
const TESTS = { '=': 'is', '!=': 'is-not', '<': 'below', '<=': 'at-most', '>': 'above', '>=': 'at-least' } as const satisfies Record<Test, string>;

/** What a part of a rule is in words. A part for which there are none makes the whole have none. */
class AmountWords {
  readonly #labels: ReadonlyMap<string, string>;
  readonly #locale: Locale;

  constructor(labels: ReadonlyMap<string, string>, locale: Locale) {
    this.#labels = labels;
    this.#locale = locale;
  }

  whole(ast: Ast): string | undefined {
    return ast.kind === 'call' && isRounding(ast) ? this.#say('amount.rounded', { of: this.#words(ast.of[0]) }) : this.#words(ast);
  }

  #say(key: string, data: Readonly<Record<string, string | undefined>> = {}): string | undefined {
    const full = Object.entries(data).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
    return full.length === Object.keys(data).length ? render(ENTITLEMENT_MESSAGES[this.#locale], key, Object.fromEntries(full)) : undefined;
  }

  #words(ast: Ast | undefined): string | undefined {
    switch (ast?.kind) {
      case 'number': return ast.digits;
      case 'text': return this.#say('amount.quoted', { text: ast.value });
      case 'name': return this.#labels.get(ast.name) ?? ast.name;
      case 'arithmetic': return this.#arithmetic(ast);
      case 'call': return this.#call(ast);
      case 'if': return this.#chain(ast);
      case 'compare': return this.#say(`amount.${TESTS[ast.test]}`, { left: this.#words(ast.left), right: this.#words(ast.right) });
      case 'in': return this.#say('amount.is', { left: this.#words(ast.of), right: this.#list(ast.tests.map((test) => this.#test(test)), 'amount.or') });
      case 'and': case 'or': return this.#list(ast.of.map((one) => this.#words(one)), `amount.${ast.kind}`);
      default: return undefined;
    }
  }

  #test(test: UnaryTest): string | undefined {
    return test.kind === 'is' ? this.#words(test.value) : undefined;
  }

  #list(items: readonly (string | undefined)[], join: string): string | undefined {
    const said = items.flatMap((one) => one ?? []);
    return said.length === items.length && said.length > 0 ? said.join(this.#say(join)) : undefined;
  }

  /** What is added within what is multiplied stands in brackets. */
  #arithmetic({ sign, left, right }: Extract<Ast, { kind: 'arithmetic' }>): string | undefined {
    const mark = SIGNS[sign];
    const side = (ast: Ast, isLast: boolean): string | undefined => {
      const isLoose = ast.kind === 'if' || (ast.kind === 'arithmetic' && (sign === '*' || sign === '/' ? ast.sign === '+' || ast.sign === '-' || isLast : sign === '-' && isLast));
      return isLoose ? this.#say('amount.brackets', { of: this.#words(ast) }) : this.#words(ast);
    };
    return mark === undefined ? undefined : this.#say('amount.sum', { left: side(left, false), sign: mark, right: side(right, true) });
  }

  #call(ast: Extract<Ast, { kind: 'call' }>): string | undefined {
    const { name, of } = ast;
    if (isRounding(ast)) return this.#say('amount.brackets', { of: this.whole(ast) });
    const items = of.map((one) => this.#words(one));
    switch (name) {
      case 'max': case 'min': {
        const [zero] = of.filter(isZero);
        const [other, ...more] = of.filter((one) => one !== zero);
        if (name === 'max' && zero && other && more.length === 0) return this.#say('amount.not-below', { of: this.#words(other) });
        return this.#say(`amount.${name}`, { items: this.#list(items, 'amount.both') });
      }
      case 'has': return this.#say('amount.has', { of: items[0] });
      case 'not': return this.#say('amount.not', { of: items[0] });
      case 'full years between': return this.#say('amount.years', { from: items[0], to: items[1] });
      default: return this.#say('amount.by', { name: this.#labels.get(name) ?? name, items: this.#list(items, 'amount.both') });
    }
  }

  /** Of one condition after another the first that holds decides. */
  #chain(ast: Extract<Ast, { kind: 'if' }>): string | undefined {
    const cases: (string | undefined)[] = [];
    let rest: Ast = ast;
    for (; rest.kind === 'if'; rest = rest.no) cases.push(this.#say('amount.case', { condition: this.#words(rest.condition), amount: this.#words(rest.yes) }));
    return this.#list([...cases, this.#say('amount.else', { amount: isZero(rest) ? this.#say('amount.nothing') : this.#say('amount.otherwise', { amount: this.#words(rest) }) })], 'amount.cases');
  }
}

const isRounding = ({ name }: Extract<Ast, { kind: 'call' }>): boolean => name === 'round half up';
const isZero = (ast: Ast): boolean => ast.kind === 'number' && Number(ast.digits) === 0;
