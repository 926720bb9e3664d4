import { ok, type Result } from '../../protocol/errors.ts';
import type { Env } from '../env.ts';
import { inboxOf } from '../inbox/inbox-of.ts';
import type { GroupCreation, RoomRpc } from '../room/room-rpc.ts';

/**
 * Counts a group that a user creates and the people whom they add to it; `rate_limited` if they have created or added too
 * many lately. A group that is there already, because the request is a repeat, costs nothing.
 */
export async function mayCreateGroup(
  env: Env,
  room: Pick<RoomRpc, 'group'>,
  { createdBy, kind = 'group', members }: GroupCreation,
): Promise<Result<null>> {
  const before = await room.group(createdBy.id);
  if (before.ok) return ok(null);
  if (before.failure.code !== 'not_found') return before;
  return inboxOf(env, createdBy.id).spendGroup(kind, members.length);
}
