import { useEffect, useRef } from 'react';
import type { User } from '../../../protocol/models.ts';
import { classes } from '../../ui/classes.ts';
import { Avatar } from '../../ui/people/avatar.tsx';

/** The results of a search for people, as the list box of the field above; `active` is the option that Enter would take. */
export function PeopleFound({
  id,
  people,
  active,
  onTake,
}: {
  id: string;
  people: readonly User[];
  active: number;
  onTake: (person: User) => void;
}) {
  const list = useRef<HTMLDivElement>(null);
  // The focus stays in the field, so that the browser does not scroll to the active option.
  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: 'nearest' });
  }, [active]);
  return (
    <div
      aria-label="People found"
      className={classes('flex max-h-52 flex-col overflow-y-auto', people.length === 0 && 'hidden')}
      id={`${id}-found`}
      ref={list}
      role="listbox"
    >
      {people.map((person, index) => (
        <button
          aria-selected={index === active}
          className="flex min-h-10 items-center gap-2.5 rounded-small px-2 hover:bg-hover aria-selected:bg-accent-tint"
          id={`${id}-${index}`}
          key={person.id}
          onClick={() => onTake(person)}
          // The field keeps the focus.
          onMouseDown={(event) => event.preventDefault()}
          role="option"
          tabIndex={-1}
          type="button"
        >
          <Avatar person={person} size="small" />
          <bdi className="truncate text-strong">{person.name}</bdi>
          <bdi className="truncate text-secondary text-muted">@{person.handle}</bdi>
        </button>
      ))}
    </div>
  );
}
