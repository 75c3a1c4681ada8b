import type { ReactNode } from 'react';
import type { LocalText } from '#engine/kernel/index.ts';
import { Text, usePage } from '../../page.tsx';
import { hrefIn } from '../../view.ts';
import type { Outlines as OutlinesView } from '../../outlines.ts';

/** The counties as a drawing to choose from; the list beside it says the same, so it is left out for those who listen. */
export function Outlines({ outlines, note, source }: { readonly outlines: OutlinesView; readonly note: LocalText; readonly source: string }): ReactNode {
  const { t, say, view } = usePage();
  const { width, height, areas } = outlines;
  return (
    <figure className="map">
      <svg viewBox={`-4 -4 ${width + 8} ${height + 8}`} aria-hidden="true">
        {areas.map(({ code, name, path }) => <a key={code} aria-label={say(name)} href={hrefIn({ ...view, place: code }, '/near')} tabIndex={-1}><path d={path} /></a>)}
        {areas.map(({ code, name, x, y }) => <text key={code} x={x} y={y}>{say(name)}</text>)}
      </svg>
      <figcaption className="muted"><Text of={note} /> {t('map.source')}{source}</figcaption>
    </figure>
  );
}
