import type { Result } from '../../protocol/errors.ts';
import { fail, ok } from '../../protocol/errors.ts';
import { findUser, type KnownUser, saveProfile } from '../directory/users.ts';
import type { Env } from '../env.ts';
import type { ClerkConfig } from './clerk-config.ts';
import { ClerkUser, profileOf } from './clerk-user.ts';
import type { Identity } from './identity.ts';

/**
 * The user behind a verified session. A session that comes before its `user.created` webhook finds nobody in the
 * directory: then Clerk is asked, and its answer kept. `forbidden` for a deactivated user, `unauthenticated` if Clerk
 * does not know the user (any more), `unavailable` if it cannot be asked.
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

  const profile = await askClerk(clerk, identity.userId);
  return profile.ok ? ok(await saveProfile(env.DB, profileOf(profile.value, env.ADMINS))) : profile;
}

async function askClerk(clerk: ClerkConfig, userId: string): Promise<Result<ClerkUser>> {
  let response: Response;
  try {
    response = await clerk.backendFetch(`/v1/users/${userId}`, { method: 'GET' });
  } catch (error) {
    return clerkUnavailable({ reason: String(error) });
  }
  if (response.status === 404) {
    return fail('unauthenticated', 'Your account is not there any more. Sign in again.');
  }
  if (!response.ok) return clerkUnavailable({ status: response.status });
  return ok(ClerkUser.parse(await response.json()));
}

function clerkUnavailable(why: { reason: string } | { status: number }) {
  console.error(JSON.stringify({ event: 'clerk_backend_unavailable', ...why }));
  return fail('unavailable', 'Your profile cannot be read right now. Try again in a moment.');
}
