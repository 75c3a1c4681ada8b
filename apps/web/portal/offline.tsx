import type { ReactNode } from 'react';
import { Trouble } from '../trouble.tsx';

/** What our service worker shows when there is no network; an ordinary page, so that it is kept like one. */
export default function Offline(): ReactNode {
  return <Trouble kind="offline" />;
}
