import type { Visibility } from '../../../protocol/models.ts';

const CHOICES: readonly { value: Visibility; title: string; text: string }[] = [
  { value: 'public', title: 'Public', text: 'Anyone here can find and join it.' },
  { value: 'private', title: 'Private', text: 'Only the people you add.' },
];

/** Chooses whether a group is public or private. */
export function VisibilityChoice({
  value,
  onChange,
}: {
  value: Visibility;
  onChange: (value: Visibility) => void;
}) {
  return (
    <fieldset>
      <legend className="mb-1.5 text-secondary font-medium text-strong">Who can join</legend>
      <div className="grid gap-2 desktop:grid-cols-2">
        {CHOICES.map((choice) => (
          <label
            className="flex cursor-pointer gap-2.5 rounded-small p-3 shadow-field has-checked:bg-accent-tint has-focus-visible:outline-2 has-focus-visible:outline-accent-text"
            key={choice.value}
          >
            <input
              checked={value === choice.value}
              className="mt-1 size-4 shrink-0 accent-accent outline-none"
              name="visibility"
              onChange={() => onChange(choice.value)}
              type="radio"
            />
            <span>
              <span className="block font-medium text-strong">{choice.title}</span>
              <span className="block text-secondary text-muted">{choice.text}</span>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
