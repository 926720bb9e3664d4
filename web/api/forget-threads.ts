import type { QueryClient } from '@tanstack/react-query';
import type { ThreadList } from '../../protocol/threads.ts';
import { localName } from '../session/local-names.ts';
import { keys } from './keys.ts';

/** Deletes the threads of a group that I am not in any more, also what the browser stores of them for the next visit. */
export function forgetThreadsOf(queries: QueryClient, userId: string, groupId: string): void {
  try {
    localStorage.removeItem(localName('threads', userId));
  } catch {
    // Where storage is refused, nothing was stored.
  }
  // While they are shown, what is left is stored again.
  queries.setQueryData<{ pages: readonly ThreadList[] }>(keys.allThreads(), (all) => {
    const pages = all?.pages.map((page) => ({
      ...page,
      items: page.items.filter((thread) => thread.groupId !== groupId),
    }));
    return pages && { ...all, pages };
  });
}
