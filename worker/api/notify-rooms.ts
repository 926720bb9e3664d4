import type { Result } from '../../protocol/errors.ts';
import { groupIdsOf } from '../directory/memberships.ts';
import type { Env } from '../env.ts';
import { LostInfrastructure } from '../errors/lost-infrastructure.ts';
import { roomOf } from '../room/room-of.ts';
import type { RoomRpc } from '../room/room-rpc.ts';

/**
 * How many calls to Rooms are open at once. The total is not bounded: on the free plan, which allows 50 subrequests an
 * invocation, the call fails for a user in more than about 40 groups.
 */
const ROOMS_AT_ONCE = 40;

/**
 * Calls `notify` for every Room that the user is a member of. Throws `LostInfrastructure` if a Room is unavailable, so
 * that the client or Clerk repeats the request; the other Rooms are then notified twice, which changes nothing.
 */
export async function notifyRooms(
  env: Env,
  userId: string,
  notify: (room: RoomRpc) => Promise<Result<null>>,
): Promise<void> {
  const groupIds = await groupIdsOf(env.DB, userId);
  for (let start = 0; start < groupIds.length; start += ROOMS_AT_ONCE) {
    const some = groupIds.slice(start, start + ROOMS_AT_ONCE);
    const results = await Promise.all(some.map((id) => notify(roomOf(env, id))));
    const failed = results.find((result) => !result.ok && result.failure.code === 'unavailable');
    if (failed) throw new LostInfrastructure(`a Room of ${userId} could not be notified`);
  }
}
