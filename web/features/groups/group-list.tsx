import { Compass, Plus } from 'lucide-react';
import { useMyGroups } from '../../api/my-groups.ts';
import { Button } from '../../ui/controls/button.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { byName } from './by-name.ts';
import { GroupLink } from './group-link.tsx';

/** My groups by name, with the ways to create one and to browse others. */
export function GroupList({ onCreate }: { onCreate: () => void }) {
  const groups = useMyGroups();
  const entries = groups.data?.toSorted(byName);
  return (
    <nav aria-label="Groups" className="flex min-h-0 flex-1 flex-col">
      <div className="flex items-center justify-between px-2 pb-1">
        <h2 className="text-meta font-semibold text-muted">Groups</h2>
        <button
          aria-label="Create a group"
          className="grid size-7 place-items-center rounded-small text-muted hover:bg-hover hover:text-strong"
          onClick={onCreate}
          title="Create a group"
          type="button"
        >
          <Plus aria-hidden="true" size={16} />
        </button>
      </div>
      <ul className="-mx-0.5 flex min-h-0 flex-1 flex-col gap-px overflow-y-auto px-0.5 py-0.5">
        {entries?.map(({ group }) => (
          <li key={group.id}>
            <GroupLink group={group} />
          </li>
        ))}
        {groups.isPending && <ListSkeleton />}
        {entries?.length === 0 && (
          <li className="px-2 py-1 text-secondary text-muted">
            You are in no group yet. Make one, or join one.
            <Button className="mt-3 w-full desktop:hidden" look="primary" onClick={onCreate}>
              Create a group
            </Button>
          </li>
        )}
        {groups.failure && (
          <li className="flex flex-col items-start gap-1 px-2 py-1 text-secondary text-muted">
            {groups.failure.detail}
            <Button className="-ms-3.5" onClick={() => void groups.refetch()}>
              Try again
            </Button>
          </li>
        )}
        <li className="mt-2">
          <GroupLink href="/browse" icon={Compass} label="Browse groups" />
        </li>
      </ul>
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
