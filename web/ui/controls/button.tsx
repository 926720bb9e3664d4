import type { ComponentProps } from 'react';
import { classes } from '../classes.ts';

/** A button with words on it. `busy` keeps its place while what it started is under way. */
export function Button({
  look = 'quiet',
  busy = false,
  className,
  disabled,
  ...rest
}: ComponentProps<'button'> & { look?: ButtonLook; busy?: boolean }) {
  return (
    <button
      aria-busy={busy}
      className={buttonClasses(look, className)}
      disabled={disabled === true || busy}
      type="button"
      {...rest}
    />
  );
}

/** `primary` is the one thing to do here; `outline` stands beside it; `quiet` lies in running text and bars. */
export type ButtonLook = 'primary' | 'outline' | 'quiet' | 'danger';

const SHAPE =
  'inline-flex min-h-9 items-center justify-center gap-2 rounded-small px-3.5 text-body font-medium transition-colors select-none disabled:cursor-not-allowed disabled:opacity-55';

const LOOKS: Record<ButtonLook, string> = {
  primary: 'bg-accent text-on-accent hover:bg-accent-hover',
  outline: 'bg-raised text-strong shadow-field hover:bg-neutral-3',
  quiet: 'text-default hover:bg-hover active:bg-pressed',
  danger: 'bg-danger-fill text-on-accent hover:bg-danger-fill-hover',
};

/** The look of a button, for links that are shown as one too. */
export function buttonClasses(look: ButtonLook, more?: string): string {
  return classes(SHAPE, LOOKS[look], more);
}
