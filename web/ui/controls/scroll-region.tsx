import type { ComponentProps } from 'react';

/** A scrollable region that Tab reaches, so that the arrow keys scroll it. It needs an accessible name. */
export function ScrollRegion(props: ComponentProps<'section'> & { 'aria-label': string }) {
  // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard (WCAG 2.1.1; axe: scrollable-region-focusable)
  return <section tabIndex={0} {...props} />;
}
