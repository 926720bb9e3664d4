import { Compass, MessagesSquare } from 'lucide-react';
import { lazy } from 'react';
import { useMyGroups } from '../../api/my-groups.ts';
import { unreadThreads } from '../../api/unread-threads.ts';
import { Button } from '../../ui/controls/button.tsx';
import { Late } from '../../ui/overlays/late.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { GroupLink } from './group-link.tsx';
import { type ListMoment, listedGroup } from './listed-group.ts';
import { SectionTitle } from './section-title.tsx';
import { sectionsOf } from './sections.ts';

const DirectPresence = lazy(() =>
  import('./direct-presence.tsx').then((file) => ({ default: file.DirectPresence })),
);

/** My groups and direct messages by name, with the ways to create a group and to browse others. */
export function GroupList({
  moment,
  onCreate,
  onWrite,
}: {
  moment: ListMoment;
  onCreate: () => void;
  /** Opens the dialog that starts a conversation. */
  onWrite: () => void;
}) {
  const mine = useMyGroups();
  const { groups, direct } = sectionsOf(mine.data ?? []);
  const unread = unreadThreads(mine.data ?? [], moment.now);
  const links = (entries: typeof groups) =>
    entries.map((entry) => (
      <li className="relative" key={entry.group.id}>
        <GroupLink listed={listedGroup(entry, moment)} now={moment.now} />
        {entry.people?.length === 1 && (
          <Late>
            <DirectPresence person={entry.people[0]} />
          </Late>
        )}
      </li>
    ));
  return (
    <nav aria-label="Groups" className="flex min-h-0 flex-1 flex-col">
      <div className="mb-2">
        <GroupLink
          href="/threads"
          icon={MessagesSquare}
          label="Threads"
          unread={unread.filter(({ parentId }) => parentId !== moment.arrivingThread).length}
        />
      </div>
      <SectionTitle action="Create a group" onAction={onCreate} title="Groups" />
      <div className="-mx-0.5 min-h-0 flex-1 overflow-y-auto px-0.5 py-0.5">
        <ul className="flex flex-col gap-px">
          {links(groups)}
          {mine.isPending && <ListSkeleton />}
          {mine.data?.length === 0 && (
            <li className="px-2 py-1 text-secondary text-muted">
              You are in no group yet. Make one, or join one.
              <Button className="mt-3 w-full desktop:hidden" look="primary" onClick={onCreate}>
                Create a group
              </Button>
            </li>
          )}
          {mine.failure && (
            <li className="flex flex-col items-start gap-1 px-2 py-1 text-secondary text-muted">
              {mine.failure.detail}
              <Button className="-ms-3.5" onClick={() => void mine.refetch()}>
                Try again
              </Button>
            </li>
          )}
          <li className="mt-2">
            <GroupLink href="/browse" icon={Compass} label="Browse groups" />
          </li>
        </ul>
        <div className="pt-4">
          <SectionTitle action="New message" onAction={onWrite} title="Direct messages" />
          <ul className="flex flex-col gap-px">{links(direct)}</ul>
        </div>
      </div>
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
