import { z } from 'zod';
import type { Vault } from '#adapters/store/index.ts';

/*
 * Test principals, until people sign in: a bearer token is the claims of a principal sealed with the key of the store,
 * so that nobody without that key makes one. It says who; what they may see is decided elsewhere.
 */

/** Whom a token speaks for. What a person may see follows from the population, so a token holds their key alone. */
const bearer = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('person'), key: z.string().min(1) }),
  z.strictObject({ kind: z.literal('staff'), id: z.string().min(1), department: z.string(), areas: z.array(z.string()), roles: z.array(z.string()) }),
]);
export type Bearer = z.infer<typeof bearer>;

const claims = z.strictObject({ bearer, until: z.string() });

/** What a token is sealed for; nothing else of the store opens as a token. */
const PLACE = 'test-principal';
const PREFIX = 'mst1.';

/** A token for a principal, good until an instant (ISO 8601, UTC). */
export function tokenOf(vault: Vault, who: Bearer, until: string): string {
  const sealed = vault.seal(new TextEncoder().encode(JSON.stringify({ bearer: who, until } satisfies z.infer<typeof claims>)), PLACE);
  return `${PREFIX}${Buffer.from(sealed).toString('base64url')}`;
}

/** Whom a token speaks for now; undefined where it is none, was made with another key, or is past its time. */
export function bearerOf(vault: Vault, token: string, now: string): Bearer | undefined {
  if (!token.startsWith(PREFIX)) return undefined;
  try {
    const opened = new TextDecoder().decode(vault.open(new Uint8Array(Buffer.from(token.slice(PREFIX.length), 'base64url')), PLACE));
    const found = claims.parse(JSON.parse(opened));
    return now < found.until ? found.bearer : undefined;
  } catch {
    // Whatever was sent as a token: altered, cut off, of another city.
    return undefined;
  }
}

/** `person:KEY`, or `staff:ID:DEPARTMENT` with `:AREA,AREA` where they do not have the whole city: a case officer. Undefined where it is neither. */
export function parseBearer(text: string): Bearer | undefined {
  const [kind, id = '', department = '', areas = '', ...rest] = text.split(':');
  if (id === '') return undefined;
  if (kind === 'person') return { kind, key: text.slice('person:'.length) };
  if (kind !== 'staff' || department === '' || rest.length > 0) return undefined;
  return { kind, id, department, areas: areas.split(',').filter((area) => area !== ''), roles: ['case-officer'] };
}
