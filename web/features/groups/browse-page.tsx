import { Compass } from 'lucide-react';
import { useState } from 'react';
import { usePublicGroups } from '../../api/groups.ts';
import { Button } from '../../ui/controls/button.tsx';
import { SearchField } from '../../ui/controls/search-field.tsx';
import { ShowMore } from '../../ui/controls/show-more.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useSettled } from '../../ui/use-settled.ts';
import { BackToGroups } from './group-link.tsx';
import { PublicGroup } from './public-group.tsx';

/** Searches the public groups by name. */
export function BrowsePage({ onCreate }: { onCreate: () => void }) {
  const [typed, setTyped] = useState('');
  const query = useSettled(typed.trim());
  const groups = usePublicGroups(query);
  // The server refuses a guest, who may not create a group either.
  const isRefused = groups.failure?.code === 'forbidden';
  return (
    <main className="flex min-w-0 flex-1 flex-col">
      <header className="flex h-14 shrink-0 items-center gap-1 border-b border-line px-(--row-gutter) max-desktop:ps-1.5">
        <BackToGroups />
        <h1 className="flex-1 font-semibold text-strong">Browse groups</h1>
        {!isRefused && (
          <Button look="outline" onClick={onCreate}>
            Create a group
          </Button>
        )}
      </header>
      <div
        className="flex flex-1 flex-col gap-3 overflow-y-auto px-(--row-gutter) py-4 outline-none"
        tabIndex={-1}
      >
        {!isRefused && (
          <SearchField label="Search public groups" onChange={setTyped} value={typed} />
        )}
        {groups.isPending && <BrowseSkeleton />}
        {groups.failure && <Notice>{groups.failure.detail}</Notice>}
        {groups.data?.length === 0 && (
          <EmptyState
            actions={
              <Button look="primary" onClick={onCreate}>
                Create a group
              </Button>
            }
            icon={Compass}
            title={query === '' ? 'Nothing to join right now' : `Nothing found for “${query}”`}
          >
            Public groups that you are not in yet show up here. Or make one of your own.
          </EmptyState>
        )}
        <ul className="flex max-w-(--column) flex-col gap-1">
          {groups.data?.map((group) => (
            <PublicGroup group={group} key={group.id} />
          ))}
        </ul>
        {groups.hasMore && (
          <ShowMore isLoading={groups.isFetchingMore} onClick={() => void groups.fetchMore()} />
        )}
      </div>
    </main>
  );
}

function BrowseSkeleton() {
  return (
    <div className="flex max-w-(--column) flex-col gap-3">
      <p className="sr-only" role="status">
        Loading groups
      </p>
      {['w-3/5', 'w-4/5', 'w-2/5'].map((width) => (
        <div className="flex flex-col gap-2 py-2" key={width}>
          <Skeleton className="h-4 w-32" />
          <Skeleton className={`h-3.5 ${width}`} />
        </div>
      ))}
    </div>
  );
}
