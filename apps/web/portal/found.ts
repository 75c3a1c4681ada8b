import type { City } from '#engine/city.ts';
import type { Locale, LocalText } from '#engine/kernel/index.ts';
import { describeFinding, printCitation } from '#engine/pack/index.ts';
import type { Citation, Finding } from '#engine/pack/index.ts';
import { indicatorWith } from './indicator-view.ts';

/** A finding of the plan linter as residents read it. */
export interface Found {
  readonly code: string;
  readonly severity: Finding['severity'];
  readonly title: string;
  readonly plain: string;
  readonly places: readonly FoundPlace[];
  /** How many of the places are shown at once; a finding about a whole table names dozens. */
  readonly atOnce: number;
  readonly subjects: readonly Subject[];
}

export interface FoundPlace {
  readonly cite: string;
  readonly line: number;
  readonly raw: string;
}

/** What was found about one record: what a resident should know, and how many slips of wording are left to the full list. */
export interface FoundAbout {
  readonly findings: readonly Found[];
  readonly wording: number;
}

/** A record that has a page of its own. */
export interface Subject {
  readonly path: string;
  readonly name: LocalText;
}

const AT_ONCE = 4;

/** The findings in words, places and pages. */
export function foundIn(city: City, findings: readonly Finding[], locale: Locale): Found[] {
  return findings.map((finding) => {
    const { code, severity, places, subjects } = finding;
    const { title, plain } = describeFinding(finding, locale);
    return {
      code, severity, title, plain, atOnce: AT_ONCE,
      places: places.map(({ citation, line, raw }) => ({ cite: printCitation(citation), line, raw })),
      subjects: subjects.flatMap((id) => subjectOf(city, id)),
    };
  });
}

/** The findings about a record. Of one that names many places, those that cite the record itself come first. */
export function foundAbout(city: City, ids: readonly string[], cite: Citation, locale: Locale): FoundAbout {
  const all = [...new Set(ids.flatMap((id) => city.findingsOf(id)))];
  const own = printCitation(cite);
  const findings = foundIn(city, all.filter(({ severity }) => severity !== 'info'), locale);
  return {
    findings: findings.map((one) => {
      const [here, elsewhere] = [one.places.filter((place) => place.cite === own), one.places.filter((place) => place.cite !== own)];
      return { ...one, places: [...here, ...elsewhere], atOnce: here.length > 0 && one.places.length > AT_ONCE ? here.length : AT_ONCE };
    }),
    wording: all.length - findings.length,
  };
}

function subjectOf({ pack }: City, id: string): Subject[] {
  const service = pack.services.get(id);
  if (service) return [{ path: `/services/${id}`, name: service.name }];
  const indicator = indicatorWith(pack.indicators.values(), id);
  return indicator ? [{ path: `/indicators/${indicator.id}`, name: indicator.name }] : [];
}
