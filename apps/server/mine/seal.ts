import type { Vault } from '#adapters/store/index.ts';
import type { Mine } from '#engine/mine/index.ts';

const placeOf = (page: string): string => `typed\n${page}`;

/** What was typed, sealed for the page it was typed on. */
export function seals(vault: Vault): Pick<Mine, 'keep' | 'kept'> {
  return {
    keep: (typed, page) => Buffer.from(vault.seal(new TextEncoder().encode(typed), placeOf(page))).toString('base64url'),
    kept: (sealed, page) => {
      try {
        return new TextDecoder().decode(vault.open(new Uint8Array(Buffer.from(sealed, 'base64url')), placeOf(page)));
      } catch {
        // Whatever stood in the address: cut off, altered, of another page or city.
        return undefined;
      }
    },
  };
}
