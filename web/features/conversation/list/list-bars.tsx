import type { ReactNode } from 'react';
import { classes } from '../../../ui/classes.ts';

/** What floats over the bottom of a list, above each other and never over what another one says. */
export function ListBars({ children }: { children: ReactNode }) {
  return (
    <div className="pointer-events-none absolute inset-x-0 bottom-3 z-10 flex flex-col items-center gap-2 *:pointer-events-auto">
      {children}
    </div>
  );
}

/** Older or newer messages are on their way. */
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
