import { Users } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { usePeople } from '../../api/users.ts';
import { Button } from '../../ui/controls/button.tsx';
import { SearchField } from '../../ui/controls/search-field.tsx';
import { ShowMore } from '../../ui/controls/show-more.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { useSettled } from '../../ui/use-settled.ts';
import { ListedPerson } from './listed-person.tsx';

/** The directory: everyone in this Edgewise whom I may see, searched by name and handle. */
export function PeoplePage({ back }: { back: ReactNode }) {
  const [typed, setTyped] = useState('');
  const query = useSettled(typed.trim());
  const people = usePeople(query);
  return (
    <main className="flex min-w-0 flex-1 flex-col">
      <header className="flex h-14 shrink-0 items-center gap-1 border-b border-line px-(--row-gutter) max-desktop:ps-1.5">
        {back}
        <h1 className="flex-1 font-semibold text-strong">People</h1>
      </header>
      <div
        className="flex flex-1 flex-col gap-3 overflow-y-auto px-(--row-gutter) py-4 outline-none"
        tabIndex={-1}
      >
        <SearchField
          label="Search people"
          onChange={setTyped}
          placeholder="Search by name or handle"
          value={typed}
        />
        {people.isPending && <PeopleSkeleton />}
        {people.failure && <Notice>{people.failure.detail}</Notice>}
        {people.data?.length === 0 && (
          <EmptyState
            actions={
              query === '' ? undefined : (
                <Button look="primary" onClick={() => setTyped('')}>
                  Show everyone
                </Button>
              )
            }
            icon={Users}
            title={`No one found for “${query}”`}
          >
            People appear here after they have signed in for the first time.
          </EmptyState>
        )}
        <ul className="flex max-w-(--column) flex-col gap-px">
          {people.data?.map((person) => (
            <ListedPerson key={person.id} person={person} />
          ))}
        </ul>
        {people.hasMore && (
          <ShowMore isLoading={people.isFetchingMore} onClick={() => void people.fetchMore()} />
        )}
      </div>
    </main>
  );
}

function PeopleSkeleton() {
  return (
    <div className="flex max-w-(--column) flex-col gap-3">
      <p className="sr-only" role="status">
        Loading people
      </p>
      {['w-32', 'w-40', 'w-24'].map((width) => (
        <div className="flex items-center gap-3" key={width}>
          <Skeleton className="size-9 rounded-pill" />
          <Skeleton className={`h-4 ${width}`} />
        </div>
      ))}
    </div>
  );
}
