import { v7 as uuid7 } from 'uuid';
import { fail, ok, type Result } from '../../protocol/errors.ts';
import type { Group } from '../../protocol/models.ts';
import type { NewGroup } from '../../protocol/rest-requests.ts';
import type { Clock } from '../clock.ts';
import { claimKey } from '../directory/idempotency.ts';
import { findUsers, type KnownUser } from '../directory/users.ts';
import type { Env } from '../env.ts';
import { roomOf } from '../room/room-of.ts';

/** A wish for a new group. A repeat under the same `idempotencyKey` gives the group that the first one made. */
export interface Founding {
  founder: KnownUser;
  group: NewGroup;
  idempotencyKey?: string | undefined;
}

/**
 * Makes a group and everybody who is in it from the start.
 * `invalid` where a member is nobody or deactivated; `conflict` where the key was used for another group.
 */
export async function foundGroup(
  env: Env,
  clock: Clock,
  { founder, group, idempotencyKey }: Founding,
): Promise<Result<Group>> {
  const members = await findMembers(env, group.memberIds ?? [], founder.id);
  if (!members.ok) return members;
  const id = await groupIdFor(env, clock, founder.id, group, idempotencyKey);
  if (!id.ok) return id;
  return roomOf(env, id.value).create({
    id: id.value,
    name: group.name,
    topic: group.topic ?? '',
    visibility: group.visibility,
    createdBy: founder,
    members: members.value,
  });
}

/** The people to put in beside the founder, each once; all of them must be there and active. */
async function findMembers(
  env: Env,
  memberIds: readonly string[],
  founderId: string,
): Promise<Result<KnownUser[]>> {
  const ids = [...new Set(memberIds)].filter((id) => id !== founderId);
  if (ids.length === 0) return ok([]);
  const found = await findUsers(env.DB, ids);
  const active = found.filter((user) => user.deactivatedAt === undefined);
  if (active.length === ids.length) return ok(active);

  const known = new Set(active.map((user) => user.id));
  const unknown = ids.filter((id) => !known.has(id)).join(', ');
  return fail('invalid', 'Some of the people to add are not here. Leave them out.', {
    fields: { memberIds: `nobody of this id: ${unknown}` },
  });
}

/** A new group's id; with a key, the id that is kept for it (see `claimKey`). */
async function groupIdFor(
  env: Env,
  clock: Clock,
  userId: string,
  group: NewGroup,
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

/** SHA-256 in hex of a parsed body: its fields come in the schema's order, however they were sent. */
async function hashOf(body: NewGroup): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(body));
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
