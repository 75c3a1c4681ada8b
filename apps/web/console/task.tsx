import type { ReactNode } from 'react';
import { data, redirect } from 'react-router';
import { describeAbout, describeConsoleRefusal, describeDebtProblem, describeEntry, nameOfOutcome, OUTCOMES } from '#engine/console/index.ts';
import type { TaskCommand, TaskKey } from '#engine/console/index.ts';
import { say } from '#engine/kernel/index.ts';
import { RECONSIDERATION_CASE } from '#engine/remedy/index.ts';
import type { Route } from './+types/task.ts';
import { foundOrThrow, onDuty } from '../context.ts';
import { momentIn } from '../format.ts';
import { departmentName } from '../named.ts';
import { hrefIn } from '../view.ts';
import { Acts } from './acts.tsx';
import { DebtActs, DebtLines } from './debt-acts.tsx';
import { DEBT_DO, debtCommandOf, debtViewOf, typedAboutDebt } from './debt-view.ts';
import { Problem, ProveFirst } from './parts.tsx';
import { typed } from './sign-in/step.ts';
import { lineOf, taskPath, taskPlace, writingOf } from './view.ts';
import { consoleWords, useConsole } from './words.ts';

/** The task that an address names; a number that is none names no task. */
export function keyOf(params: Readonly<Record<string, string | undefined>>): TaskKey {
  const { number = '', '*': stream = '' } = params;
  return { stream, number: foundOrThrow(/^[1-9]\d{0,8}$/.test(number) ? Number(number) : undefined) };
}

/** One task: what it is about, what happened, and what can be done with it. */
export async function loader(args: Route.LoaderArgs) {
  const { city, console, visitor, query, locale } = onDuty(args);
  const t = consoleWords(locale);
  const key = keyOf(args.params);
  const view = foundOrThrow(await console.task(visitor.principal, key));
  const { task } = view;
  const writing = writingOf(city, locale);
  const debt = task.kind === 'recovery' ? await console.debts.of(visitor.principal, key) : undefined;
  const isReconsidered = task.kind.startsWith('reconsideration-');
  return {
    debt: debt && debtViewOf(debt, city.today, writing), done: DONE.find((one) => one === query.get('did')), line: lineOf(city, view, locale), department: departmentName(city, task.department, locale), number: task.number, stream: task.stream,
    about: describeAbout(view.about, writing), may: isReconsidered ? view.may.filter((action) => action !== 'task.reopen') : view.may, isMine: view.isMine, isDone: task.state.kind === 'done',
    outcome: task.state.kind === 'done' ? nameOfOutcome(task.state.outcome, locale) : undefined,
    outcomes: OUTCOMES[task.kind].map((outcome) => ({ id: outcome, name: nameOfOutcome(outcome, locale) })), isAccount: task.kind === 'account', hasFile: task.stream.startsWith(`case/${RECONSIDERATION_CASE}/`) && task.state.kind !== 'done',
    // A reconsideration stays with the organ, and the answer with whoever decided.
    departments: isReconsidered ? [] : [...city.pack.departments.values()].filter(({ id }) => id !== task.department).map(({ id, name }) => ({ id, name: say(name, locale) })),
    entries: view.entries.map(({ sequence, kind, at, by, payload }) => ({ sequence, at: momentIn(at, city.pack.plan.calendar.zone), by: by === 'system' || by === 'resident' ? t(`by.${by}`) : by, says: describeEntry(kind, payload, writing) })),
  };
}

const DO = ['claim', 'complete', 'put-back', 'hand-over', 'reopen'] as const satisfies readonly TaskCommand['do'][];
const DONE = [...DO, ...DEBT_DO] as const;

