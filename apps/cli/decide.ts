import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { systemClock } from '#adapters/clock/index.ts';
import type { entitlementsReply } from '#apps/server/api/schemas.ts';
import { readPack } from '#apps/server/read-pack.ts';
import { packFolder } from '#apps/server/settings.ts';
import { decideOne, describeRefused, GROUPS, plainEntitlements, readDescribed, whenItChanges } from '#engine/entitlement/index.ts';
import type { Described } from '#engine/entitlement/index.ts';
import { parseDate } from '#engine/kernel/index.ts';
import type { Call, Command } from './command.ts';
import { EXIT } from './exit.ts';
import type { Exit } from './exit.ts';
import { refuse } from './refusal.ts';

const described = z.strictObject({ facts: z.record(z.string(), z.unknown()), others: z.record(z.string(), z.unknown()).optional(), receives: z.array(z.string()).optional() });

/** Decides for a described person, as the pages and the API do. */
export const decideCommand: Command = {
  name: 'decide',
  takes: [],
  options: { facts: { type: 'string' }, 'as-of': { type: 'string' }, pack: { type: 'string' }, trace: { type: 'boolean' } },
  run: async ({ terminal, env, option, flag }) => {
    const file = option('facts');
    if (file === undefined) return terminal.refuse(EXIT.usage, 'facts-missing');
    const reading = readPack(packFolder(env, option('pack')));
    if (reading.kind !== 'pack') return refuse(terminal, reading);
    const asOf = option('as-of');
    const day = asOf === undefined ? systemClock(undefined).today(reading.pack.plan.calendar.zone) : parseDate(asOf);
    if (day === undefined) return terminal.refuse(EXIT.usage, 'day-invalid', { value: asOf ?? '' });
    const situation = readSituation(file);
    if ('problem' in situation) return terminal.refuse(EXIT.usage, 'facts-unreadable', { file, problem: situation.problem });
    const read = readDescribed(reading.linked.rules, situation);
    if (read.kind === 'refused') return terminal.refuse(EXIT.usage, 'facts-refused', { problem: read.refused.map((one) => describeRefused(one, terminal.locale)).join('\n') });
    const { rules } = reading.linked;
    const found = plainEntitlements(reading.linked, decideOne(rules, read.told, Number(day.replaceAll('-', ''))), { locale: terminal.locale, withTrace: flag('trace'), changeOf: (one) => whenItChanges(rules, read.told, one) });
    return printEntitlements(terminal, found);
  },
};

function readSituation(file: string): Described | { readonly problem: string } {
  try {
    return described.parse(JSON.parse(readFileSync(resolve(file), 'utf8')));
  } catch (error) {
    return { problem: error instanceof z.ZodError ? z.prettifyError(error) : error instanceof Error ? error.message : '' };
  }
}

/** What somebody is entitled to, service by service, or the whole as JSON. */
export function printEntitlements(terminal: Call['terminal'], found: z.input<typeof entitlementsReply>): Exit {
  terminal.result(found, () => {
    for (const group of GROUPS) {
      const services = found.services.filter((one) => one.group === group);
      if (services.length > 0) terminal.print(terminal.word('decide.group', { group: terminal.word(`decide.group.${group}`), count: services.length }));
      for (const { name, answer, demo, change } of services) terminal.print(`  ${terminal.word('decide.line', { name: name[terminal.locale], answer })}${demo ? ` ${terminal.word('decide.demo')}` : ''}${change ? ` ${change.says}` : ''}`);
    }
    if (found.beyond.length > 0) terminal.print(terminal.word('decide.beyond', { names: found.beyond.join(', ') }));
  });
  return EXIT.ok;
}
