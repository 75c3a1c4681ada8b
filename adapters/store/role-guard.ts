import type { KyselyPlugin, OperationNode } from 'kysely';

/** Statements that would change who acts, or end the transaction under which that was set. */
const FORBIDDEN_STATEMENT = /(?:^|;)\s*(?:set|reset|discard|begin|start|commit|rollback|abort|end|do|call|prepare|execute)\b/i;
const COMMENT = /--.*$|\/\*[^]*?\*\//gm;
const FORBIDDEN_CALL = /\bset_config\s*\(/i;

/**
 * Refuses every statement by which the code of a command could leave its role: below the role is the connection's own
 * user, whom PostgreSQL always lets return. What a principal may see is sealed in the database itself.
 */
export const ROLE_GUARD: KyselyPlugin = {
  transformQuery: ({ node }) => {
    const text = rawTextOf(node).replaceAll(COMMENT, ' ');
    if (FORBIDDEN_STATEMENT.test(text) || FORBIDDEN_CALL.test(text)) throw new Error('a statement may not change who acts');
    return node;
  },
  transformResult: ({ result }) => Promise.resolve(result),
};

/** The text of a statement that was written by hand, and of its parts; values are parameters and no text. */
function rawTextOf(node: OperationNode): string {
  if (node.kind !== 'RawNode') return '';
  const { sqlFragments, parameters } = node as OperationNode & { readonly sqlFragments: readonly string[]; readonly parameters: readonly OperationNode[] };
  return sqlFragments.map((fragment, index) => fragment + (parameters[index] ? rawTextOf(parameters[index]) : '')).join(' ');
}