export async function action(args: Route.ActionArgs) {
  const { console, visitor, locale, ...view } = onDuty(args);
  const key = keyOf(args.params);
  const form = await args.request.formData();
  const about = DEBT_DO.find((one) => one === typed(form, 'do'));
  if (about !== undefined) {
    const said = typedAboutDebt(form);
    const problem = await console.debts.act(visitor.principal, key, debtCommandOf(about, said), visitor.provenAt);
    if (problem?.kind === 'task-unknown') foundOrThrow(undefined);
    if (problem) return data({ debt: { do: about, ...said }, says: describeDebtProblem(problem, locale), mustProve: problem.kind === 'prove-again' }, { status: 422 });
    throw redirect(hrefIn({ ...view, locale }, taskPath(key), { did: about }), 303);
  }
  const [outcome, department, reason] = [typed(form, 'outcome'), typed(form, 'department'), typed(form, 'reason')];
  const what = foundOrThrow(DO.find((one) => one === typed(form, 'do')));
  const command: TaskCommand = what === 'complete' ? { do: what, outcome, reason } : what === 'hand-over' ? { do: what, department, reason } : what === 'claim' ? { do: what } : { do: what, reason };
  const refusal = await console.act(visitor.principal, key, command);
  if (refusal?.kind === 'task-unknown') foundOrThrow(undefined);
  if (refusal) return data({ do: what, says: describeConsoleRefusal(refusal, locale), outcome, department, reason }, { status: 422 });
  // What was handed over or completed is no longer theirs to look at: they go back to what is.
  throw redirect(hrefIn({ ...view, locale }, what === 'claim' || what === 'reopen' ? taskPath(key) : '/console', { did: what }), 303);
}

export default function TaskPage({ loaderData, actionData }: Route.ComponentProps): ReactNode {
  const { t, href } = useConsole();
  const { line, done, department, about, entries, may, isDone, outcome, number, stream, hasFile } = loaderData;
  const title = t('matter.title', { kind: line.kind, service: line.service });
  return (
    <>
      <title>{`${actionData ? t('problem') : ''}${title}`}</title>
      <p><a href={href('/console')}>{t('matter.back')}</a></p>
      <h1>{title}</h1>
      <Outcome done={done} tried={actionData} path={taskPath({ stream, number })} />
      <div className="con-split">
        <div>
          <dl className="con-facts">
            <dt>{t('column.due')}</dt><dd>{line.due} <span className={line.tone === 'quiet' ? 'desk-muted' : `con-${line.tone}`}>{line.left}</span></dd>
            <dt>{t('column.state')}</dt><dd>{line.state}{outcome === undefined ? null : ` · ${outcome}`}</dd>
            <dt>{t('matter.department')}</dt><dd>{department} · {line.area}</dd>
            <dt>{t('matter.subject')}</dt><dd>{line.subject}</dd>
          </dl>
          {about.length === 0 ? null : <section><h2>{t('matter.about')}</h2>{about.map((one) => <p key={one}>{one}</p>)}</section>}
          {loaderData.debt ? <DebtLines {...loaderData.debt} /> : null}
          {hasFile ? <p><a className="con-button quiet" href={href(`/console/reconsideration/${taskPlace(loaderData)}`)}>{t('remedy.go')}</a> <span className="desk-muted">{t('remedy.go-says')}</span></p> : null}
          {may.includes('facts.open') ? <p><a className="con-button quiet" href={href(`/console/facts/${taskPlace(loaderData)}`)}>{t('matter.facts')}</a> <span className="desk-muted">{t('matter.facts-says')}</span></p> : null}
          <section>
            <h2>{t('matter.case')}</h2>
            {entries.length === 0 ? <p className="desk-lead">{t(isDone ? 'matter.case-closed' : 'matter.case-not')}</p> : <ol className="con-log">{entries.map(({ sequence, at, by, says }) => <li key={sequence}>{says}<small>{at} · {by}</small></li>)}</ol>}
          </section>
        </div>
        <div>
          {loaderData.debt ? <DebtActs debt={loaderData.debt} tried={actionData && 'debt' in actionData ? actionData.debt : undefined} /> : null}
          <Acts {...loaderData} tried={actionData && 'do' in actionData ? actionData : undefined} />
        </div>
      </div>
    </>
  );
}

/** What came of what was tried, or was done. Whoever has to prove themselves first does so beside the page, so that what they wrote stays. */
function Outcome({ done, tried, path }: { readonly done: Loaded['done']; readonly tried: Route.ComponentProps['actionData']; readonly path: string }): ReactNode {
  const { t } = useConsole();
  if (tried) return <Problem>{tried.says}{'mustProve' in tried && tried.mustProve ? <ProveFirst to={path} /> : null}</Problem>;
  return done === undefined ? null : <p className="con-done" role="status">{t(`did.${done}`)}</p>;
}

type Loaded = Route.ComponentProps['loaderData'];
