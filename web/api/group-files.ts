import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { type FileKind, FilePage, type SentFile, Storage } from '../../protocol/files.ts';
import type { User } from '../../protocol/models.ts';
import { useSignedIn } from '../session/use-session.ts';
import { keys } from './keys.ts';
import { BY_CURSOR, shownPages } from './pages.ts';
import { orThrow, shown } from './queries.ts';
import { request } from './request.ts';

/** Which files of a group are listed. `after` is ms UTC. */
export interface FileFilter {
  kind?: FileKind | undefined;
  /** Whose they are. */
  from?: string | undefined;
  after?: number | undefined;
}

/** The files that were sent in a group, the newest first, with the profiles of those who sent them. */
export function useGroupFiles(groupId: string, filter: FileFilter) {
  const session = useSignedIn();
  const query = useInfiniteQuery({
    queryKey: keys.files(groupId, filter),
    queryFn: ({ pageParam, signal }) => {
      const params = new URLSearchParams();
      for (const [name, value] of Object.entries({ ...filter, cursor: pageParam })) {
        if (value !== undefined) params.set(name, String(value));
      }
      const path = `/api/groups/${groupId}/files?${params}`;
      return orThrow(request(session, { path, answer: FilePage, signal }));
    },
    ...BY_CURSOR,
    select: ({ pages }): { items: SentFile[]; users: Map<string, User> } => ({
      items: pages.flatMap(({ items }) => items),
      users: new Map(pages.flatMap(({ users }) => users.map((user) => [user.id, user] as const))),
    }),
  });
  return shownPages(query);
}

/** What my files take and may take, `{used, limit}` in bytes. */
export function useStorage() {
  const session = useSignedIn();
  const query = useQuery({
    queryKey: keys.storage(),
    queryFn: ({ signal }) =>
      orThrow(request(session, { path: '/api/users/me/storage', answer: Storage, signal })),
  });
  return shown(query);
}
