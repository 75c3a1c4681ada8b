import type { NodeId } from '../program.ts';

/** One function under way: lines so far, and which nodes have a name where the next line will stand. */
export class Body {
  readonly lines: string[] = [];
  readonly place: string;
  /** How many operators of this function use each node at this place. */
  readonly uses: ReadonlyMap<NodeId, number>;
  readonly hoisted = new Set<NodeId>();
  /** Verdicts that this function has found already, by service: where their codes stand. */
  readonly decided = new Map<string, string>();
  readonly #names: Map<NodeId, string>[] = [new Map()];

  constructor(place: string, uses: ReadonlyMap<NodeId, number>) {
    this.place = place;
    this.uses = uses;
  }

  nameOf(id: NodeId): string | undefined {
    return this.#names.findLast((names) => names.has(id))?.get(id);
  }

  declare(id: NodeId, value: string): string {
    const name = `v${String(id)}`;
    this.lines.push(`const ${name} = ${value};`);
    this.#names.at(-1)?.set(id, name);
    return name;
  }

  /** A variable that statements will set. */
  open(id: NodeId, value: string): string {
    const name = `v${String(id)}`;
    this.lines.push(`let ${name} = ${value};`);
    this.#names.at(-1)?.set(id, name);
    return name;
  }

  /** Lines in a block of their own: what is named inside is not known after it. */
  block(head: string, inside: () => void): void {
    this.lines.push(`${head} {`);
    this.#names.push(new Map());
    inside();
    this.#names.pop();
    this.lines.push('}');
  }
}
