import { findUsers, type KnownUser } from '../directory/users.ts';
import type { Env } from '../env.ts';
import type { RoomRpc } from '../room/room-rpc.ts';

/**
 * Gives the Room the profiles of new members that have changed since `people` were read: while their membership was not in
 * the directory yet, the change did not reach this Room.
 */
export async function updateCopies(
  env: Env,
  room: RoomRpc,
  people: readonly KnownUser[],
): Promise<void> {
  const readAt = new Map(people.map(({ id, profileAt }) => [id, profileAt]));
  const now = await findUsers(env.DB, [...readAt.keys()]);
  const newer = now.filter(({ id, profileAt }) => profileAt > (readAt.get(id) ?? profileAt));
  await Promise.all(newer.map((user) => room.updateProfile(user)));
}
