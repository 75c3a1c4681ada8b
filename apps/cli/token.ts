import { hoursAfter, systemClock, systemRandom } from '#adapters/clock/index.ts';
import { openVault } from '#adapters/store/index.ts';
import { readSettings } from '#apps/server/settings.ts';
import type { Settings } from '#apps/server/settings.ts';
import { parseBearer, tokenOf } from '#apps/server/token.ts';
import type { Bearer } from '#apps/server/token.ts';
import type { Call, Command } from './command.ts';
import { EXIT } from './exit.ts';
import type { Exit } from './exit.ts';
import { refuse } from './refusal.ts';

const USUAL_HOURS = 24;
const MOST_HOURS = 24 * 30;

/** Prints a token with which a test principal asks the API, until people sign in. */
export const tokenCommand: Command = {
  name: 'token',
  takes: [],
  options: { as: { type: 'string' }, hours: { type: 'string' }, data: { type: 'string' } },
  run: async (call) => {
    const { terminal, env, option } = call;
    const text = option('hours') ?? String(USUAL_HOURS);
    const hours = /^\d{1,4}$/.test(text) ? Number(text) : 0;
    if (hours < 1 || hours > MOST_HOURS) return terminal.refuse(EXIT.usage, 'whole-invalid', { option: '--hours', value: text, most: MOST_HOURS });
    const settings = readSettings(env, { data: option('data') });
    if ('kind' in settings) return refuse(terminal, settings);
    const bearer = testPrincipal(call, settings);
    if (typeof bearer === 'number') return bearer;
    const until = hoursAfter(systemClock().now(), hours);
    const token = testToken(call, settings, bearer, until);
    if (typeof token === 'number') return token;
    terminal.result({ token, as: bearer, until }, () => terminal.print(token));
    return EXIT.ok;
  },
};

/** The principal that `--as` names; an exit code where it is refused, which has been told. */
export function testPrincipal({ terminal, option }: Call, settings: Settings): Bearer | Exit {
  if (!settings.testPrincipals) return terminal.refuse(EXIT.usage, 'test-principals-off');
  return parseBearer(option('as') ?? '') ?? terminal.refuse(EXIT.usage, 'principal-invalid', { value: option('as') ?? '' });
}

/** A token of a test principal, sealed with the key of the store; an exit code where there is none, which has been told. */
export function testToken({ terminal }: Call, settings: Settings, bearer: Bearer, until: string): string | Exit {
  const opening = openVault({ ...settings, file: settings.mode === 'demo' ? 'read' : 'none' }, systemRandom);
  return opening.kind === 'vault' ? tokenOf(opening.vault, bearer, until) : refuse(terminal, opening.refusal);
}
