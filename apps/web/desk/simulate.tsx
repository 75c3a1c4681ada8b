import type { ReactNode } from 'react';
import { Form } from 'react-router';
import type { Route } from './+types/simulate.ts';
import { asked } from '../context.ts';
import { Effects } from './effects.tsx';
import { aboutPeople, People } from './people.tsx';
import type { AboutPeople } from './people.tsx';
import { residualTable } from './residual-lines.ts';
import type { ResidualTable } from './residual-lines.ts';
import { Residuals } from './residuals.tsx';
import { choicesOf, linesOf, reformOf } from './simulated.ts';
import type { Choice, EffectLine } from './simulated.ts';
import { deskWords, useDesk } from './words.ts';

/** What came of the form. */
type Outcome =
  | { readonly kind: 'nothing-asked' }
  | { readonly kind: 'no-number' }
  | { readonly kind: 'unknown-parameter' }
  | { readonly kind: 'faulty' }
  | { readonly kind: 'done'; readonly same: boolean; readonly lines: readonly EffectLine[] };

interface Loaded {
  readonly choices: readonly Choice[];
  readonly chosen: string;
  readonly typed: string;
  readonly people: AboutPeople | null;
  readonly residuals: ResidualTable;
  readonly outcome: Outcome;
}

/** The address is the question: the same address gives the same answer as long as the day and the pack stay. */
export function loader(args: Route.LoaderArgs): Loaded {
  const { city, locale, query } = asked(args);
  const t = deskWords(locale);
  const choices = choicesOf(city, city.today, locale, t);
  const [chosen, typed] = [query.get('parameter') ?? '', query.get('value') ?? ''];
  return { choices, chosen, typed, people: aboutPeople(city), residuals: residualTable(city, locale, t), outcome: city.baseline() ? outcomeOf() : { kind: 'nothing-asked' } };

  function outcomeOf(): Outcome {
    if (chosen === '') return { kind: 'nothing-asked' };
    const choice = choices.find(({ key }) => key === chosen);
    if (!choice) return { kind: 'unknown-parameter' };
    const reform = reformOf(chosen, typed, city.today);
    if (!reform) return { kind: 'no-number' };
    const lines = linesOf(city, reform, locale, t);
    return lines ? { kind: 'done', same: Number(choice.value) === Number(typed.trim().replaceAll(',', '')), lines } : { kind: 'faulty' };
  }
}

export default function Simulate({ loaderData: { choices, chosen, typed, people, residuals, outcome } }: Route.ComponentProps): ReactNode {
  const { t, locale } = useDesk();
  const choice = choices.find(({ key }) => key === chosen);
  return (
    <>
      <title>{t('simulate.title')}</title>
      <h1>{t('simulate.title')}</h1>
      <p className="desk-lead">{t('simulate.lead')}</p>
      <People about={people} />
      <Form className="desk-form" method="get">
        <label>{t('simulate.parameter')}<select name="parameter" defaultValue={chosen} required>
          <option value="">{t('simulate.choose')}</option>
          {choices.map(({ key, text }) => <option key={key} value={key}>{text}</option>)}
        </select></label>
        <label>{t('simulate.value')}<input name="value" inputMode="decimal" defaultValue={typed} required aria-describedby={choice ? 'now' : undefined} /></label>
        {locale === 'en' ? <input type="hidden" name="lang" value="en" /> : null}
        <button type="submit" disabled={people === null}>{t('simulate.go')}</button>
        {choice ? <span id="now" className="desk-muted">{t(choice.demo ? 'simulate.now-demo' : 'simulate.now', { value: choice.now })}</span> : null}
      </Form>
      <Answer outcome={outcome} />
      <Residuals table={residuals} />
    </>
  );
}

function Answer({ outcome }: { readonly outcome: Outcome }): ReactNode {
  const { t } = useDesk();
  switch (outcome.kind) {
    case 'nothing-asked': return null;
    case 'no-number': case 'unknown-parameter': case 'faulty': return <p role="alert" className="desk-state stop">{t(`simulate.${outcome.kind}`)}</p>;
    case 'done': return outcome.lines.length === 0 ? <p role="status" className="desk-note">{t(outcome.same ? 'simulate.same' : 'simulate.no-effect')}</p> : <Effects lines={outcome.lines} />;
    default: return outcome satisfies never;
  }
}
