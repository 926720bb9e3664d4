import { X } from 'lucide-react';
import { type KeyboardEvent, useEffect, useEffectEvent, useId, useState } from 'react';
import { QUERY_CHARACTERS } from '../../../protocol/limits.ts';
import type { User } from '../../../protocol/models.ts';
import { useUsers } from '../../api/users.ts';
import { useSignedIn } from '../../session/use-session.ts';
import { isComposing } from '../../ui/is-composing.ts';
import { Avatar } from '../../ui/people/avatar.tsx';
import { useSettled } from '../../ui/use-settled.ts';
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
  /** Enter was pressed before it was known who has this name. */
  const [isAwaited, setAwaited] = useState(false);
  const text = typed.trim();
  const query = useSettled(text);
  const { data: users = [], isPending, isPrevious } = useUsers(query);
  const isKnown = query === text && !isPending && !isPrevious;
  const taken = new Set([userId, ...chosen.map((person) => person.id)]);
  const found = text === '' ? [] : users.filter((user) => !taken.has(user.id));

  function type(now: string): void {
    setTyped(now);
    setActive(0);
    setAwaited(false);
  }

  function take(user: User | undefined): void {
    if (!user) return;
    onChange([...chosen, user]);
    type('');
  }

  const takeFirst = useEffectEvent(() => {
    setAwaited(false);
    take(found[0]);
  });
  useEffect(() => {
    if (isAwaited && isKnown) takeFirst();
  }, [isAwaited, isKnown]);

  function onKeyDown(event: KeyboardEvent): void {
    if (isComposing(event)) return;
    if (event.key === 'Backspace' && typed === '') onChange(chosen.slice(0, -1));
    const isEarly = event.key === 'Enter' && text !== '' && !isKnown;
    if (found.length === 0 && !isEarly) return;
    if (isEarly) setAwaited(true);
    else if (event.key === 'ArrowDown') setActive((active + 1) % found.length);
    else if (event.key === 'ArrowUp') setActive((active + found.length - 1) % found.length);
    else if (event.key === 'Enter') take(found[active]);
    else if (event.key === 'Escape') type('');
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
          onChange={(event) => type(event.target.value)}
          onKeyDown={onKeyDown}
          placeholder={chosen.length === 0 ? 'Type a name' : undefined}
          role="combobox"
          value={typed}
        />
      </div>
      <PeopleFound active={active} id={id} onTake={take} people={found} />
      {text !== '' && found.length === 0 && isKnown && (
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
