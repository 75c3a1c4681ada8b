/** How far somebody has come on the way into the console. */
export type StaffStep =
  /** In, or on the next step: what the browser is to keep, as headers say it. */
  | { readonly kind: 'done'; readonly cookies: readonly string[] }
  /** Account, password or code are not right; which of them is not told. */
  | { readonly kind: 'wrong' }
  /** Too many have failed: nothing is tried for so long. */
  | { readonly kind: 'closed'; readonly seconds: number }
  /** The first step was too long ago. */
  | { readonly kind: 'too-late' };

/** Why somebody's choice of a password is not taken. */
export type EnrolRefusal = 'password-short' | 'password-plain' | 'password-differs' | 'code-wrong' | 'code-used';

/** Somebody who sets up their account: who they are, and the key for the codes on their telephone, spelled and as an address. */
export interface Enrolling {
  readonly account: string;
  readonly name: string;
  readonly key: string;
  readonly address: string;
  /** What the browser is to keep, as headers say it. */
  readonly cookies: readonly string[];
}

/** Signing in of staff, as one request sees it: it knows where it comes from and what its browser keeps. */
export interface StaffSignIn {
  /** The first step. */
  readonly password: (account: string, password: string) => Promise<StaffStep>;
  /** The second step: the code of the telephone. */
  readonly code: (code: string) => Promise<StaffStep>;
  /** Somebody who is signed in proves again who they are. */
  readonly prove: (code: string) => Promise<StaffStep>;
  /** Who enrols with a code; undefined where it is nobody's any more. */
  readonly enrolling: (code: string) => Promise<Enrolling | undefined>;
  readonly enrol: (code: string, chosen: { readonly password: string; readonly again: string; readonly code: string }) => Promise<EnrolRefusal | undefined>;
  /** One click into an account of a demonstration; refused in production. */
  readonly asTest: (account: string) => Promise<StaffStep>;
}

/** Within how many minutes of proving who they are somebody may do what touches money or opens sensitive facts. */
export const PROVEN_MINUTES = 10;
