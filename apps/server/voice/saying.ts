import { workingCalendar } from '#engine/casework/index.ts';
import type { CalendarDate } from '#engine/kernel/index.ts';
import type { Pack, VoiceRules } from '#engine/pack/index.ts';
import type { DraftWorld, Saying } from '#engine/voice/index.ts';

/** Under what rules of a pack something is said on a day; undefined where the pack does not ask residents. */
export function sayingIn(pack: Pack, today: CalendarDate): Saying | undefined {
  const rules = rulesIn(pack);
  return rules && { rules, calendar: workingCalendar(pack.calendar), today };
}

export function rulesIn(pack: Pack): VoiceRules | undefined {
  return pack.voice.get('voice');
}

/** What a draft may name in a pack. */
export function draftWorld(pack: Pack, rules: VoiceRules): DraftWorld {
  return { rules, isDivision: (code) => pack.divisions.has(code), isService: (id) => pack.services.has(id) };
}
