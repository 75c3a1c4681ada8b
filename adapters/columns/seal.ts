import { createCipheriv, createDecipheriv, createSecretKey, hkdfSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Random } from '#engine/ports.ts';
import { writeSynced, writeWhole } from './folder.ts';

/*
 * A sealed array lies in blocks, so that a few rows are read by opening one block. Each file has a key of its own, made of
 * the data key of its release, a salt that stands in the manifest, and what is in the file: no two files share a key, so
 * the number of a block is its nonce, and neither a block nor a file opens in the place of another.
 */

/** What seals the releases of a city: its vault, randomness, and the facts whose columns are never in the clear on disk. */
export interface Sealing {
  readonly seal: (plain: Uint8Array, place: string) => Uint8Array;
  readonly open: (sealed: Uint8Array, place: string) => Uint8Array;
  readonly random: Random;
  readonly facts: ReadonlySet<string>;
}

/** The key of the columns of one release, 32 bytes, as it is in memory. */
export interface DataKey {
  readonly bytes: Uint8Array;
  readonly random: Random;
}

const [KEY_BYTES, SALT_BYTES, NONCE_BYTES, TAG_BYTES] = [32, 16, 12, 16];
const CIPHER = 'aes-256-gcm';
/** So many bytes of an array are sealed together. */
export const SEALED_BLOCK = 1 << 16;
const BLOCK_ON_DISK = SEALED_BLOCK + TAG_BYTES;

/** Beside the columns of a release: its data key, sealed by the vault. A rotation of keys writes this file anew, and no column. */
export const DATA_KEY_FILE = 'data.key';
const PLACE = 'the data key of a release';

/** A data key for a release that is being written; it lies sealed in the folder when this returns. */
export function makeDataKey(folder: string, { seal, random }: Sealing): DataKey {
  const bytes = random(KEY_BYTES);
  writeSynced(join(folder, DATA_KEY_FILE), seal(bytes, PLACE));
  return { bytes, random };
}

/** The data key of a release; undefined where it has none, or the vault does not open it. */
export function openDataKey(folder: string, { open, random }: Sealing): DataKey | undefined {
  const path = join(folder, DATA_KEY_FILE);
  if (!existsSync(path)) return undefined;
  try {
    return { bytes: open(readFileSync(path), PLACE), random };
  } catch {
    return undefined;
  }
}

/**
 * Seals with the first key of the vault the data keys of releases that an older one has sealed, old releases too; gives how many.
 * No column is touched. `mark` is what begins all that the first key seals. A fault where a key is missing.
 */
export function resealDataKeys(root: string, { seal, open, mark }: Pick<Sealing, 'seal' | 'open'> & { readonly mark: Uint8Array }): number {
  if (!existsSync(root)) return 0;
  const files = readdirSync(root).filter((name) => /^v\d+$/.test(name)).map((name) => join(root, name, DATA_KEY_FILE)).filter((file) => existsSync(file));
  const old = files.filter((file) => !readFileSync(file).subarray(0, mark.length).equals(mark));
  for (const file of old) writeWhole(file, seal(open(readFileSync(file), PLACE), PLACE));
  return old.length;
}

export const saltFrom = (random: Random): string => Buffer.from(random(SALT_BYTES)).toString('hex');

/** Seals and opens the blocks of one file. `salt` in hex, as the manifest has it; `about` is what is in the file. */
export class BlockCipher {
  readonly #key: KeyObject;
  readonly #nonce = Buffer.alloc(NONCE_BYTES);

  constructor({ bytes }: Pick<DataKey, 'bytes'>, salt: string, about: string) {
    this.#key = createSecretKey(Buffer.from(hkdfSync('sha256', bytes, Buffer.from(salt, 'hex'), `minsheng column ${about}`, KEY_BYTES)));
  }

  /** The block and its tag. */
  seal(plain: Uint8Array, number: number): Uint8Array {
    const cipher = createCipheriv(CIPHER, this.#key, this.#nonceOf(number));
    return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  }

  /** A block that was altered or is another's is a fault. */
  open(sealed: Uint8Array, number: number): Uint8Array {
    const end = sealed.length - TAG_BYTES;
    const decipher = createDecipheriv(CIPHER, this.#key, this.#nonceOf(number), { authTagLength: TAG_BYTES }).setAuthTag(sealed.subarray(end));
    const plain = decipher.update(sealed.subarray(0, end));
    decipher.final();
    return plain;
  }

  #nonceOf(number: number): Buffer {
    this.#nonce.writeUInt32BE(number, NONCE_BYTES - 4);
    return this.#nonce;
  }
}

/** How long so many bytes are when they are sealed. */
export const sealedLength = (plain: number): number => plain + Math.ceil(plain / SEALED_BLOCK) * TAG_BYTES;

/** Reads stretches of a sealed file through the block that was opened last. `length`: of what was sealed, in bytes. */
export class SealedReader {
  readonly #cipher: BlockCipher;
  readonly #length: number;
  readonly #read: (into: Uint8Array, position: number) => void;
  readonly #sealed = Buffer.allocUnsafeSlow(BLOCK_ON_DISK);
  #number = -1;
  #block: Uint8Array = new Uint8Array();

  /** `read` fills from a position of the file. */
  constructor(cipher: BlockCipher, length: number, read: (into: Uint8Array, position: number) => void) {
    this.#cipher = cipher;
    this.#length = length;
    this.#read = read;
  }

  read(into: Uint8Array, position: number): void {
    for (let done = 0; done < into.length;) {
      const at = position + done;
      const block = this.#blockAt(Math.floor(at / SEALED_BLOCK));
      const from = at % SEALED_BLOCK;
      const piece = block.subarray(from, from + into.length - done);
      if (piece.length === 0) throw new Error('a column file is shorter than its manifest says');
      into.set(piece, done);
      done += piece.length;
    }
  }

  #blockAt(number: number): Uint8Array {
    if (number !== this.#number) {
      const size = Math.min(SEALED_BLOCK, this.#length - number * SEALED_BLOCK);
      if (size <= 0) throw new Error('a column file is shorter than its manifest says');
      const sealed = this.#sealed.subarray(0, size + TAG_BYTES);
      this.#read(sealed, number * BLOCK_ON_DISK);
      this.#block = this.#cipher.open(sealed, number);
      this.#number = number;
    }
    return this.#block;
  }
}

/** A sealed line begins with this; one in the clear never does. */
const LINE = 'sealed ';

/** Seals and opens lines of text one by one, each under its own nonce. */
export class LineCipher {
  readonly #key: KeyObject;
  readonly #random: Random;

  constructor({ bytes, random }: DataKey) {
    this.#key = createSecretKey(Buffer.from(hkdfSync('sha256', bytes, '', 'minsheng lines', KEY_BYTES)));
    this.#random = random;
  }

  /** With the end of the line that it had. */
  seal(line: string): string {
    const nonce = this.#random(NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, this.#key, nonce);
    const text = Buffer.concat([cipher.update(line.trimEnd(), 'utf8'), cipher.final()]);
    return `${LINE}${Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64')}\n`;
  }

  /** The line that was sealed; undefined where it was not, or is damaged. */
  open(line: string): string | undefined {
    if (!line.startsWith(LINE)) return undefined;
    const bytes = Buffer.from(line.slice(LINE.length), 'base64');
    try {
      const decipher = createDecipheriv(CIPHER, this.#key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES }).setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
      return decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
    } catch {
      return undefined;
    }
  }
}
