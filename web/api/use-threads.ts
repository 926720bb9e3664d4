import { useSignedIn } from '../session/use-signed-in.ts';
import { api } from './api.ts';
import { keys } from './keys.ts';
import { usePages } from './use-pages.ts';

/** The threads of a group that I follow, `FollowedThread[]`, unread ones first; `askMore` brings more while it `hasMore`. */
export function useThreads(groupId: string) {
  const session = useSignedIn();
  const { data, ...rest } = usePages(keys.threads(session.userId, groupId), (cursor, signal) =>
    api.threads(session, groupId, cursor, signal),
  );
  const items = data?.flatMap((page) => page.items);
  // What is unread may have changed the order between two pages: a thread on both stands where it came first.
  const byRoot = items && new Map(items.toReversed().map((it) => [it.root.id, it]));
  return { ...rest, data: byRoot && [...byRoot.values()].toReversed() };
}
