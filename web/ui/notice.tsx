import type { ReactNode } from 'react';

/** An error message, which screen readers announce at once. */
export function Notice({ children }: { children: ReactNode }) {
  return (
    <p className="rounded-small bg-danger-tint px-3 py-2 text-secondary text-danger" role="alert">
      {children}
    </p>
  );
}
