import { LANE, laneOf, newColumn } from '#engine/rules/index.ts';
import type { Column, FactColumn, Lane } from '#engine/rules/index.ts';
import { dateOfDay, dayNumberOf } from './day.ts';
import { Dice, Quota } from './dice.ts';
import { compileDraw } from './draw.ts';
import type { Draw } from './draw.ts';
import { ModelFault } from './model.ts';
import type { SpellModel } from './model.ts';
import type { Drawn, Sheet } from './sheet.ts';
import { compileWhen } from './test.ts';
import type { Passes } from './test.ts';
import { ratio } from './value.ts';

/** The spells of one kind that the people of a block have: how many each, and their facts in the order of their owners. */
export interface DrawnSpells {
  readonly counts: Int32Array;
  readonly rows: number;
  readonly columns: ReadonlyMap<string, Column>;
}

export interface SpellStep {
  readonly link: string;
  readonly run: (people: number) => DrawnSpells;
}

/** Each kind of spells that a model draws. */
export function spellSteps(models: readonly SpellModel[], sheet: Sheet, seed: number, on: number): readonly SpellStep[] {
  return [...new Set(models.map(({ link }) => link))].map((link) => {
    const found = sheet.schema.links.get(link);
    if (found?.kind !== 'spells' || found.from !== sheet.person) throw new ModelFault(`spells ${link}`, 'are no spells of people');
    const facts = [...sheet.schema.facts.values()].flatMap((fact): Kept[] => {
      const lane = fact.entity === link ? laneOf(fact.type, fact.type.kind === 'code' ? sheet.schema.codeLists.get(fact.type.list)?.codes.length : 0) : undefined;
      return lane ? [{ fact, lane, values: [] }] : [];
    });
    const entries = models.filter((model) => model.link === link).map((model, at) => entryOf(model, facts, { sheet, seed, on, where: `spells ${link} ${at + 1}` }));
    return { link, run: (people) => drawn(people, facts, entries, link, on) };
  });
}

/** A column of spells while they are drawn: nobody knows before how many there will be. */
interface Kept {
  readonly fact: FactColumn;
  readonly lane: Lane;
  readonly values: number[];
}

interface Entry {
  readonly passes: Passes;
  /** By the place of a fact, what draws it; a fact without one is what absence means. */
  readonly draws: readonly (Draw | undefined)[];
  readonly items: readonly { readonly quota: Quota; readonly code: number; readonly days: number }[];
  readonly share: number;
  /** The place of the fact that says which item it was; -1 where there is none. */
  readonly item: number;
}

function entryOf(model: SpellModel, facts: readonly Kept[], { sheet, seed, on, where }: { readonly sheet: Sheet; readonly seed: number; readonly on: number; readonly where: string }): Entry {
  const placeOf = (name: string): number => {
    const at = facts.findIndex(({ fact }) => fact.id === name || fact.name === name);
    if (at < 0) throw new ModelFault(where, `${name} is no fact of them`);
    return at;
  };
  const labelsOf = ({ type }: FactColumn): readonly string[] => (type.kind === 'code' ? (sheet.schema.codeLists.get(type.list)?.labels ?? []) : []);
  const draws: (Draw | undefined)[] = facts.map(() => undefined);
  for (const [name, draw] of Object.entries(model.facts)) {
    const at = placeOf(name);
    const kept = facts[at];
    if (!kept) continue;
    // Drawn from the row of the person: what the case asks is asked of whoever has the spell.
    const drawn: Drawn = { name, entity: sheet.person, type: kept.fact.type, fact: kept.fact, lane: kept.lane, labels: labelsOf(kept.fact), column: newColumn(kept.lane, 0) };
    draws[at] = compileDraw({ sheet, drawn, dice: new Dice(seed, `${where} ${name}`), on, where }, draw);
  }
  const item = model.items ? placeOf(`${model.link}.item`) : -1;
  const labels = facts[item] ? labelsOf(facts[item].fact) : [];
  const items = (model.items?.of ?? [{ item: '', days: 0 }]).map(({ item: id, days }) => {
    const code = labels.indexOf(`${model.items?.schedule ?? ''}/${id}`);
    if (model.items && code < 0) throw new ModelFault(where, `${id} is no item of ${model.items.schedule}`);
    return { quota: new Quota(new Dice(seed, `${where} ${id}`)), code, days };
  });
  return { passes: compileWhen(sheet, model.when ?? {}, sheet.person, where), draws, items, item, share: model.share ? ratio(model.share) / 100 : 1 };
}

function drawn(people: number, facts: readonly Kept[], entries: readonly Entry[], link: string, on: number): DrawnSpells {
  const counts = new Int32Array(people);
  const begins = facts.findIndex(({ fact }) => fact.id === `${link}.from`);
  for (const { values } of facts) values.length = 0;
  for (let person = 0; person < people; person++) {
    for (const { passes, draws, items, item, share } of entries) {
      if (!passes(person)) continue;
      for (const { quota, code, days } of items) {
        if (!quota.hit(share)) continue;
        const spell = facts.map((kept, at) => (at === item ? code : later(kept, draws[at]?.(person), days)));
        const begin = spell[begins] ?? 0;
        if (begin <= LANE.int32.none || begin > on) continue;
        for (const [at, { values }] of facts.entries()) values.push(spell[at] ?? 0);
        counts[person] = (counts[person] ?? 0) + 1;
      }
    }
  }
  const rows = facts[0]?.values.length ?? 0;
  return { counts, rows, columns: new Map(facts.map(({ fact, lane, values }) => { const column = newColumn(lane, rows); column.set(values); return [fact.id, column] as const; })) };
}

/** A drawn value, a day so many days later; what nobody draws is none where it may be, else not known. */
function later({ fact, lane }: Kept, value: number | undefined, days: number): number {
  if (value === undefined) return fact.nonable ? LANE[lane].none : LANE[lane].unknown;
  return fact.type.kind === 'date' && days !== 0 && value > LANE[lane].none ? dateOfDay(dayNumberOf(value) + days) : value;
}
