import { argon2, timingSafeEqual } from 'node:crypto';
import type { Random } from '#engine/ports.ts';

/**
 * The cost of a digest: Argon2id by the second choice of RFC 9106 (64 MiB, three passes, four lanes). A digest says its own,
 * so that these can be raised while the older ones are still read.
 */
export const PASSWORD_COST = { memory: 65_536, passes: 3, parallelism: 4 } as const;
const [SALT_BYTES, TAG_BYTES] = [16, 32];

interface Cost {
  readonly memory: number;
  readonly passes: number;
  readonly parallelism: number;
}

/** The digest of a password with its cost and its salt: `argon2id$m=65536,t=3,p=4$salt$digest`, in base64url. */
export async function hashPassword(password: string, random: Random, cost: Cost = PASSWORD_COST): Promise<string> {
  const salt = random(SALT_BYTES);
  const tag = await digest(password, salt, cost);
  return `argon2id$m=${cost.memory},t=${cost.passes},p=${cost.parallelism}$${Buffer.from(salt).toString('base64url')}$${tag.toString('base64url')}`;
}

/**
 * Whether a password is the one of a digest. Where there is none, as much is computed: how long it takes tells nobody
 * whether there is such an account.
 */
export async function isPassword(password: string, stored: string | null): Promise<boolean> {
  const [, memory, passes, parallelism, salt = '', tag = ''] = /^argon2id\$m=(\d+),t=(\d+),p=(\d+)\$([\w-]+)\$([\w-]+)$/.exec(stored ?? '') ?? [];
  if (memory === undefined) {
    await digest(password, new Uint8Array(SALT_BYTES), PASSWORD_COST);
    return false;
  }
  const made = await digest(password, Buffer.from(salt, 'base64url'), { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) });
  const kept = Buffer.from(tag, 'base64url');
  return kept.length === made.length && timingSafeEqual(made, kept);
}

function digest(password: string, nonce: Uint8Array, { memory, passes, parallelism }: Cost): Promise<Buffer> {
  // The same password typed with other keys is the same: one form of Unicode.
  const message = Buffer.from(password.normalize('NFKC'));
  return new Promise((resolve, reject) => argon2('argon2id', { message, nonce, memory, passes, parallelism, tagLength: TAG_BYTES }, (error, made) => (error ? reject(error) : resolve(made))));
}
