import type { Breakdown } from '#engine/pack/index.ts';
import type { Snapshot } from '#engine/population/index.ts';
import { buildProgram, groupText, REASON } from '#engine/rules/index.ts';
import type { Rule, RuleBook } from '#engine/rules/index.ts';
import { decideAll } from './run.ts';

export type BreakdownId = Breakdown['id'];

/**
 * In which group of a breakdown each row of a snapshot is, by the rule texts of the pack.
 *
 * A group is decided as a service is: the first that holds counts. Whoever is in none, or of whom what decides it is
 * not known, is in the group after the last.
 */
export class Parts {
  readonly #book: RuleBook;
  readonly #snapshot: Snapshot;
  readonly #on: number;
  readonly #found = new Map<string, Uint8Array | undefined>();

  constructor(book: RuleBook, snapshot: Snapshot, on: number) {
    this.#book = book;
    this.#snapshot = snapshot;
    this.#on = on;
  }

  /** The ids of the groups in their order; none where the pack does not part people so. */
  groups(id: BreakdownId): readonly string[] {
    return this.#book.pack.breakdowns.get(id)?.groups.map((group) => group.id) ?? [];
  }

  /** For each row of an entity the index in `groups`; undefined where the pack does not part such things. */
  of(id: BreakdownId, entity: string): Uint8Array | undefined {
    const key = `${id} ${entity}`;
    if (!this.#found.has(key)) this.#found.set(key, this.#decide(id, entity));
    return this.#found.get(key);
  }

  #decide(id: BreakdownId, entity: string): Uint8Array | undefined {
    const breakdown = this.#book.pack.breakdowns.get(id);
    const rules = breakdown?.groups.flatMap((_, at) => this.#rule(breakdown, at, entity) ?? []) ?? [];
    if (!breakdown || rules.length < breakdown.groups.length) return undefined;
    const { answers } = decideAll(buildProgram(this.#book.vocabulary.schema, this.#on, rules), this.#snapshot);
    const parts = new Uint8Array(this.#snapshot.rows.get(entity) ?? 0).fill(rules.length);
    rules.forEach(({ service }, at) => answers.get(service)?.reasons.forEach((reason, row) => {
      if (reason === REASON.yes) parts[row] = at;
    }));
    return parts;
  }

  #rule(breakdown: Breakdown, at: number, entity: string): Rule | undefined {
    const text = groupText(breakdown, at, entity);
    const when = text === undefined ? undefined : this.#book.check(text, { entity, lawOn: this.#on }).expr;
    return when && { service: `${breakdown.id} ${at}`, subject: entity, clauses: [{ id: 'in', when }] };
  }
}
