import { X } from 'lucide-react';
import { type KeyboardEvent, useDeferredValue, useId, useState } from 'react';
import { QUERY_CHARACTERS } from '../../../protocol/limits.ts';
import type { User } from '../../../protocol/models.ts';
import { useUsers } from '../../api/users.ts';
import { useSignedIn } from '../../session/use-session.ts';
import { isComposing } from '../../ui/is-composing.ts';
import { Avatar } from '../../ui/people/avatar.tsx';
import { PeopleFound } from './people-found.tsx';

/** Chooses people by the beginning of their name: arrows move, Enter chooses, Backspace in an empty field removes. */
export function PeoplePicker({
  label,
  chosen,
  onChange,
}: {
  label: string;
  chosen: readonly User[];
  onChange: (people: readonly User[]) => void;
}) {
  const id = useId();
  const [typed, setTyped] = useState('');
  const [active, setActive] = useState(0);
  const { userId } = useSignedIn();
  const query = useDeferredValue(typed.trim());
  const users = useUsers(query).data ?? [];
  const taken = new Set([userId, ...chosen.map((person) => person.id)]);
  const found = typed.trim() === '' ? [] : users.filter((user) => !taken.has(user.id));

  function take(user: User | undefined): void {
    if (!user) return;
    onChange([...chosen, user]);
    setTyped('');
    setActive(0);
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (isComposing(event)) return;
    if (event.key === 'Backspace' && typed === '') onChange(chosen.slice(0, -1));
    if (found.length === 0) return;
    if (event.key === 'ArrowDown') setActive((active + 1) % found.length);
    else if (event.key === 'ArrowUp') setActive((active + found.length - 1) % found.length);
    else if (event.key === 'Enter') take(found[active]);
    else if (event.key === 'Escape') setTyped('');
    else return;
    // Enter would send the form, Esc would close the dialog, and the arrows would move the cursor.
    event.preventDefault();
    event.stopPropagation();
  }

  return (
    <div className="flex flex-col gap-1.5">
      <label className="text-secondary font-medium text-strong" htmlFor={id}>
        {label}
      </label>
      <div className="flex flex-wrap gap-1.5 rounded-small bg-canvas p-1.5 outline-1 -outline-offset-1 outline-outline focus-within:outline-2 focus-within:outline-accent-text">
        {chosen.map((person) => (
          <Chip
            key={person.id}
            onRemove={() => onChange(chosen.filter((other) => other.id !== person.id))}
            person={person}
          />
        ))}
        <input
          dir="auto"
          aria-activedescendant={found.length > 0 ? `${id}-${active}` : undefined}
          aria-autocomplete="list"
          aria-controls={`${id}-found`}
          aria-expanded={found.length > 0}
          autoComplete="off"
          className="min-h-7 min-w-32 flex-1 px-1.5 text-strong outline-none placeholder:text-muted"
          id={id}
          maxLength={QUERY_CHARACTERS}
          onChange={(event) => {
            setTyped(event.target.value);
            setActive(0);
          }}
          onKeyDown={onKeyDown}
          placeholder={chosen.length === 0 ? 'Type a name' : undefined}
          role="combobox"
          value={typed}
        />
      </div>
      <PeopleFound active={active} id={id} onTake={take} people={found} />
      {typed.trim() !== '' && found.length === 0 && query === typed.trim() && (
        <p className="text-secondary text-muted" role="status">
          No one found. People appear here after they have signed in.
        </p>
      )}
    </div>
  );
}

function Chip({ person, onRemove }: { person: User; onRemove: () => void }) {
  return (
    <span className="flex items-center gap-1.5 rounded-pill bg-neutral-4 py-0.5 pe-1 ps-0.5 text-secondary text-strong">
      <Avatar person={person} size="small" />
      <bdi>{person.name}</bdi>
      <button
        aria-label={`Remove ${person.name}`}
        className="grid size-6 place-items-center rounded-pill text-muted hover:bg-hover hover:text-strong"
        onClick={onRemove}
        type="button"
      >
        <X aria-hidden="true" size={14} />
      </button>
    </span>
  );
}
