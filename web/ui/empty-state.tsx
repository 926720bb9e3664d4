import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

/** An empty view: says what it is for, and offers the first action. */
export function EmptyState({
  icon: Icon,
  title,
  children,
  actions,
}: {
  icon: LucideIcon;
  title: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <section className="m-auto flex max-w-md flex-col items-center gap-3 p-8 text-center">
      <span className="grid size-14 place-items-center rounded-pill bg-accent-tint text-accent-text">
        <Icon aria-hidden="true" size={26} strokeWidth={1.75} />
      </span>
      <h1 className="text-title font-semibold text-balance text-strong">{title}</h1>
      {children !== undefined && <p className="text-pretty text-muted">{children}</p>}
      {actions !== undefined && (
        <div className="mt-2 flex flex-wrap justify-center gap-2">{actions}</div>
      )}
    </section>
  );
}
