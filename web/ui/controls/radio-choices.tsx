import { useId } from 'react';

/** A question with one answer of a few, as radio buttons side by side. */
export function RadioChoices<T extends string>({
  legend,
  choices,
  value,
  onChange,
}: {
  legend: string;
  choices: readonly { value: T; title: string }[];
  value: T;
  onChange: (value: T) => void;
}) {
  const name = useId();
  return (
    <fieldset>
      <legend className="mb-1.5 font-semibold text-strong">{legend}</legend>
      <div className="flex flex-wrap gap-x-4 gap-y-1">
        {choices.map((choice) => (
          <label
            className="flex min-h-8 cursor-pointer items-center gap-2 pointer-coarse:min-h-11"
            key={choice.value}
          >
            <input
              checked={choice.value === value}
              className="size-4 accent-accent"
              name={name}
              onChange={() => onChange(choice.value)}
              type="radio"
            />
            {choice.title}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
