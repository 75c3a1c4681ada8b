/** The tables of the store as TypeScript sees them; the migrations say what they are. */
export interface Schema {
  readonly schema_migration: { number: number; name: string; sha256: string; applied_at: string };
  readonly city: { only_row: boolean; plan_id: string; created_at: string };
  readonly pack_release: { digest: string; plan_id: string; bytes: Uint8Array; stored_at: string };
  readonly pack_activation: { number: number; digest: string; activated_at: string };
}
