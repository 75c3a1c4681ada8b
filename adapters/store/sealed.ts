import { secretAt, nameAt } from './account.ts';
import { contactPlace } from './contact.ts';
import { evidencePlace } from './evidence.ts';
import { placeOf } from './log.ts';
import { choicePlace, indexOfChoice } from './pay-account.ts';
import type { Schema } from './schema.ts';
import { sessionPlace } from './session.ts';
import type { Vault } from './vault.ts';
import { draftBodyPlace, draftPhotoPlace } from './voice/draft.ts';
import { matterPhotoPlace } from './voice/resident.ts';

/** A column of a table whose bytes the vault has sealed. */
export interface SealedColumn {
  readonly table: keyof Schema;
  readonly column: string;
  /** What tells rows apart, in the order in which they are gone through. */
  readonly key: readonly string[];
  /** For which place the bytes of a row are sealed; `key` as the columns name it. */
  readonly place: (key: readonly (string | number)[]) => string;
  /** So many rows are read at a time: files are large. */
  readonly rows: number;
  /** The column by which a row is found although its text is sealed, and its bytes from that text: they too are of a key. */
  readonly index?: { readonly column: string; readonly of: (vault: Vault, plain: Uint8Array) => Uint8Array };
}

const text = (part: string | number | undefined): string => String(part ?? '');
const [MANY, FEW] = [500, 8];

/** Every column that is sealed. A table that gets another one is named here, or the rotation of keys would leave it behind. */
export const SEALED: readonly SealedColumn[] = [
  { table: 'contact', column: 'address', key: ['subject_key', 'channel'], place: ([person, channel]) => contactPlace(text(person), text(channel), 'address'), rows: MANY },
  { table: 'contact_proof', column: 'address', key: ['subject_key', 'channel'], place: ([person, channel]) => contactPlace(text(person), text(channel), 'address'), rows: MANY },
  { table: 'contact_proof', column: 'code', key: ['subject_key', 'channel'], place: ([person, channel]) => contactPlace(text(person), text(channel), 'code'), rows: MANY },
  { table: 'contact_warned', column: 'address', key: ['subject_key', 'number', 'channel'], place: ([person, , channel]) => contactPlace(text(person), text(channel), 'address'), rows: MANY },
  { table: 'evidence', column: 'body', key: ['stream', 'number'], place: ([stream, number]) => evidencePlace({ stream: text(stream), number: Number(number) }), rows: FEW },
  { table: 'log_payload', column: 'body', key: ['stream', 'sequence'], place: ([stream, sequence]) => placeOf({ stream: text(stream), sequence: Number(sequence) }), rows: MANY },
  { table: 'pay_account', column: 'body', key: ['subject_key', 'sequence'], place: ([subject, sequence]) => choicePlace(text(subject), Number(sequence)), rows: MANY, index: { column: 'number_index', of: indexOfChoice } },
  { table: 'session', column: 'name', key: ['token_hash'], place: ([id]) => sessionPlace(text(id)), rows: MANY },
  { table: 'staff_account', column: 'name', key: ['id'], place: ([id]) => nameAt(text(id)), rows: MANY },
  { table: 'staff_account', column: 'totp_secret', key: ['id'], place: ([id]) => secretAt(text(id)), rows: MANY },
  { table: 'voice_draft', column: 'body', key: ['subject_key'], place: ([person]) => draftBodyPlace(text(person)), rows: MANY },
  { table: 'voice_draft', column: 'photo', key: ['subject_key'], place: ([person]) => draftPhotoPlace(text(person)), rows: FEW },
  { table: 'voice_photo', column: 'body', key: ['matter'], place: ([matter]) => matterPhotoPlace(text(matter)), rows: FEW },
];
