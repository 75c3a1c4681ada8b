import type { VoiceRules, Pack } from '#engine/pack/index.ts';
import { aboutIn, cleanWords, isTooLong } from '#engine/voice/index.ts';
import type { DraftAnswers, DraftStep } from '#engine/voice/index.ts';
import type { MessageId } from '../../../words.ts';
import { chosenIn } from '../../place.ts';
import { textIn } from '../upload.ts';

/** What a form says about one question: an answer, or what is wrong with it and what was typed. */
export type Answered =
  | { readonly kind: 'answer'; readonly answer: DraftAnswers }
  | { readonly kind: 'problem'; readonly problem: MessageId; readonly typed: DraftAnswers };

/** Reads the answer to a question from what was sent; of the picture only that there is none. */
export function answeredIn(step: DraftStep, form: FormData, pack: Pack, rules: VoiceRules): Answered {
  const text = (name: string): string => cleanWords(textIn(form, name));
  const wrong = (problem: MessageId, typed: DraftAnswers = {}): Answered => ({ kind: 'problem', problem, typed });
  switch (step) {
    case 'kind': {
      const kind = (['complaint', 'suggestion'] as const).find((one) => one === text('kind'));
      return kind ? { kind: 'answer', answer: { kind } } : wrong('voice.problem.choose');
    }
    case 'about': {
      const about = text('about');
      return aboutIn(about, { rules, isService: (id) => pack.services.has(id) }) ? { kind: 'answer', answer: { about } } : wrong('voice.problem.choose');
    }
    case 'place': {
      const place = { area: text('area'), detail: text('detail').replaceAll('\n', ' ') };
      if (place.area !== '' && !chosenIn(pack, place.area)) return wrong('voice.problem.place', { place: { ...place, area: '' } });
      return isTooLong(place.detail, 'place') ? wrong('voice.problem.place-long', { place }) : { kind: 'answer', answer: { place } };
    }
    case 'words': {
      const words = text('words');
      if (words === '') return wrong('voice.problem.words');
      return isTooLong(words, 'words') ? wrong('voice.problem.words-long', { words }) : { kind: 'answer', answer: { words } };
    }
    case 'photo': return textIn(form, 'none') === '' ? wrong('voice.problem.photo') : { kind: 'answer', answer: { photo: null } };
    case 'reach': {
      const [wants, reach] = [text('wants'), text('reach')];
      if (wants === 'no') return { kind: 'answer', answer: { reach: null } };
      if (wants !== 'yes') return wrong('voice.problem.choose', { reach });
      return reach === '' || isTooLong(reach, 'reach') ? wrong('voice.problem.reach', { reach }) : { kind: 'answer', answer: { reach } };
    }
    default: return step satisfies never;
  }
}
