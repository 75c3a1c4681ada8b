import { data, redirect } from 'react-router';
import type { StaffStep } from '#engine/console/index.ts';
import { hrefIn } from '../../view.ts';
import type { View } from '../../view.ts';

/** What a page says of a step that was not taken. */
export interface StepProblem {
  readonly problem: 'wrong' | 'closed' | 'too-late';
  /** In how many minutes it may be tried again; at least one. */
  readonly minutes: number;
}

/** Leads on where a step was taken; else the page again, with why. */
export function led(step: StaffStep, view: View, to: string, query: Readonly<Record<string, string>> = {}): ReturnType<typeof data<StepProblem>> {
  if (step.kind === 'done') {
    const headers = new Headers();
    for (const cookie of step.cookies) headers.append('set-cookie', cookie);
    throw redirect(hrefIn(view, to, query), { status: 303, headers });
  }
  return data({ problem: step.kind, minutes: step.kind === 'closed' ? Math.max(1, Math.ceil(step.seconds / 60)) : 0 }, { status: step.kind === 'closed' ? 429 : 422 });
}

/** A page of the console or the desk, or the beginning of the console: nobody is sent elsewhere by a link. The address keeps its own query. */
export function consolePath(to: string | null): string {
  return to !== null && /^\/(?:console|desk)(?:[/?][^\s\\]*)?$/.test(to) && !to.includes('//') ? to : '/console';
}

/** What was typed into a field of a form, as text. */
export function typed(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}
