import type { ReactNode } from 'react';

/** Something went wrong, in a sentence, read out at once. */
export function Notice({ children }: { children: ReactNode }) {
  return (
    <p className="rounded-small bg-danger-tint px-3 py-2 text-secondary text-danger" role="alert">
      {children}
    </p>
  );
}
