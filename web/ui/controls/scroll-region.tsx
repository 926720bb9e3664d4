import type { ComponentProps } from 'react';
import { classes } from '../classes.ts';

/**
 * A scrollable region that Tab reaches, so that the arrow keys scroll it. It needs an accessible name. Its focus ring is
 * inside: outside, the parent that it fills would cut it off.
 */
export function ScrollRegion({
  className,
  ...rest
}: ComponentProps<'section'> & { 'aria-label': string }) {
  // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard (WCAG 2.1.1; axe: scrollable-region-focusable)
  return <section className={classes('-outline-offset-2', className)} tabIndex={0} {...rest} />;
}
