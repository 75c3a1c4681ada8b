import type { ReactNode } from 'react';
import type { PaperBlock } from '#engine/paper/index.ts';

/** What stands on a paper, on a page: the same words in the same order. */
export function PaperBlocks({ of }: { readonly of: readonly PaperBlock[] }): ReactNode {
  // oxlint-disable-next-line react/no-array-index-key -- nothing of it ever moves
  return <div lang="zh-CN" className="told-file">{of.map((block, at) => <Block key={at} of={block} />)}</div>;
}

function Block({ of }: { readonly of: PaperBlock }): ReactNode {
  switch (of.kind) {
    case 'heading': return <h2>{of.text}</h2>;
    case 'text': return <p className="said">{of.text}</p>;
    // oxlint-disable-next-line react/no-array-index-key -- nothing of it ever moves
    case 'facts': return <dl className="check">{of.rows.map(([name, value], at) => <div key={at}><dt>{name}</dt><dd>{value}</dd></div>)}</dl>;
    default: return of satisfies never;
  }
}
