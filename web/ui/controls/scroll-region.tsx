import type { ComponentProps } from 'react';

/** A part of the page that scrolls by itself and is reached with Tab, so that the arrow keys scroll it. It needs a name. */
export function ScrollRegion(props: ComponentProps<'section'> & { 'aria-label': string }) {
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard (WCAG 2.1.1; axe: scrollable-region-focusable)
  return <section tabIndex={0} {...props} />;
}
