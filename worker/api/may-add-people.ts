import { ok, type Result } from '../../protocol/errors.ts';
import type { Env } from '../env.ts';
import { inboxOf } from '../inbox/inbox-of.ts';

/** Counts the people whom a user adds to a group; `rate_limited` if they have added too many lately. */
export async function mayAddPeople(
  env: Env,
  userId: string,
  people: readonly unknown[],
): Promise<Result<null>> {
  return people.length === 0 ? ok(null) : inboxOf(env, userId).spendPeopleAdded(people.length);
}
