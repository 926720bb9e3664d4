import type { ReactNode } from 'react';

/** What floats over the bottom of a list, above each other and never over what another one says. */
export function ListBars({ children }: { children: ReactNode }) {
  return (
    <div className="pointer-events-none absolute inset-x-0 bottom-3 z-10 flex flex-col items-center gap-2 *:pointer-events-auto">
      {children}
    </div>
  );
}
