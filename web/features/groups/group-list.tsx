import { Compass } from 'lucide-react';
import { useMyGroups } from '../../api/my-groups.ts';
import { Button } from '../../ui/controls/button.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { byName } from './by-name.ts';
import { DirectList } from './direct-list.tsx';
import { GroupLink } from './group-link.tsx';
import { SectionTitle } from './section-title.tsx';

/** My groups by name, with the ways to create one and to browse others, and my direct groups. */
export function GroupList({ onCreate }: { onCreate: () => void }) {
  const groups = useMyGroups();
  const entries = groups.data;
  const direct = entries?.filter(({ group }) => group.kind === 'direct') ?? [];
  const named = entries?.filter(({ group }) => group.kind === 'group').sort(byName);
  return (
    <nav aria-label="Groups" className="flex min-h-0 flex-1 flex-col">
      <SectionTitle action="Create a group" onAction={onCreate} title="Groups" />
      <ul className="-mx-0.5 flex min-h-0 flex-1 flex-col gap-px overflow-y-auto px-0.5 py-0.5">
        {named?.map(({ group }) => (
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
        <li className="mt-4">
          <DirectList entries={direct} />
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
