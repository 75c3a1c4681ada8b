import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { evaluate as feelin } from 'feelin';
import { z } from 'zod';
import type { Snapshot } from '#engine/population/index.ts';
import { LANE } from '#engine/rules/index.ts';
import { cacheFolder } from './population.ts';
import { CARE, DISABLED, STANDARDS, WAGES } from './rules-mix.ts';
import { LAW_ON } from './world.ts';

/*
 * Engines that work out one text for one person at a time. They get what the household adds up to for nothing, and no
 * unknown; their seconds for everybody are extrapolated from some thousands.
 */

const ZEN = '@gorules/zen-engine@0.54.0';

/** The facts of one person with what the household adds up to, under names that every engine takes. */
export type Facts = Readonly<Record<string, number | boolean>>;

/** So many people of a snapshot without gaps. */
export function someFacts(snapshot: Snapshot, count: number): readonly Facts[] {
  const at = (fact: string, row: number): number => snapshot.columns.get(fact)?.[row] ?? 0;
  const starts = snapshot.links.get('living')?.starts ?? new Int32Array(1);
  const found: Facts[] = [];
  for (let home = 0; home + 1 < starts.length && found.length < count; home++) {
    const [first, end] = [starts[home] ?? 0, starts[home + 1] ?? 0];
    let total = 0;
    for (let row = first; row < end; row++) total += at('income', row);
    const county = at('county', home);
    const urban = at('urban', home) === 1;
    for (let row = first; row < end; row++) {
      found.push({
        standard: (urban ? STANDARDS.urban : STANDARDS.rural)[county] ?? 0, perhead: Math.floor((2 * total + end - first) / (2 * (end - first))), urban, wage: WAGES[county] ?? 0, care: CARE[county] ?? 0,
        age: Math.floor((LAW_ON - at('birth', row)) / 10_000), registered: at('registered', row) === 1, assets: at('assets', row), minimum: at('receives-minimum', row) === 1,
        kind: at('disability-kind', row) > LANE.int8.none ? at('disability-kind', row) : -1, level: at('disability-level', row) > LANE.int8.none ? at('disability-level', row) : -1, subsidy: DISABLED[at('disability-level', row)] ?? 0,
        enrolled: at('enrolled', row) === 1, education: at('education', row), insured: at('insured', row) === 1, cost: at('medical-cost', row), unemployed: at('unemployed', row) === 1, paid: at('paid-months', row), since: at('unemployed-months', row),
        veteran: at('veteran', row), service: at('service-years', row),
      });
    }
  }
  return found;
}

/** The ten rules as conditions with amounts, in the words that FEEL and zen share. */
const RULES: readonly (readonly [condition: string, amount: string])[] = [
  ['registered and perhead < standard and assets <= 6000000', 'standard - perhead'],
  ['registered and perhead * 10 <= standard * 15 and minimum = false', '0'],
  ['registered and age >= 80', '10000'],
  ['registered and kind >= 0 and (level = 0 or level = 1 or level = 2 and (kind = 4 or kind = 5)) and perhead * 10 <= standard * 20', 'subsidy'],
  ['registered and (level = 0 or level = 1)', 'care'],
  ['age < 16 and perhead * 10 <= standard * 20', 'floor((standard * 12 + 10) / 20)'],
  ['enrolled and (education = 2 or education = 3) and urban = false', '11000'],
  ['insured and cost > 500000 and perhead * 10 <= standard * 15', 'floor(((cost - 500000) * 14 + 10) / 20)'],
  ['unemployed and paid >= 12 and since <= 24 and age < 60', 'floor((wage * 16 + 10) / 20)'],
  ['veteran = 1 or veteran = 3', 'service * 4500'],
];

/** Decides some people by feelin; it reads each text anew every time. */
export function byFeelin(people: readonly Facts[]): void {
  for (const facts of people) for (const [condition, amount] of RULES) feelin(`if ${condition} then ${amount} else null`, facts);
}

/** Which of the ten feelin grants to one person. */
export function feelinGrants(facts: Facts): readonly boolean[] {
  return RULES.map(([condition]) => feelin(condition, facts).value === true);
}

const SYNC = z.object({ evaluateExpressionSync: z.custom<(text: string, facts: unknown) => unknown>((value) => typeof value === 'function') });

const texts = RULES.map(([condition, amount]) => `(${condition.replaceAll(/(?<![<>!])=/g, '==')}) ? ${amount} : null`);

/** zen-engine, which is fetched once; the reason as a text where it cannot be had. */
async function zen(): Promise<unknown> {
  const folder = join(cacheFolder(), 'peers');
  if (!existsSync(join(folder, 'node_modules', '@gorules'))) await promisify(execFile)('npm', ['install', '--prefix', folder, '--no-audit', '--no-fund', ZEN], { timeout: 300_000 });
  return createRequire(join(folder, 'package.json'))('@gorules/zen-engine');
}

const missing = (error: unknown): string => `${ZEN}: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`;

/** What decides some people by zen-engine, text after text; the reason as a text where it cannot be had. */
export async function zenEngine(): Promise<((people: readonly Facts[]) => void) | string> {
  try {
    const { evaluateExpressionSync } = SYNC.parse(await zen());
    return (people) => {
      for (const facts of people) for (const text of texts) evaluateExpressionSync(text, facts);
    };
  } catch (error) {
    return missing(error);
  }
}

interface ZenDecision {
  readonly evaluate: (facts: Facts, options: { readonly trace: boolean }) => Promise<unknown>;
}
const ENGINE = z.object({ ZenEngine: z.custom<new () => { readonly createDecision: (content: unknown) => ZenDecision }>((value) => typeof value === 'function') });

/** The same with the ten texts as one decision of zen-engine that gives its trace. */
export async function zenTracing(): Promise<((people: readonly Facts[]) => Promise<void>) | string> {
  try {
    const { ZenEngine } = ENGINE.parse(await zen());
    const position = { x: 0, y: 0 };
    const expressions = texts.map((value, at) => ({ id: `r${at}`, key: `r${at}`, value }));
    const decision = new ZenEngine().createDecision({
      nodes: [{ id: 'in', type: 'inputNode', name: 'in', position }, { id: 'rules', type: 'expressionNode', name: 'rules', position, content: { expressions } }, { id: 'out', type: 'outputNode', name: 'out', position }],
      edges: [{ id: '1', sourceId: 'in', targetId: 'rules', type: 'edge' }, { id: '2', sourceId: 'rules', targetId: 'out', type: 'edge' }],
    });
    return async (people) => {
      for (const facts of people) await decision.evaluate(facts, { trace: true });
    };
  } catch (error) {
    return missing(error);
  }
}
