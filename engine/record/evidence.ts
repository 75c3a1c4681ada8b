/** What evidence may be. */
export const EVIDENCE_TYPES = ['image/png', 'image/jpeg', 'application/pdf'] as const;
export type EvidenceType = (typeof EVIDENCE_TYPES)[number];

/** As large as a file may be. */
export const MOST_EVIDENCE_BYTES = 8 * 1024 * 1024;
const LONGEST_NAME = 80;

const SIGNATURES: Readonly<Record<EvidenceType, readonly number[]>> = {
  'image/png': [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
  'image/jpeg': [0xff, 0xd8, 0xff],
  'application/pdf': [0x25, 0x50, 0x44, 0x46, 0x2d],
};

/** Why a file is not kept. */
export type EvidenceRefusal = 'nothing' | 'too-large' | 'other-type' | 'too-many';

/** What a file is by how it begins, whatever its name says; undefined where it is nothing that is taken. */
export function evidenceTypeOf(bytes: Uint8Array): EvidenceType | undefined {
  return EVIDENCE_TYPES.find((type) => SIGNATURES[type].every((byte, at) => bytes[at] === byte));
}

/** Why a file is not kept, or what it is. */
export function readEvidence(bytes: Uint8Array): EvidenceType | EvidenceRefusal {
  if (bytes.length === 0) return 'nothing';
  if (bytes.length > MOST_EVIDENCE_BYTES) return 'too-large';
  return evidenceTypeOf(bytes) ?? 'other-type';
}

/** Whether a file is one that is taken. */
export function isEvidence(found: EvidenceType | EvidenceRefusal): found is EvidenceType {
  return found.includes('/');
}

/** What a file is called: the last part of what the browser said, without control characters, its first characters where it is long. */
export function evidenceName(given: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what is taken out
  const last = given.toWellFormed().split(/[/\\]/).at(-1)?.replaceAll(/[\u0000-\u001f\u007f\u202a-\u202e\u2066-\u2069]/g, '').trim() ?? '';
  const letters = Array.from(last);
  return letters.length <= LONGEST_NAME ? last : `${letters.slice(0, LONGEST_NAME - 1).join('')}…`;
}
