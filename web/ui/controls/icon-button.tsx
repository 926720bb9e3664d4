import type { ComponentProps } from 'react';
import { classes } from '../classes.ts';

/** A button with only an icon: `label` is its accessible name and its tooltip. */
export function IconButton({
  label,
  className,
  ...rest
}: Omit<ComponentProps<'button'>, 'aria-label' | 'title'> & { label: string }) {
  return (
    <button
      aria-label={label}
      className={classes(
        'grid size-9 shrink-0 place-items-center rounded-small text-muted transition-colors hover:bg-hover hover:text-strong active:bg-pressed',
        className,
      )}
      title={label}
      type="button"
      {...rest}
    />
  );
}
