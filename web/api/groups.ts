import {
  keepPreviousData,
  useInfiniteQuery,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { useRef } from 'react';
import { v7 as uuidv7 } from 'uuid';
import * as z from 'zod/mini';
import { ok } from '../../protocol/errors.ts';
import { Group } from '../../protocol/models.ts';
import { GroupList } from '../../protocol/rest.ts';
import type { GroupChange, NewGroup } from '../../protocol/rest-requests.ts';
import { useSignedIn } from '../session/use-session.ts';
import { keys } from './keys.ts';
import { BY_CURSOR, shownPages } from './pages.ts';
import { orThrow, renew, shown } from './queries.ts';
import { request } from './request.ts';
import { useChange } from './use-change.ts';

/** One group, for its members and, if it is public, for everyone. Fails with `not_found` otherwise. */
export function useGroup(groupId: string) {
  const session = useSignedIn();
  const query = useQuery({
    queryKey: keys.group(groupId),
    queryFn: ({ signal }) =>
      orThrow(request(session, { path: `/api/groups/${groupId}`, answer: Group, signal })),
  });
  return shown(query);
}

/** Public groups that `query` finds, `Group[]`; while the text changes, those of the previous one. */
export function usePublicGroups(query: string) {
  const session = useSignedIn();
  const pages = useInfiniteQuery({
    ...BY_CURSOR,
    queryKey: keys.publicGroups(query),
    queryFn: ({ pageParam: cursor, signal }) => {
      const asked = new URLSearchParams({ query, ...(cursor && { cursor }) });
      const path = `/api/groups/public?${asked}`;
      return orThrow(request(session, { path, answer: GroupList, signal }));
    },
    select: ({ pages: list }) => list.flatMap(({ items }) => items),
    placeholderData: keepPreviousData,
  });
  return shownPages(pages);
}

/** Creates a group; returns the `Group`. The same form, sent again after a lost answer, creates no second one. */
export function useCreateGroup() {
  const session = useSignedIn();
  const showGroup = useShowGroup();
  const attempt = useRef<{ body: string; key: string }>(undefined);
  return useChange(async (group: NewGroup) => {
    const body = JSON.stringify(group);
    if (attempt.current?.body !== body) attempt.current = { body, key: uuidv7() };
    const outcome = await request(session, {
      method: 'POST',
      path: '/api/groups',
      body: group,
      idempotencyKey: attempt.current.key,
      answer: Group,
    });
    if (!outcome.ok) return outcome;
    attempt.current = undefined;
    await showGroup(outcome.value);
    return outcome;
  });
}

/** Changes a group's name, topic or visibility; returns the `Group`. */
export function useChangeGroup(groupId: string) {
  const session = useSignedIn();
  const showGroup = useShowGroup();
  return useChange(async (body: GroupChange) => {
    const path = `/api/groups/${groupId}`;
    const outcome = await request(session, { method: 'PATCH', path, body, answer: Group });
    if (outcome.ok) await showGroup(outcome.value);
    return outcome;
  });
}

/** Joins a public group by its id; returns the `Group`. Joining twice is joining once. */
export function useJoinGroup() {
  const session = useSignedIn();
  const showGroup = useShowGroup();
  return useChange(async (groupId: string) => {
    const outcome = await request(session, {
      method: 'POST',
      path: `/api/groups/${groupId}/join`,
      isRepeatable: true,
      answer: Group,
    });
    if (outcome.ok) await showGroup(outcome.value);
    return outcome;
  });
}

/** Deletes a group by its id, for everyone and for good; succeeds for a group that is gone already. */
export function useDeleteGroup() {
  const session = useSignedIn();
  const forgetGroup = useForgetGroup();
  return useChange(async (groupId: string) => {
    const path = `/api/groups/${groupId}`;
    const outcome = await request(session, { method: 'DELETE', path, answer: z.null() });
    const isGone = outcome.ok || outcome.failure.code === 'not_found';
    if (!isGone) return outcome;
    await forgetGroup(groupId);
    return ok(null);
  });
}

/** Leaves a group by its id. Fails with `conflict` for its last owner; succeeds for a person who has left already. */
export function useLeaveGroup() {
  const session = useSignedIn();
  const forgetGroup = useForgetGroup();
  return useChange(async (groupId: string) => {
    const outcome = await request(session, {
      method: 'POST',
      path: `/api/groups/${groupId}/leave`,
      isRepeatable: true,
      answer: z.null(),
    });
    if (!outcome.ok) return outcome;
    await forgetGroup(groupId);
    return outcome;
  });
}

/** Drops everything of a group that is left or gone, and renews the lists. */
function useForgetGroup(): (groupId: string) => Promise<void> {
  const queries = useQueryClient();
  return async (groupId) => {
    // Queries that are shown are reset and not removed: their components would keep the removed data.
    queries.removeQueries({ queryKey: keys.group(groupId), type: 'inactive' });
    void queries.resetQueries({ queryKey: keys.group(groupId) });
    await renew(queries, keys.groups());
  };
}

/** Shows a group as the server returned it, and renews the lists and everything of the group. */
export function useShowGroup(): (group: Group) => Promise<void> {
  const queries = useQueryClient();
  return async (group) => {
    await queries.cancelQueries({ queryKey: keys.groups() });
    queries.setQueryData(keys.group(group.id), group);
    await queries.invalidateQueries({ queryKey: keys.groups() });
  };
}
