import { v7 as uuid7 } from 'uuid';
import type { Result } from '../../protocol/errors.ts';
import type { Group } from '../../protocol/models.ts';
import type { NewNamedGroup } from '../../protocol/rest-requests.ts';
import type { Clock } from '../clock.ts';
import type { KnownUser } from '../directory/users.ts';
import type { Env } from '../env.ts';
import { roomOf } from '../room/room-of.ts';
import { findPeople } from './find-people.ts';
import { madeIdFor } from './made-id.ts';
import { mayCreateGroup } from './may-create-group.ts';
import { updateCopies } from './update-copies.ts';

/**
 * A request for a new group. A repeat with the same `idempotencyKey` returns the group that the first request created.
 */
export interface CreateGroupRequest {
  creator: KnownUser;
  group: NewNamedGroup;
  idempotencyKey?: string | undefined;
}

/**
 * Creates a group with its first members. A member who does not exist or is deactivated is `invalid`; a key that was
 * used for another group is `conflict`; above the creator's limit it is `rate_limited`.
 */
export async function createGroup(
  env: Env,
  clock: Clock,
  { creator, group, idempotencyKey }: CreateGroupRequest,
): Promise<Result<Group>> {
  const others = (group.memberIds ?? []).filter((id) => id !== creator.id);
  const members = await findPeople(env, 'memberIds', others);
  if (!members.ok) return members;
  const id = await madeIdFor(env.DB, {
    userId: creator.id,
    key: idempotencyKey,
    body: group,
    madeId: uuid7(),
    at: clock(),
  });
  if (!id.ok) return id;
  const room = roomOf(env, id.value);
  const creation = {
    id: id.value,
    name: group.name,
    topic: group.topic ?? '',
    visibility: group.visibility,
    createdBy: creator,
    members: members.value,
  };
  const mayCreate = await mayCreateGroup(env, room, creation);
  if (!mayCreate.ok) return mayCreate;
  const created = await room.create(creation);
  if (created.ok) await updateCopies(env, room, [creator, ...members.value]);
  return created;
}
