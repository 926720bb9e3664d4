import type { ReactNode } from 'react';
import { classes } from '../../../ui/classes.ts';

/** Stacks the bars that float over the bottom of a list, so that none covers another. */
export function ListBars({ children }: { children: ReactNode }) {
  return (
    <div className="pointer-events-none absolute inset-x-0 bottom-3 z-10 flex flex-col items-center gap-2 *:pointer-events-auto">
      {children}
    </div>
  );
}

/** Says that older or newer messages are loading. */
export function Loading({ what, className }: { what: 'older' | 'newer'; className?: string }) {
  return (
    <p
      className={classes(
        'animate-fade rounded-pill bg-overlay px-3 py-1 text-meta text-muted shadow-overlay',
        className,
      )}
      role="status"
    >
      Loading {what} messages…
    </p>
  );
}
