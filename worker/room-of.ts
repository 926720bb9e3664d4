import type { Env } from './env.ts';
import type { RoomRpc } from './room/room-rpc.ts';

/** The Room of a group. The id must have been parsed: any other text would bring an object into being for nothing. */
export function roomOf(env: Env, groupId: string): RoomRpc {
  return env.ROOM.get(env.ROOM.idFromName(groupId));
}
