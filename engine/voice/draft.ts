import { z } from 'zod';
import type { VoiceRules } from '#engine/pack/index.ts';
import { photoMark } from './event.ts';
import type { Raising } from './command.ts';

/** Which questions the form asks, in their order; a change of what they mean is a new number. */
export const DRAFT_FORM = 1;
export const DRAFT_STEPS = ['kind', 'about', 'place', 'words', 'photo', 'reach'] as const;
export type DraftStep = (typeof DRAFT_STEPS)[number];

const answers = z.strictObject({
  kind: z.enum(['complaint', 'suggestion']).optional(),
  /** `category:<id>` or `service:<id>`. */
  about: z.string().optional(),
  place: z.strictObject({ area: z.string(), detail: z.string() }).optional(),
  words: z.string().optional(),
  /** null: there is none. */
  photo: photoMark.nullable().optional(),
  /** null: they do not want to be reached. */
  reach: z.string().nullable().optional(),
});
/** What somebody has answered so far of a complaint or a suggestion. */
export type DraftAnswers = Readonly<z.output<typeof answers>>;

/** A draft as it was kept: by which form, and its bytes as JSON. */
export interface KeptDraft {
  /** Becomes the id of the matter, so that what is sent twice is there once. */
  readonly id: string;
  readonly form: number;
  readonly answers: unknown;
}

/** A kept draft under the form of today. `lost`: answers that mean nothing any more and are asked again. */
export type CarriedDraft =
  | { readonly kind: 'draft'; readonly id: string; readonly answers: DraftAnswers; readonly lost: readonly DraftStep[] }
  /** It was made on another form and cannot go on; `words` is what was written, so that it is not lost. */
  | { readonly kind: 'outdated'; readonly id: string; readonly words: string };

/** What the pack knows that answers may name. */
export interface DraftWorld {
  readonly rules: VoiceRules;
  readonly isDivision: (code: string) => boolean;
  readonly isService: (id: string) => boolean;
}

/** Carries a draft over to the form of today. */
export function carryDraft({ id, form, answers: kept }: KeptDraft, world: DraftWorld): CarriedDraft {
  const read = form === DRAFT_FORM ? answers.safeParse(kept) : undefined;
  if (!read?.success) return { kind: 'outdated', id, words: wordsIn(kept) };
  const { about, place, ...rest } = read.data;
  const keepsAbout = about !== undefined && aboutIn(about, world) !== undefined;
  const keepsPlace = place !== undefined && (place.area === '' || world.isDivision(place.area));
  return {
    kind: 'draft', id, answers: { ...rest, ...(keepsAbout ? { about } : {}), ...(keepsPlace ? { place } : {}) },
    lost: [...(about === undefined || keepsAbout ? [] : ['about' as const]), ...(place === undefined || keepsPlace ? [] : ['place' as const])],
  };
}

/** What `about` names; undefined where the pack has no such thing. */
export function aboutIn(about: string, { rules, isService }: Pick<DraftWorld, 'rules' | 'isService'>): { readonly category: string | null; readonly service: string | null } | undefined {
  const [kind, id = ''] = about.split(':');
  if (kind === 'category') return rules.categories.some((one) => one.id === id) ? { category: id, service: null } : undefined;
  return kind === 'service' && isService(id) ? { category: null, service: id } : undefined;
}

/** The first question that has no answer yet; undefined where all have. */
export function nextStep(given: DraftAnswers): DraftStep | undefined {
  return DRAFT_STEPS.find((step) => given[step] === undefined);
}

/** What a draft says once it is whole; undefined until then. `departmentOf` says who decides a service. */
export function raisingOf(given: DraftAnswers, world: DraftWorld, departmentOf: (service: string) => string | undefined): Raising | undefined {
  const { kind, about, place, words, photo, reach } = given;
  const found = about === undefined ? undefined : aboutIn(about, world);
  if (kind === undefined || !found || place === undefined || words === undefined || photo === undefined || reach === undefined) return undefined;
  const category = world.rules.categories.find(({ id }) => id === found.category);
  const department = category?.department ?? (found.service === null ? undefined : departmentOf(found.service)) ?? world.rules.desk;
  return { kind, department, ...found, area: place.area, place: place.detail, words, photo, reach };
}

function wordsIn(kept: unknown): string {
  const words = typeof kept === 'object' && kept !== null && 'words' in kept ? kept.words : undefined;
  return typeof words === 'string' ? words : '';
}
