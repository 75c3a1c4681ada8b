import type { ReactNode } from 'react';
import { Form } from 'react-router';
import { say } from '#engine/kernel/index.ts';
import { printDiagnostic, readReform } from '#engine/pack/index.ts';
import type { Route } from './+types/simulate.ts';
import { asked } from '../context.ts';
import { readForm } from '../portal/my/upload.ts';
import { Effects } from './effects.tsx';
import { aboutPeople, People } from './people.tsx';
import type { AboutPeople } from './people.tsx';
import { residualTable } from './residual-lines.ts';
import type { ResidualTable } from './residual-lines.ts';
import { Residuals } from './residuals.tsx';
import { asOfToday, choicesOf, linesOf, reformOf } from './simulated.ts';
import type { Choice, EffectLine } from './simulated.ts';
import { deskWords, useDesk } from './words.ts';

/** What came of the form. */
type Outcome =
  | { readonly kind: 'nothing-asked' }
  | { readonly kind: 'no-number' }
  | { readonly kind: 'unknown-parameter' }
  | { readonly kind: 'faulty' }
  | { readonly kind: 'no-file' | 'file-too-large' }
  | { readonly kind: 'file-faulty'; readonly problems: readonly string[] }
  | { readonly kind: 'done'; readonly same: boolean; readonly lines: readonly EffectLine[]; readonly file?: { readonly name: string; readonly movedFrom: string | null } };

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
  return { choices, chosen, typed, people: aboutPeople(city, locale), residuals: residualTable(city, locale, t), outcome: city.baseline() ? outcomeOf() : { kind: 'nothing-asked' } };

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

/** A reform is a text of some lines; so many bytes hold a thousand. */
const LARGEST_FILE = 64 * 1024;

/**
 * Simulates a reform that was uploaded, of values, rules and payer shares, as `minsheng simulate` takes it. Nothing is kept.
 *
 * The people are decided by the law of today, so what the reform changes later is tried as if it held today.
 */
export async function action(args: Route.ActionArgs): Promise<Outcome> {
  const { city, locale } = asked(args);
  const form = await readForm(args.request);
  const file = typeof form === 'string' ? null : form.get('reform');
  if (form === 'too-large' || (file instanceof File && file.size > LARGEST_FILE)) return { kind: 'file-too-large' };
  if (!(file instanceof File) || file.size === 0 || !city.baseline()) return { kind: 'no-file' };
  const text = await file.text();
  const { reform, diagnostics } = readReform(city.pack, file.name, text);
  if (!reform) return { kind: 'file-faulty', problems: diagnostics.map((one) => printDiagnostic(one, new Map([[file.name, text]]), locale)) };
  const { today: now, later } = asOfToday(reform, city.today);
  const lines = linesOf(city, now, locale, deskWords(locale));
  return lines ? { kind: 'done', same: false, lines, file: { name: say(reform.name, locale), movedFrom: later ?? null } } : { kind: 'faulty' };
}

export default function Simulate({ loaderData: { choices, chosen, typed, people, residuals, outcome }, actionData }: Route.ComponentProps): ReactNode {
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
          {[...Map.groupBy(choices, ({ service }) => service)].map(([service, own]) => <optgroup key={service} label={service}>{own.map(({ key, text }) => <option key={key} value={key}>{text}</option>)}</optgroup>)}
        </select></label>
        <label>{t('simulate.value')}<input name="value" inputMode="decimal" defaultValue={typed} required aria-describedby={choice ? 'now' : undefined} /></label>
        {locale === 'en' ? <input type="hidden" name="lang" value="en" /> : null}
        <button type="submit" disabled={people === null}>{t('simulate.go')}</button>
        {choice ? <span id="now" className="desk-muted">{t(choice.demo ? 'simulate.now-demo' : 'simulate.now', { value: choice.now })}</span> : null}
      </Form>
      <form className="desk-form" method="post" encType="multipart/form-data">
        <label>{t('simulate.file')}<input type="file" name="reform" accept=".yaml,.yml" required aria-describedby="file-says" /></label>
        <button type="submit" disabled={people === null}>{t('simulate.file-go')}</button>
        <span id="file-says" className="desk-muted">{t('simulate.file-says')} <a href={`/desk/reforms${locale === 'en' ? '?lang=en' : ''}#how`}>{t('simulate.file-how')}</a></span>
      </form>
      <Answer outcome={actionData ?? outcome} />
      <Residuals table={residuals} />
    </>
  );
}

function Answer({ outcome }: { readonly outcome: Outcome }): ReactNode {
  const { t } = useDesk();
  switch (outcome.kind) {
    case 'nothing-asked': return null;
    case 'no-number': case 'unknown-parameter': case 'faulty': case 'no-file': case 'file-too-large': return <p role="alert" className="desk-state stop">{t(`simulate.${outcome.kind}`)}</p>;
    case 'file-faulty': return <div role="alert"><p className="desk-state stop">{t('simulate.file-faulty')}</p><pre>{outcome.problems.join('\n')}</pre></div>;
    case 'done': return <>{outcome.file ? <p role="status">{t('simulate.file-done', { name: outcome.file.name })} {outcome.file.movedFrom === null ? null : t('simulate.file-moved', { day: outcome.file.movedFrom })}</p> : null}{outcome.lines.length === 0 ? <p role="status" className="desk-note">{t(outcome.same ? 'simulate.same' : 'simulate.no-effect')}</p> : <Effects lines={outcome.lines} />}</>;
    default: return outcome satisfies never;
  }
}
