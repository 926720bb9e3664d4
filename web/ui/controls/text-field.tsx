import { type ComponentProps, useId } from 'react';
import { classes } from '../classes.ts';

const FIELD =
  'w-full rounded-small bg-canvas px-3 py-2 text-body text-strong outline-1 -outline-offset-1 outline-outline placeholder:text-muted focus:outline-2 focus:outline-accent-text';

type FieldProps = {
  label: string;
  /** A hint below the field. */
  hint?: string | undefined;
  /** Why the value is refused. */
  error?: string | undefined;
};

/** A labelled text input. Screen readers read its hint and its error with it. */
export function TextField({
  label,
  hint,
  error,
  className,
  ...rest
}: ComponentProps<'input'> & FieldProps) {
  const id = useId();
  const note = error ?? hint;
  return (
    <div className="flex flex-col gap-1.5">
      <label className="text-secondary font-medium text-strong" htmlFor={id}>
        {label}
      </label>
      <input
        dir="auto"
        aria-describedby={note === undefined ? undefined : `${id}-note`}
        aria-invalid={error !== undefined}
        className={classes(FIELD, error !== undefined && 'outline-danger', className)}
        id={id}
        {...rest}
      />
      {note !== undefined && (
        <p
          className={classes('text-secondary', error === undefined ? 'text-muted' : 'text-danger')}
          id={`${id}-note`}
        >
          {note}
        </p>
      )}
    </div>
  );
}
