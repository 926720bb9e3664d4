import type { Env } from '../env.ts';
import type { RoomRpc } from './room-rpc.ts';

/**
 * The Room of a group, or the Room without a group that health asks. Callers check the form of an id first: any other name
 * would create an object for nothing.
 */
export function roomOf(env: Pick<Env, 'ROOM'>, groupId: string): RoomRpc {
  return env.ROOM.get(env.ROOM.idFromName(groupId));
}
