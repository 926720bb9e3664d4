import { keepPreviousData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { PAGE_MAX } from '../../protocol/limits.ts';
import { Group, Member, type MemberRole } from '../../protocol/models.ts';
import { MemberList } from '../../protocol/rest.ts';
import { useSignedIn } from '../session/use-session.ts';
import { keys } from './keys.ts';
import { BY_CURSOR, shownPages } from './pages.ts';
import { orThrow } from './queries.ts';
import { request } from './request.ts';
import { useChange } from './use-change.ts';

/**
 * The current members of a group that I am in whose name begins with `query`, as a list of pages, `Member[]`: by role, then by
 * name. Fetched while `enabled`; while others are fetched (`isFetching`), those of the previous text.
 */
export function useMembers(groupId: string, query = '', { enabled = true } = {}) {
  const session = useSignedIn();
  const pages = useInfiniteQuery({
    ...BY_CURSOR,
    queryKey: keys.members(groupId, query),
    queryFn: ({ pageParam: cursor, signal }) => {
      const asked = new URLSearchParams({ query, limit: `${PAGE_MAX}`, ...(cursor && { cursor }) });
      const path = `/api/groups/${groupId}/members?${asked}`;
      return orThrow(request(session, { path, answer: MemberList, signal }));
    },
    select: ({ pages: list }) => list.flatMap(({ items }) => items),
    placeholderData: keepPreviousData,
    enabled,
    // A list that was scrolled far is many requests. Who comes back to it begins with its first page.
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
  return { ...shownPages(pages), isFetching: pages.isFetching };
}

/** Adds people to a group, as members or as guests; returns the `Group`. Those who are members already stay as they are. */
export function useAddMembers(groupId: string) {
  const session = useSignedIn();
  const renewMembers = useRenewMembers(groupId);
  return useChange(async (body: { userIds: string[]; role: 'member' | 'guest' }) => {
    const path = `/api/groups/${groupId}/members`;
    const outcome = await request(session, {
      method: 'POST',
      path,
      body,
      isRepeatable: true,
      answer: Group,
    });
    await renewMembers();
    return outcome;
  });
}

/** Changes the role of a member; returns the `Member`. Fails with `conflict` for the last owner. */
export function useSetRole(groupId: string) {
  const session = useSignedIn();
  const renewMembers = useRenewMembers(groupId);
  return useChange(async ({ userId, role }: { userId: string; role: MemberRole }) => {
    const path = `/api/groups/${groupId}/members/${userId}`;
    const outcome = await request(session, { method: 'PUT', path, body: { role }, answer: Member });
    await renewMembers();
    return outcome;
  });
}

/** Removes a member by their id. Removing twice is removing once. */
export function useRemoveMember(groupId: string) {
  const session = useSignedIn();
  const renewMembers = useRenewMembers(groupId);
  return useChange(async (userId: string) => {
    const path = `/api/groups/${groupId}/members/${userId}`;
    const outcome = await request(session, { method: 'DELETE', path, answer: z.null() });
    await renewMembers();
    return outcome;
  });
}

/** The list of members is fetched in large groups only; in others they come with the group. */
function useRenewMembers(groupId: string): () => Promise<void> {
  const queries = useQueryClient();
  return () => queries.invalidateQueries({ queryKey: keys.members(groupId) });
}
