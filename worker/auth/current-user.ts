import type { Result } from '../../protocol/errors.ts';
import { fail, ok } from '../../protocol/errors.ts';
import { findUser, type KnownUser, saveProfile } from '../directory/users.ts';
import type { Env } from '../env.ts';
import type { ClerkConfig } from './clerk-config.ts';
import { ClerkUser, profileOf } from './clerk-user.ts';
import type { Identity } from './identity.ts';

/**
 * Finds the user of a verified session. If the session comes before its `user.created` webhook, the user is fetched
 * from Clerk and saved. A deactivated user is `forbidden`, a user that Clerk does not have is `unauthenticated`;
 * `unavailable` if Clerk cannot be reached.
 */
export async function currentUser(
  env: Pick<Env, 'DB' | 'ADMINS'>,
  clerk: ClerkConfig,
  identity: Identity,
): Promise<Result<KnownUser>> {
  const known = await findUser(env.DB, identity.userId);
  if (known?.deactivatedAt !== undefined) {
    return fail('forbidden', 'This account has been deactivated.');
  }
  if (known) return ok(known);

  const profile = await fetchFromClerk(clerk, identity.userId);
  return profile.ok ? ok(await saveProfile(env.DB, profileOf(profile.value, env.ADMINS))) : profile;
}

async function fetchFromClerk(clerk: ClerkConfig, userId: string): Promise<Result<ClerkUser>> {
  let response: Response;
  try {
    response = await clerk.backendFetch(`/v1/users/${userId}`, { method: 'GET' });
  } catch (error) {
    return clerkUnavailable({ reason: String(error) });
  }
  if (response.status === 404) {
    return fail('unauthenticated', 'Your account no longer exists. Sign in again.');
  }
  if (!response.ok) return clerkUnavailable({ status: response.status });
  return ok(ClerkUser.parse(await response.json()));
}

function clerkUnavailable(why: { reason: string } | { status: number }) {
  console.error(JSON.stringify({ event: 'clerk_backend_unavailable', ...why }));
  return fail('unavailable', 'Your profile could not be loaded. Try again in a moment.');
}
