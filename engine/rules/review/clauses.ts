import type { RuleBook } from '../link/index.ts';
import { WHOLE } from '../report.ts';
import type { Report } from '../vocabulary/index.ts';
import { inForce } from '../vocabulary/index.ts';

/**
 * Conditions that no example gives as the reason of a no: nobody has tried what they refuse.
 *
 * The same words in another standard of the service count as tried. The first service of a precedence list yields to
 * nothing, and a scope that takes everybody in refuses nobody.
 */
export function untestedClauses(book: RuleBook, report: Report): void {
  for (const service of book.pack.services.values()) {
    const refused = (service.examples ?? []).flatMap(({ on, then }) => ('no' in then ? [{ on, clause: then.no }] : []));
    const standards = book.rulesOf(service.id);
    const tried = new Set(standards.flatMap(({ standard, clauses }) => clauses.filter(({ id }) => refused.some((one) => one.clause === id && inForce(standard, one.on))).map(({ id, text }) => `${id} ${text ?? ''}`)));
    for (const { id, text, site } of standards.flatMap(({ clauses }) => clauses)) {
      if (tried.has(`${id} ${text ?? ''}`) || text === 'true') continue;
      const list = book.pack.precedence.get(id.replace(/^stacks\//, ''));
      if (list?.services[0] === service.id) continue;
      report(id === 'scope' ? { file: service.place.file, path: ['scope'] } : site, { code: 'clause-untested', at: WHOLE, data: { id }, severity: 'warning' });
    }
  }
}
