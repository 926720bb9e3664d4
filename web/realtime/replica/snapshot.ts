import { userIdsIn } from '../../../protocol/user-ids-in.ts';
import type { CachedGroup } from './cached-group.ts';
import type { GroupReplica } from './group-replica.ts';

/** So much of the timeline is kept for the next visit (behaviour.md, "The timeline"). */
export const KEPT_MESSAGES = 200;

/** The group at the replica's N; undefined before the first state. `heardAt` is when the server was heard last, ms UTC. */
export function takeSnapshot(replica: GroupReplica, heardAt: number): CachedGroup | undefined {
  const { place, group, me, people, timeline } = replica;
  if (!place || !group || !me) return undefined;
  const { messages, hasBefore } = timeline.newest(KEPT_MESSAGES);
  const members = [...people.members.values()];
  const named = new Set(messages.flatMap(userIdsIn));
  for (const { userId } of members) named.delete(userId);
  return {
    version: 1,
    userId: me.userId,
    ...place,
    heardAt,
    group,
    me,
    members,
    users: [...named].flatMap((id) => people.user(id) ?? []),
    messages: [...messages],
    hasBefore,
  };
}
