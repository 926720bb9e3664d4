import { type ReactNode, useEffect, useRef } from 'react';
import { GroupBadge } from '../../features/groups/group-badge.tsx';
import { GroupIcon } from '../../features/groups/group-icon.tsx';
import { GroupName } from '../../features/groups/group-name.tsx';
import { classes } from '../../ui/classes.ts';
import { Avatar } from '../../ui/people/avatar.tsx';
import type { Choice } from './choice.ts';

/** A name is cut off only if it is very long; what follows it sooner. */
const NAME = 'max-w-4/5 shrink-0 truncate';

/** A choice in the list of the switcher; `isActive`: Enter takes it. */
export function ChoiceRow({
  id,
  choice,
  isActive,
  onActive,
  onChoose,
}: {
  id: string;
  choice: Choice;
  isActive: boolean;
  onActive: () => void;
  onChoose: () => void;
}) {
  const row = useRef<HTMLButtonElement>(null);
  // The focus stays in the field, so that the browser does not scroll to the active choice.
  useEffect(() => {
    if (isActive) row.current?.scrollIntoView({ block: 'nearest' });
  }, [isActive]);
  return (
    <button
      aria-selected={isActive}
      className="flex min-h-10 w-full cursor-default items-center gap-2.5 rounded-small px-2.5 text-start text-default aria-selected:bg-accent-tint aria-selected:text-strong pointer-coarse:min-h-12"
      id={id}
      onClick={onChoose}
      // The field keeps the focus.
      onMouseDown={(event) => event.preventDefault()}
      // Unlike `enter`, it does not happen when the list moves below a pointer that rests.
      onPointerMove={onActive}
      ref={row}
      role="option"
      tabIndex={-1}
      type="button"
    >
      <Shown choice={choice} />
    </button>
  );
}

function Shown({ choice }: { choice: Choice }) {
  switch (choice.type) {
    case 'mine': {
      const { listed } = choice;
      const { group, people, unread } = listed;
      const [only] = people ?? [];
      return (
        <>
          <Place>
            {people ? <Avatar person={only} size="small" /> : <GroupIcon group={group} />}
          </Place>
          <GroupName
            className={classes(NAME, unread > 0 && 'font-semibold text-strong')}
            listed={listed}
          />
          {people?.length === 1 && only && <Aside>@{only.handle}</Aside>}
          {!people && group.topic !== '' && <Aside>{group.topic}</Aside>}
          <GroupBadge mentions={listed.mentions} />
        </>
      );
    }
    case 'person':
      return (
        <>
          <Place>
            <Avatar person={choice.person} size="small" />
          </Place>
          <bdi className={NAME}>{choice.person.name}</bdi>
          <Aside>@{choice.person.handle}</Aside>
        </>
      );
    case 'public':
      return (
        <>
          <Place>
            <GroupIcon group={{ visibility: 'public' }} />
          </Place>
          <bdi className={NAME}>{choice.group.name}</bdi>
          <Aside>{choice.group.topic}</Aside>
          <span className="shrink-0 text-meta text-muted">Not joined</span>
        </>
      );
    case 'command': {
      const { name, Icon } = choice.command;
      return (
        <>
          <Place>
            <Icon aria-hidden="true" className="text-muted" size={16} />
          </Place>
          {name}
        </>
      );
    }
  }
}

/** Names begin at one line, whatever stands before them. */
function Place({ children }: { children: ReactNode }) {
  return <span className="grid w-6 shrink-0 place-items-center">{children}</span>;
}

function Aside({ children }: { children: ReactNode }) {
  return <bdi className="min-w-0 flex-1 truncate text-secondary text-muted">{children}</bdi>;
}
