import type { InviteChoice } from './invite-choices.ts';

/** A labelled list of choices, of which one is chosen. */
export function ChoiceField<T>({
  label,
  choices,
  value,
  onChange,
}: {
  label: string;
  choices: readonly InviteChoice<T>[];
  value: T;
  onChange: (value: T) => void;
}) {
  return (
    <label className="flex flex-1 flex-col gap-1.5 text-secondary font-medium text-strong">
      {label}
      <select
        className="min-h-9 w-full rounded-small bg-canvas px-2 text-body font-normal outline-1 -outline-offset-1 outline-outline"
        onChange={({ target }) => {
          const chosen = choices[target.selectedIndex];
          if (chosen) onChange(chosen.value);
        }}
        value={choices.findIndex((choice) => choice.value === value)}
      >
        {choices.map(({ text }, index) => (
          <option key={text} value={index}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}
