import * as Switch from 'radix-ui/switch';
import { useId } from 'react';

/** A setting that is on or off and takes effect at once, with a sentence that says what it does. */
export function SwitchField({
  label,
  hint,
  checked,
  disabled = false,
  onChange,
}: {
  label: string;
  hint: string;
  checked: boolean;
  disabled?: boolean;
  onChange: (checked: boolean) => void;
}) {
  const id = useId();
  return (
    <div className="flex items-start justify-between gap-4">
      <div className="min-w-0">
        <label className="block cursor-pointer font-semibold text-strong" htmlFor={id}>
          {label}
        </label>
        <p className="text-secondary text-muted" id={`${id}-hint`}>
          {hint}
        </p>
      </div>
      <Switch.Root
        aria-describedby={`${id}-hint`}
        checked={checked}
        className="h-6 w-10 shrink-0 rounded-pill bg-neutral-9 transition-colors data-[state=checked]:bg-accent disabled:opacity-50 forced-colors:border"
        disabled={disabled}
        id={id}
        onCheckedChange={onChange}
      >
        <Switch.Thumb className="ms-0.5 block size-5 rounded-pill bg-on-accent transition-transform data-[state=checked]:translate-x-4 rtl:data-[state=checked]:-translate-x-4 forced-colors:bg-[ButtonText]" />
      </Switch.Root>
    </div>
  );
}
