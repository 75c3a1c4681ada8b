export * from './contact.ts';
export * from './counts.ts';
export * from './draft.ts';
export { followVoice } from './follow.ts';
export { judgeMatter, matterOf, mattersOf, photoOf, rateContact, ratingsOf } from './resident.ts';
export type { Person, VoiceDoor } from './resident.ts';
export * from './staff.ts';
