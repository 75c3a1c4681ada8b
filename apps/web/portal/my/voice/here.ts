import type { RouterContextProvider } from 'react-router';
import type { City } from '#engine/city.ts';
import type { LocalName } from '#engine/kernel/index.ts';
import type { Pack, VoiceRules } from '#engine/pack/index.ts';
import type { Voice } from '#engine/voice/index.ts';
import { foundOrThrow, signedInForSelf } from '../../../context.ts';

/** What a page about what residents say starts from: who is signed in, the rules of the pack, and what was said. */
export function hear(args: { readonly request: Request; readonly context: Readonly<RouterContextProvider> }): ReturnType<typeof signedInForSelf> & { readonly voice: Voice; readonly rules: VoiceRules } {
  const found = signedInForSelf(args);
  return { ...found, ...voiceIn(found.city) };
}

/** What residents say, in a city that asks them; the page that says there is none, in any other. */
export function voiceIn(city: City): { readonly voice: Voice; readonly rules: VoiceRules } {
  return { voice: foundOrThrow(city.voice), rules: foundOrThrow(rulesIn(city.pack)) };
}

export function rulesIn({ voice }: Pack): VoiceRules | undefined {
  return voice.get('voice');
}

/** What a department is called; of one that the pack no longer has, the desk that answers in its place. */
export function departmentName({ departments }: Pack, { desk }: VoiceRules, id: string): LocalName {
  const found = departments.get(id) ?? departments.get(desk);
  return found?.name ?? { zh: id, en: id };
}

/** What a matter is about: its service, or its category; undefined where the pack has neither any more. */
export function aboutName({ services }: Pack, { categories }: VoiceRules, { service, category }: { readonly service: string | null; readonly category: string | null }): LocalName | undefined {
  return categories.find(({ id }) => id === category)?.name ?? (service === null ? undefined : services.get(service)?.name);
}
