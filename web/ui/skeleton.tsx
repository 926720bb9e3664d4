import { classes } from './classes.ts';

/** A placeholder in the shape of content that loads. */
export function Skeleton({ className }: { className: string }) {
  return (
    <span
      aria-hidden="true"
      className={classes('block animate-shimmer rounded-small bg-neutral-4', className)}
    />
  );
}
