import type { ComponentProps } from 'react';
import { type ButtonLook, buttonClasses } from './button-classes.ts';

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
