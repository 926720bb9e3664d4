import { userIdsIn } from '../../../protocol/user-ids-in.ts';
import { CACHED_MESSAGES, type CachedGroup } from './cached-group.ts';
import type { GroupReplica } from './group-replica.ts';

/**
 * Copies the group at the replica's position; undefined before the first state. `heardAt` is when the server was last
 * heard from, ms UTC.
 */
export function takeSnapshot(replica: GroupReplica, heardAt: number): CachedGroup | undefined {
  const { position, group, me, people, timeline } = replica;
  if (!position || !group || !me) return undefined;
  const { messages, hasBefore } = timeline.newest(CACHED_MESSAGES);
  const members = [...people.members.values()];
  const named = new Set(messages.flatMap(userIdsIn));
  for (const { userId } of members) named.delete(userId);
  return {
    version: 2,
    userId: me.userId,
    ...position,
    heardAt,
    group,
    me,
    members,
    users: [...named].flatMap((id) => people.user(id) ?? []),
    messages: [...messages],
    hasBefore,
  };
}
