import { fail, type Result } from '../../protocol/errors.ts';
import type { Group } from '../../protocol/models.ts';
import { isGuest } from '../directory/guests.ts';
import type { KnownUser } from '../directory/users.ts';
import type { Env } from '../env.ts';
import { roomOf } from '../room/room-of.ts';
import { directGroupId } from './direct-group-id.ts';
import { findPeople } from './find-people.ts';
import { mayCreateGroup } from './may-create-group.ts';
import { updateCopies } from './update-copies.ts';

/**
 * Creates the direct group of the creator and these people; a repeat, by any of them, returns the same group. `invalid` if
 * one of them is the creator, does not exist, is deactivated, or cannot be seen by a creator who is a guest. A group that is
 * not there yet is `rate_limited` above the creator's limit.
 */
export async function createDirectGroup(
  env: Env,
  creator: KnownUser,
  memberIds: readonly string[],
): Promise<Result<Group>> {
  if (memberIds.includes(creator.id)) {
    return fail('invalid', 'You are part of the conversation anyway. Name only the others.', {
      fields: { memberIds: 'must not name yourself' },
    });
  }
  const guestId = (await isGuest(env.DB, creator.id)) ? creator.id : undefined;
  const others = await findPeople(env, 'memberIds', memberIds, guestId);
  if (!others.ok) return others;
  const id = await directGroupId([creator.id, ...memberIds]);
  const room = roomOf(env, id);
  const creation = {
    id,
    kind: 'direct',
    name: '',
    topic: '',
    visibility: 'private',
    createdBy: creator,
    members: others.value,
  } as const;
  const mayCreate = await mayCreateGroup(env, room, creation);
  if (!mayCreate.ok) return mayCreate;
  const created = await room.create(creation);
  if (created.ok) await updateCopies(env, room, [creator, ...others.value]);
  return created;
}
