import { useCallback } from 'react';
import { navigate } from 'wouter/use-browser-location';
import { BackToGroups } from '../features/groups/group-link.tsx';
import { ThreadCards } from '../features/threads/thread-cards.tsx';
import { useTitle } from './use-title.ts';

/** The page of the threads of all groups. A thread opens beside its group. */
export function ThreadsPage() {
  useTitle('Threads');
  const open = useCallback((groupId: string, rootId: string) => {
    navigate(`/g/${groupId}?${new URLSearchParams({ thread: rootId })}`);
  }, []);
  return (
    <main className="flex min-w-0 flex-1 flex-col">
      <header className="flex h-14 shrink-0 items-center gap-1 border-b border-line px-(--row-gutter) max-desktop:ps-1.5">
        <BackToGroups />
        <h1 className="flex-1 font-semibold text-strong">Threads</h1>
      </header>
      <ThreadCards onOpen={open} />
    </main>
  );
}
