import type { ReactNode } from 'react';
import type { SourceDocument } from '#engine/pack/index.ts';
import type { Route } from './+types/plan-source.ts';
import { asked } from '../context.ts';
import { Head, usePage } from '../page.tsx';
import { Crumbs, Jump, Scroll, Title } from './parts/blocks.tsx';
import { blocksOf, headed } from './source-blocks.ts';
import type { Block } from './source-blocks.ts';

export function loader(args: Route.LoaderArgs) {
  const { pack } = asked(args).city;
  const source: SourceDocument = pack.source;
  return {
    blocks: blocksOf(source), plan: pack.plan.name, authority: pack.plan.authority,
    chapters: headed(source).filter(({ id }) => !id.includes('(')).map(({ heading }) => ({ line: heading.line, text: heading.text })),
  };
}

export default function PlanSource({ loaderData: { blocks, plan, authority, chapters } }: Route.ComponentProps): ReactNode {
  const { t, say } = usePage();
  return (
    <>
      <Head title={t('plan-source.title')} description={t('plan-source.lead', { plan: say(plan), authority: say(authority) })} />
      <Crumbs to={[['/plan', t('plan.title')]]} />
      <div className="read">
        <Title lead={t('plan-source.lead', { plan: say(plan), authority: say(authority) })}>{t('plan-source.title')}</Title>
        <Jump to={chapters.map(({ line, text }) => [`L${line}`, text])} />
        <article className="source" lang="zh-CN" data-printed="">{blocks.map((block) => <SourceBlock key={block.kind === 'table' ? `t${block.rows[0]?.[0]?.line ?? 0}` : block.line} block={block} />)}</article>
      </div>
    </>
  );
}

/** A line of the published text as it is printed, with the anchor that citations lead to. */
function SourceBlock({ block }: { readonly block: Block }): ReactNode {
  switch (block.kind) {
    case 'chapter': return <h2 id={`L${block.line}`}>{block.text}</h2>;
    case 'section': return <h3 id={`L${block.line}`}>{block.text}</h3>;
    case 'caption': return <h4 id={`L${block.line}`}>{block.text}</h4>;
    case 'item': case 'small': case 'text': return <p id={`L${block.line}`} className={block.kind}>{block.text}</p>;
    case 'table': return (
      <Scroll label={block.title}>
        <table><tbody>{block.rows.map((row) => <tr key={row[0]?.line}>{row.map(({ line, text }) => <td key={line} id={`L${line}`}>{text}</td>)}</tr>)}</tbody></table>
      </Scroll>
    );
    default: return block satisfies never;
  }
}
