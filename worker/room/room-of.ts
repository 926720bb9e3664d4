import type { Env } from '../env.ts';
import type { RoomRpc } from './room-rpc.ts';

/**
 * The Room of a group, or the one of no group that health asks. What a caller names must be of our form before it comes
 * here: anything else would bring an object into being for nothing.
 */
export function roomOf(env: Env, groupId: string): RoomRpc {
  return env.ROOM.get(env.ROOM.idFromName(groupId));
}
