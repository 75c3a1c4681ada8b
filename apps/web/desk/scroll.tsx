import type { ReactNode } from 'react';

/** What is wider than the page scrolls by itself: with a pointer, and with the arrow keys of whoever has none. */
export function Scroll({ label, children }: { readonly label: string; readonly children: ReactNode }): ReactNode {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must take the focus, or no key reaches its end
    <section className="desk-scroll" tabIndex={0} aria-label={label}>{children}</section>
  );
}
