import type { Generated, JSONColumnType } from 'kysely';
import type { Channel, ElectronicChannel } from '#engine/contact/index.ts';
import type { Reached } from '#engine/indicator/index.ts';
import type { Locale } from '#engine/kernel/index.ts';
import type { MandateScope } from '#engine/mandate/index.ts';
import type { BatchState, Grant, Item, LineKind, Recovery } from '#engine/entitlement/index.ts';
import type { PhotoMark } from '#engine/voice/index.ts';

/** The tables of the store as TypeScript sees them; the migrations say what they are. */
export interface Schema {
  readonly schema_migration: { number: number; name: string; sha256: string; applied_at: string };
  readonly city: { only_row: boolean; plan_id: string; created_at: string };
  readonly pack_release: { digest: string; plan_id: string; bytes: Uint8Array; stored_at: string };
  readonly pack_activation: { number: number; digest: string; activated_at: string };
  readonly log_entry: { stream: string; sequence: number; kind: string; at: string; actor: string; payload_hash: Uint8Array; previous: Uint8Array; hash: Uint8Array } & About;
  readonly log_payload: { stream: string; sequence: number; salt: Uint8Array; body: Uint8Array } & About;
  readonly task: {
    stream: string; number: number; sequence: number; kind: string; department: string; area: string; service: string | null;
    opened_at: string; due_on: string; due_counted: string; state: string; state_by: string; state_at: string; outcome: string | null; handed_from: string | null;
  } & About;
  readonly notice: {
    stream: string; number: number; sequence: number; kind: string; template: string; service: string | null; given_at: string;
    respond_by: string | null; reply: string | null; replied_at: string | null; replied_by: string | null;
  } & About;
  readonly outbox: {
    id: string; stream: string; number: number; channel: string; created_at: string; due_at: string; attempts: number;
    claimed_until: string | null; sent_at: string | null; dead_at: string | null; problem: string | null; area: string | null; bundle: string | null;
  } & About;
  readonly letter_bundle: { id: string; sequence: number; areas: readonly string[]; taken_by: string; taken_at: string; posted_on: string | null; ended_at: string | null };
  readonly contact: { subject_key: string; channel: Channel; household_key: string | null; stream: string; number: number; locale: Locale; address: Uint8Array | null };
  readonly contact_proof: { subject_key: string; channel: ElectronicChannel; household_key: string | null; stream: string; number: number; locale: Locale; address: Uint8Array; code: Uint8Array; until: string; tries: number };
  readonly contact_warned: { subject_key: string; number: number; channel: ElectronicChannel; household_key: string | null; stream: string; locale: Locale; address: Uint8Array };
  readonly access_log: { stream: string; sequence: number; at: string; actor: string; purpose: string; through: string; batch: string | null; columns: readonly string[]; salt: Uint8Array; department: string | null } & About;
  readonly evidence: { stream: string; number: number; subject_key: string; household_key: string | null; sha256: Uint8Array; media_type: string; size: number; body: Uint8Array };
  readonly benefit_grant: { service: string; subject_key: string; household_key: string | null; sequence: number; steps: Grant['steps']; ground: Grant['ground'] | null; proposal: Grant['proposal'] | null; refused: boolean; held: string | null; pauses: Grant['pauses'] };
  readonly ledger_line: { line: Generated<number>; service: string; subject_key: string; household_key: string | null; period: number; payer: string; kind: LineKind; amount_fen: number; cause: string; booked_at: string };
  readonly payment_batch: {
    id: string; sequence: number; payer: string; month: number; items: number; total_fen: number; stage: BatchState['stage'];
    prepared_by: string; approved_by: string | null; released_by: string | null; changed_at: string;
  };
  readonly payment_item: { batch: string; service: string; subject_key: string; household_key: string | null; amount_fen: number; periods: Item['periods']; returned: string | null; account: number | null };
  readonly pay_account: { subject_key: string; sequence: number; chosen_at: string; body: Uint8Array | null; number_index: Uint8Array | null };
  readonly recovery: { service: string; subject_key: string; household_key: string | null; sequence: number; open_fen: number; repaid_fen: number; waived_fen: number; objection: string | null; parts: Recovery['parts'] };
  readonly observation: { number: Generated<number>; indicator: string; month: number; run: string; numerator: number; denominator: number; value: string | null; formula: string; reached: JSONColumnType<readonly Reached[]>; observed_at: string };
  readonly session: { token_hash: string; kind: 'person' | 'staff'; holder: string; name: Uint8Array; opened_at: string; seen_at: string; proven_at: string; ended_at: string | null; acting_for: string | null; subject_key: string | null };
  readonly mandate: { stream: string; number: number; sequence: number; subject_key: string; household_key: string | null; scope: MandateScope; until: string; code_hash: string | null; offer_ends: string | null; taken_by: string | null };
  readonly proof: { code_hash: string; stream: string; sequence: number; subject_key: string; household_key: string | null; given_at: string; until: string };
  readonly voice_link: { id: string; subject_key: string; sequence: number };
  readonly voice_rating: { subject_key: string; number: number; sequence: number; contact: string; service: string | null; department: string; level: string; given_on: string; matter: string | null };
  readonly voice_matter: {
    id: string; sequence: number; kind: string; service: string | null; category: string | null; area: string; raised_on: string; word_on: string | null;
    state: string; solved_by: string | null; check_on: string | null; answers: number; in_time: boolean | null; reopened: number;
  };
  readonly voice_photo: { matter: string; media: PhotoMark['media']; body: Uint8Array };
  readonly voice_draft: { subject_key: string; id: string; form: number; body: Uint8Array; photo: Uint8Array | null; changed_at: string };
  readonly staff_account: {
    id: string; name: Uint8Array; department: string; areas: readonly string[]; roles: readonly string[]; is_test: boolean; password_hash: string | null; totp_secret: Uint8Array | null;
    totp_step: number; enrol_hash: string | null; enrol_until: string | null; made_at: string; enrolled_at: string | null; disabled_at: string | null; subject_key: null;
  };
  readonly sign_in_attempt: { key: string; failures: number; last_at: string; closed_until: string | null };
  readonly act_piece: { run: string; piece: number; acted_at: string; counts: JSONColumnType<Readonly<Record<string, { readonly count: number; readonly fen: number } | undefined>>> };
}

/** Whose row it is, so that policies can tell and tables can be distributed; null: nobody's in particular. */
interface About {
  subject_key: string | null;
  household_key: string | null;
}
