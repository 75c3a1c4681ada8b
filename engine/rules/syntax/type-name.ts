import type { SyntaxNode } from '@lezer/common';
import type { TypeName } from './ast.ts';

/** The type that a node of the grammar names, as written. */
export function typeName(node: SyntaxNode, text: string): TypeName {
  const inner = node.name === 'Type' ? node.firstChild : node;
  if (!inner) return { kind: 'named', name: '' };
  const types = (of: SyntaxNode): readonly TypeName[] => of.getChildren('Type').map((type) => typeName(type, text));
  const [first] = types(inner);
  switch (inner.name) {
    case 'ListType': return { kind: text.startsWith('range', inner.from) ? 'range' : 'list', of: first ?? { kind: 'named', name: 'Any' } };
    case 'ContextType': return { kind: 'context', entries: (inner.getChild('ContextEntryTypes')?.getChildren('ContextEntryType') ?? []).map((entry) => ({ key: said(entry.firstChild ?? entry, text), type: types(entry)[0] ?? { kind: 'named', name: 'Any' } })) };
    case 'FunctionType': return { kind: 'function', takes: (inner.getChild('ArgumentTypes')?.getChildren('ArgumentType') ?? []).flatMap(types), gives: first ?? { kind: 'named', name: 'Any' } };
    default: return { kind: 'named', name: said(inner, text) };
  }
}

function said(node: SyntaxNode, text: string): string {
  return text.slice(node.from, node.to).replaceAll(/\s+/g, ' ');
}
