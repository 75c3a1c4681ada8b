import { createCipheriv, createDecipheriv, createHash, createHmac, createSecretKey, hkdfSync } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Random } from '#engine/ports.ts';

/** Seals and opens what is kept encrypted. */
export interface Vault {
  /** The bytes sealed for a place: they open only there. */
  readonly seal: (plain: Uint8Array, place: string) => Uint8Array;
  /** The bytes that were sealed for this place. A fault where they were altered, moved, or sealed with a key that is not here. */
  readonly open: (sealed: Uint8Array, place: string) => Uint8Array;
  /**
   * 32 bytes by which a text is found again where it is only kept sealed: the same for the same text and place, and without
   * the key not to be guessed by trying texts. Under the first key.
   */
  readonly index: (text: string, place: string) => Uint8Array;
  /** The same under every key, the first one first: what a text may be found by while keys are changed. */
  readonly indexes: (text: string, place: string) => readonly Uint8Array[];
  /** The first four bytes of what the first key seals: sealed bytes that begin otherwise are of an older key. */
  readonly mark: Uint8Array;
}

export type VaultRefusal =
  /** Not 64 hex digits; several keys are joined by commas. */
  | { readonly kind: 'key-invalid'; readonly where: string }
  | { readonly kind: 'key-missing' }
  /** What is sealed in the store was sealed with another key. */
  | { readonly kind: 'key-other' }
  | { readonly kind: 'folder-unwritable'; readonly folder: string; readonly problem: string };

export type VaultOpening = { readonly kind: 'vault'; readonly vault: Vault } | { readonly kind: 'refused'; readonly refusal: VaultRefusal };

const [MARK, NONCE, TAG] = [4, 12, 16];
const CIPHER = 'aes-256-gcm';

/** Where the keys of a city are. */
export interface KeyPlace {
  readonly folder: string;
  /** What MINSHENG_KEY says; it comes before the file. */
  readonly keys: string | undefined;
  /** The file `key` of the data folder, which only a demonstration has: made at its first start, else read, or not even looked at. */
  readonly file: 'make' | 'read' | 'none';
}

/** The vault of a city, or why there is none. The caller holds the lock of the folder. */
export function openVault(place: KeyPlace, random: Random): VaultOpening {
  const text = place.keys ?? keyFile(place, random);
  if (text === undefined) return { kind: 'refused', refusal: { kind: 'key-missing' } };
  if (typeof text === 'object') return { kind: 'refused', refusal: text };
  const keys = parseKeys(text);
  const where = place.keys === undefined ? join(place.folder, 'key') : 'MINSHENG_KEY';
  return keys ? { kind: 'vault', vault: vaultOf(keys, random) } : { kind: 'refused', refusal: { kind: 'key-invalid', where } };
}

/** The keys that a text spells, 32 bytes each; undefined where it spells none. */
export function parseKeys(text: string): readonly Uint8Array[] | undefined {
  const keys = text.trim().split(',');
  return keys.every((key) => /^[0-9a-f]{64}$/i.test(key)) ? keys.map((key) => new Uint8Array(Buffer.from(key, 'hex'))) : undefined;
}

/**
 * AES-256-GCM. The first key seals; all of them open, so that a new key can be put before the old one.
 *
 * Sealed bytes: 4 of the SHA-256 of the key, 12 of a nonce, 16 of the tag, then the text.
 */
export function vaultOf(keys: readonly Uint8Array[], random: Random): Vault {
  const ring = keys.map((key) => ({ key: createSecretKey(key), mark: createHash('sha256').update(key).digest().subarray(0, MARK), finder: createSecretKey(Buffer.from(hkdfSync('sha256', key, '', 'minsheng index', 32))) }));
  const indexes = (text: string, place: string): readonly Uint8Array[] => ring.map(({ finder }) => new Uint8Array(createHmac('sha256', finder).update(`${place}\n${text}`).digest()));
  return {
    mark: new Uint8Array(ring[0]?.mark ?? []),
    indexes,
    index: (text, place) => {
      const [first] = indexes(text, place);
      if (!first) throw new Error('a vault without a key');
      return first;
    },
    seal: (plain, place) => {
      const [first] = ring;
      if (!first) throw new Error('a vault without a key');
      const nonce = random(NONCE);
      const cipher = createCipheriv(CIPHER, first.key, nonce).setAAD(Buffer.from(place));
      const text = Buffer.concat([cipher.update(plain), cipher.final()]);
      return new Uint8Array(Buffer.concat([first.mark, nonce, cipher.getAuthTag(), text]));
    },
    open: (sealed, place) => {
      const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
      const found = ring.find(({ mark }) => mark.equals(bytes.subarray(0, MARK)));
      if (!found) throw new Error('sealed with a key that is not here');
      const decipher = createDecipheriv(CIPHER, found.key, bytes.subarray(MARK, MARK + NONCE), { authTagLength: TAG }).setAAD(Buffer.from(place)).setAuthTag(bytes.subarray(MARK + NONCE, MARK + NONCE + TAG));
      return new Uint8Array(Buffer.concat([decipher.update(bytes.subarray(MARK + NONCE + TAG)), decipher.final()]));
    },
  };
}

/** The text of the key file; undefined where there is none and none is made. */
function keyFile({ folder, file: how }: KeyPlace, random: Random): string | VaultRefusal | undefined {
  if (how === 'none') return undefined;
  const file = join(folder, 'key');
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') return { kind: 'folder-unwritable', folder, problem: String((error as NodeJS.ErrnoException).code) };
    if (how === 'read') return undefined;
  }
  const text = Buffer.from(random(32)).toString('hex');
  try {
    writeFileSync(file, `${text}\n`, { mode: 0o600, flag: 'wx', flush: true });
    return text;
  } catch (error) {
    // Another process has made one just now.
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return readFileSync(file, 'utf8');
    return { kind: 'folder-unwritable', folder, problem: String((error as NodeJS.ErrnoException).code) };
  }
}
