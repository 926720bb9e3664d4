import type { Result } from '../../protocol/errors.ts';
import { groupIdsOf } from '../directory/memberships.ts';
import type { Env } from '../env.ts';
import { LostInfrastructure } from '../errors/lost-infrastructure.ts';
import { roomOf } from '../room/room-of.ts';
import type { RoomRpc } from '../room/room-rpc.ts';

/**
 * How many Rooms are waiting to answer at one time. It bounds what one request has open, not how many calls it makes:
 * the free plan allows 50 a request, so that there somebody in more than about 40 groups is not told of everywhere.
 */
const ROOMS_AT_ONCE = 40;

/**
 * Tells every Room that somebody is a member of, some at a time. Throws if one of them did not take it, so that the
 * request or webhook behind it fails and comes again; the others hear it twice then, which does nothing.
 */
export async function tellRooms(
  env: Env,
  userId: string,
  tell: (room: RoomRpc) => Promise<Result<null>>,
): Promise<void> {
  const groupIds = await groupIdsOf(env.DB, userId);
  for (let start = 0; start < groupIds.length; start += ROOMS_AT_ONCE) {
    const some = groupIds.slice(start, start + ROOMS_AT_ONCE);
    const results = await Promise.all(some.map((id) => tell(roomOf(env, id))));
    const failed = results.find((result) => !result.ok && result.failure.code === 'unavailable');
    if (failed) throw new LostInfrastructure(`a Room of ${userId} could not be told`);
  }
}
