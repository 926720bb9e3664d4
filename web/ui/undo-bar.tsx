import type { ComponentProps } from 'react';
import { classes } from './classes.ts';

/** Says what has just been done, and offers to undo it while that is possible. Loads late: few visits need it. */
export function UndoBar({
  children,
  className,
  onUndo,
  ...rest
}: Omit<ComponentProps<'div'>, 'role'> & {
  /** Undefined if there is nothing to undo. */
  onUndo: (() => void) | undefined;
}) {
  return (
    <div
      className={classes(
        'flex min-h-9 animate-enter items-center gap-1 rounded-pill bg-overlay py-0.5 ps-4 pe-1.5 select-none text-secondary whitespace-nowrap text-default shadow-overlay',
        className,
      )}
      role="status"
      {...rest}
    >
      {children}
      {onUndo && (
        <>
          <span aria-hidden="true">·</span>
          <button
            className="min-h-7 rounded-pill px-2 font-medium text-accent-text hover:bg-hover"
            onClick={onUndo}
            type="button"
          >
            Undo
          </button>
        </>
      )}
    </div>
  );
}
