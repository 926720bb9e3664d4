import { fail, ok, type Result } from '../../protocol/errors.ts';
import { findUsers, type KnownUser } from '../directory/users.ts';
import type { Env } from '../env.ts';

/**
 * Finds the people whom the request's `field` names, each once; with `guestId` only those whom this guest may see. All of
 * them must exist and be active: else it is `invalid`, and the failure names the ids that are wrong.
 */
export async function findPeople(
  env: Env,
  field: string,
  userIds: readonly string[],
  guestId?: string,
): Promise<Result<KnownUser[]>> {
  const ids = [...new Set(userIds)];
  if (ids.length === 0) return ok([]);
  const found = await findUsers(env.DB, ids, guestId);
  const active = found.filter((user) => user.deactivatedAt === undefined);
  if (active.length === ids.length) return ok(active);

  const known = new Set(active.map((user) => user.id));
  const unknown = ids.filter((id) => !known.has(id)).join(', ');
  return fail('invalid', 'Some of these people do not exist. Leave them out.', {
    fields: { [field]: `no such person: ${unknown}` },
  });
}
