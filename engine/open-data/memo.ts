import type { City } from '#engine/city.ts';
import { partsOf, render, say } from '#engine/kernel/index.ts';
import type { Locale, Memo, MemoLabels } from '#engine/kernel/index.ts';
import { describeFinding, printCitation } from '#engine/pack/index.ts';
import type { Finding } from '#engine/pack/index.ts';
import en from './messages/en.json' with { type: 'json' };
import zh from './messages/zh.json' with { type: 'json' };

const MESSAGES = { zh, en };

const SEVERITIES = ['error', 'warning', 'info'] as const satisfies readonly Finding['severity'][];

/** What a memo is about: a city, or a pack that no city is opened on. */
export type Findings = Pick<City, 'pack' | 'findings' | 'today' | 'release'>;

/** What the plan linter found, as a memo to the authority of the plan: the gravest first, each with its places. */
export function findingsMemo(city: Findings, locale: Locale): Memo {
  const { plan } = city.pack;
  const word = (key: string, data: Readonly<Record<string, string | number>> = {}): string => render(MESSAGES[locale], `memo.${key}`, data);
  const { year, month, day } = partsOf(city.today);
  const of = (severity: Finding['severity']): readonly Finding[] => city.findings.filter((finding) => finding.severity === severity);
  return {
    title: word('title', { plan: say(plan.name, locale) }),
    to: say(plan.authority, locale),
    from: say(plan.site, locale),
    date: word('day', { year, month, day }),
    opening: [word('opening', { plan: say(plan.name, locale), total: city.findings.length, errors: of('error').length, warnings: of('warning').length, infos: of('info').length }), word('opening-2')],
    sections: SEVERITIES.filter((severity) => of(severity).length > 0).map((severity) => ({
      heading: word(`${severity}.heading`, { count: of(severity).length }),
      intro: word(`${severity}.intro`),
      points: of(severity).map((finding) => {
        const { title, explanation } = describeFinding(finding, locale);
        return { title, text: explanation, places: finding.places.map((place) => word('place', { cite: printCitation(place.citation), line: place.line, raw: place.raw })) };
      }),
    })),
    closing: [word('closing', { digest: city.release.digest.slice(0, 12) })],
  };
}

export function memoLabels(locale: Locale): MemoLabels {
  const words = MESSAGES[locale];
  return { to: render(words, 'memo.to'), from: render(words, 'memo.from'), date: render(words, 'memo.date') };
}
