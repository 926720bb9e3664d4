import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { InboxEntry } from '../../protocol/rest.ts';
import type { ThreadChange } from '../../protocol/rest-requests.ts';
import { ThreadState } from '../../protocol/threads.ts';
import { useSignedIn } from '../session/use-session.ts';
import { keys } from './keys.ts';
import { eachEntry, type MyGroups } from './my-groups.ts';
import { orThrow } from './queries.ts';
import { request } from './request.ts';
import { showEarly } from './show-early.ts';
import { useChange } from './use-change.ts';

/** A thread by its root. */
export interface ThreadId {
  groupId: string;
  id: string;
}

/** A thread as `renew` fetched it, or a change answered it, last; `updatedAt` is when, ms UTC. Nothing is fetched before. */
export function useThread({ groupId, id }: ThreadId) {
  const session = useSignedIn();
  const { data, dataUpdatedAt, refetch } = useQuery({
    queryKey: keys.thread(groupId, id),
    queryFn: ({ signal }) =>
      orThrow(request(session, { path: pathOf({ groupId, id }), answer: ThreadState, signal })),
    enabled: false,
  });
  return { data, updatedAt: dataUpdatedAt, renew: refetch };
}

/**
 * Follows or leaves a thread, or marks it as read; returns the `ThreadState`. Its unread replies go at once, and come back if
 * the server does not accept the change.
 */
export function useChangeThread({ groupId, id }: ThreadId) {
  const session = useSignedIn();
  const queries = useQueryClient();
  const shown = (threads: (of: InboxEntry) => InboxEntry['threads']) =>
    eachEntry((entry) =>
      entry.group.id === groupId ? { ...entry, threads: threads(entry) } : entry,
    );
  return useChange(async (body: ThreadChange) => {
    const list = queries.getQueryData<MyGroups>(keys.myGroups());
    const before = list?.items
      .find(({ group }) => group.id === groupId)
      ?.threads.find(({ parentId }) => parentId === id);
    const others = ({ threads }: InboxEntry) => threads.filter(({ parentId }) => parentId !== id);
    const isGone = body.readSeq !== undefined || body.following === false;
    const answered = isGone ? showEarly(queries, keys.myGroups(), shown(others)) : undefined;
    const outcome = await request(session, {
      method: 'PATCH',
      path: pathOf({ groupId, id }),
      body,
      answer: ThreadState,
    });
    if (outcome.ok) {
      queries.setQueryData(keys.thread(groupId, id), outcome.value);
      void queries.invalidateQueries({ queryKey: keys.threads(groupId) });
    }
    const isBack = !outcome.ok && before;
    await answered?.(isBack ? shown((entry) => [before, ...others(entry)]) : undefined);
    return outcome;
  });
}

function pathOf({ groupId, id }: ThreadId): string {
  return `/api/threads/${id}?${new URLSearchParams({ groupId })}`;
}
