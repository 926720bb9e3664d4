import { Compass, MessagesSquare } from 'lucide-react';
import { lazy, useRef, useState } from 'react';
import { useMyGroups } from '../../api/my-groups.ts';
import { unreadThreads } from '../../api/unread-threads.ts';
import { Late } from '../../ui/overlays/late.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useLongPress } from '../../ui/use-long-press.ts';
import type { RowWithMenu } from './arranging.tsx';
import { GroupLink } from './group-link.tsx';
import { isGuest } from './is-guest.ts';
import { type ListMoment, listedGroup } from './listed-group.ts';
import { AddButton, SectionTitle } from './section-title.tsx';
import type { Section } from './sections.ts';

const Arranging = lazy(() =>
  import('./arranging.tsx').then((file) => ({ default: file.Arranging })),
);
const ListNote = lazy(() => import('./list-note.tsx').then((file) => ({ default: file.ListNote })));
const DirectPresence = lazy(() =>
  import('./direct-presence.tsx').then((file) => ({ default: file.DirectPresence })),
);

/** My groups in their sections, with the ways to create a group, to browse others, and to arrange them. */
export function GroupList({
  sections,
  moment,
  onUse,
  onCreate,
  onWrite,
}: {
  sections: readonly Section[];
  moment: ListMoment;
  /** The pointer or the focus moves over the list. */
  onUse: () => void;
  onCreate: () => void;
  /** Opens the dialog that starts a conversation. */
  onWrite: () => void;
}) {
  const mine = useMyGroups();
  const entries = mine.data ?? [];
  const unread = unreadThreads(entries, moment.now);
  const mayJoin = !isGuest(entries);
  const [isUsed, setUsed] = useState(false);
  const [row, setRow] = useState<RowWithMenu>();
  const pressed = useRef<EventTarget>(undefined);
  const press = useLongPress(() => openMenu(pressed.current));

  function openMenu(target: EventTarget | undefined): boolean {
    const element = target instanceof Element && target.closest('[data-group]');
    const groupId = element ? element.getAttribute('data-group') : undefined;
    if (!element || !groupId) return false;
    setRow({ groupId, element });
    return true;
  }

  function use(): void {
    setUsed(true);
    onUse();
  }

  return (
    <nav
      aria-label="Groups"
      className="-mx-1 min-h-0 flex-1 overflow-y-auto px-1 py-1"
      {...press}
      onContextMenu={(event) => {
        if (openMenu(event.target)) event.preventDefault();
        press.onContextMenu(event);
      }}
      onFocus={use}
      onPointerDown={(event) => {
        pressed.current = event.target;
        press.onPointerDown(event);
      }}
      onPointerMove={(event) => {
        use();
        press.onPointerMove(event);
      }}
    >
      <div className="mb-2">
        <GroupLink
          href="/threads"
          icon={MessagesSquare}
          label="Threads"
          unread={unread.filter(({ parentId }) => parentId !== moment.arrivingThread).length}
        />
      </div>
      {sections.map((section) => {
        const { id, entries, isFolded } = section;
        return (
          <div className="pb-3" key={id}>
            <SectionTitle section={section}>
              {id === 'groups' && mayJoin && (
                <AddButton label="Create a group" onClick={onCreate} />
              )}
              {id === 'direct' && <AddButton label="New message" onClick={onWrite} />}
            </SectionTitle>
            <ul className="flex flex-col gap-px">
              {entries.map((entry) => (
                <li
                  className="relative"
                  data-favourite={id === 'favourites' || undefined}
                  data-group={entry.group.id}
                  key={entry.group.id}
                >
                  <GroupLink listed={listedGroup(entry, moment)} now={moment.now} />
                  {entry.people?.length === 1 && (
                    <Late>
                      <DirectPresence person={entry.people[0]} />
                    </Late>
                  )}
                </li>
              ))}
              {id === 'groups' && !isFolded && (
                <>
                  {mine.isPending && <ListSkeleton />}
                  {(mine.failure || mine.data?.length === 0) && (
                    <Late>
                      <ListNote
                        failure={mine.failure}
                        onCreate={onCreate}
                        onRetry={() => void mine.refetch()}
                      />
                    </Late>
                  )}
                  {mayJoin && (
                    <li className="mt-2">
                      <GroupLink href="/browse" icon={Compass} label="Browse groups" />
                    </li>
                  )}
                </>
              )}
            </ul>
          </div>
        );
      })}
      {(isUsed || row) && (
        <Late>
          <Arranging
            onMenuEnd={() => setRow(undefined)}
            onUse={onUse}
            row={row}
            sections={sections}
          />
        </Late>
      )}
    </nav>
  );
}

function ListSkeleton() {
  return (
    <li className="flex flex-col gap-3 px-2 py-2">
      <span className="sr-only" role="status">
        Loading your groups
      </span>
      {['w-32', 'w-24', 'w-40'].map((width) => (
        <Skeleton className={`h-4 ${width}`} key={width} />
      ))}
    </li>
  );
}
