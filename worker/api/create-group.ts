import { v7 as uuid7 } from 'uuid';
import { fail, ok, type Result } from '../../protocol/errors.ts';
import type { Group } from '../../protocol/models.ts';
import type { NewNamedGroup } from '../../protocol/rest-requests.ts';
import type { Clock } from '../clock.ts';
import { claimKey } from '../directory/idempotency.ts';
import type { KnownUser } from '../directory/users.ts';
import type { Env } from '../env.ts';
import { roomOf } from '../room/room-of.ts';
import { findPeople } from './find-people.ts';
import { mayAddPeople } from './may-add-people.ts';
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
 * used for another group is `conflict`.
 */
export async function createGroup(
  env: Env,
  clock: Clock,
  { creator, group, idempotencyKey }: CreateGroupRequest,
): Promise<Result<Group>> {
  const others = (group.memberIds ?? []).filter((id) => id !== creator.id);
  const members = await findPeople(env, 'memberIds', others);
  if (!members.ok) return members;
  const mayAdd = await mayAddPeople(env, creator.id, members.value);
  if (!mayAdd.ok) return mayAdd;
  const id = await groupIdFor(env, clock, creator.id, group, idempotencyKey);
  if (!id.ok) return id;
  const room = roomOf(env, id.value);
  const created = await room.create({
    id: id.value,
    name: group.name,
    topic: group.topic ?? '',
    visibility: group.visibility,
    createdBy: creator,
    members: members.value,
  });
  if (created.ok) await updateCopies(env, room, [creator, ...members.value]);
  return created;
}

/** Returns the id for a new group: with a key, the id that the directory keeps for that key. */
async function groupIdFor(
  env: Env,
  clock: Clock,
  userId: string,
  group: NewNamedGroup,
  key: string | undefined,
): Promise<Result<string>> {
  const madeId = uuid7();
  if (key === undefined) return ok(madeId);
  const bodyHash = await hashOf(group);
  const kept = await claimKey(env.DB, { userId, key, bodyHash, madeId, at: clock() });
  if (kept.bodyHash === bodyHash) return ok(kept.madeId);
  return fail(
    'conflict',
    'This Idempotency-Key was used for another group. Use a new key for every new group.',
  );
}

/** Hashes a parsed body with SHA-256, as hex. Parsing puts the fields in the schema's order. */
async function hashOf(body: NewNamedGroup): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(body));
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
