import { classes } from './classes.ts';

/** A shape of what comes. */
export function Skeleton({ className }: { className: string }) {
  return (
    <span
      aria-hidden="true"
      className={classes('block animate-shimmer rounded-small bg-neutral-4', className)}
    />
  );
}
