import type { ComponentProps } from 'react';
import { classes } from '../classes.ts';

/**
 * A button with a text. While its action runs (`busy`) it does nothing and keeps its size. It is not disabled then: a disabled
 * element loses the focus.
 */
export function Button({
  look = 'quiet',
  busy = false,
  className,
  onClick,
  ...rest
}: ComponentProps<'button'> & { look?: ButtonLook; busy?: boolean }) {
  return (
    <button
      aria-busy={busy}
      className={buttonClasses(look, className)}
      aria-disabled={busy || undefined}
      onClick={(event) => (busy ? event.preventDefault() : onClick?.(event))}
      type="button"
      {...rest}
    />
  );
}

/** `primary` is the main action of a view; `outline` an action beside it; `quiet` one in text and bars. */
export type ButtonLook = 'primary' | 'outline' | 'quiet' | 'danger';

const SHAPE =
  'inline-flex min-h-9 items-center justify-center gap-2 rounded-small px-3.5 text-body font-medium transition-colors select-none disabled:cursor-not-allowed disabled:opacity-55 aria-disabled:cursor-not-allowed aria-disabled:opacity-55';

const LOOKS: Record<ButtonLook, string> = {
  primary: 'bg-accent text-on-accent hover:bg-accent-hover',
  outline: 'bg-raised text-strong shadow-field hover:bg-neutral-3',
  quiet: 'text-default hover:bg-hover active:bg-pressed',
  danger: 'bg-danger-fill text-on-accent hover:bg-danger-fill-hover',
};

/** The classes of a button, also for links that look like one. */
export function buttonClasses(look: ButtonLook, more?: string): string {
  return classes(SHAPE, LOOKS[look], more);
}
