import type { EndingClerk } from '../end-session.ts';
import type { SignedIn } from '../session.ts';

/** The part of Clerk that a session is used through. Another user's session may be there later. */
interface SigningClerk {
  readonly user: EndingClerk['user'];
  readonly session:
    | (NonNullable<EndingClerk['session']> & {
        getToken(options: { skipCache: boolean }): Promise<string | null>;
      })
    | null
    | undefined;
  setActive: EndingClerk['setActive'];
}

/** The session of this user in Clerk, which is there now. */
export function clerkSignedIn(userId: string, clerk: SigningClerk): SignedIn {
  const { session } = clerk;
  let isEnding = false;
  return {
    state: 'signed-in',
    userId,
    async getToken(options) {
      // Clerk would answer 401. Not `undefined`: that would mean that it has ended, but a sign-out may be refused.
      if (isEnding) throw new Error('the session is being ended');
      // Another user may have signed in by now: this session must not send requests in their name.
      if (clerk.user?.id !== userId) return undefined;
      const token = await clerk.session?.getToken({ skipCache: options?.fresh ?? false });
      return token ?? undefined;
    },
    /** Late: few users sign out. */
    async signOut({ isOver = false } = {}) {
      const file = await import('./sign-out.ts');
      const ending: EndingClerk = {
        get user() {
          return clerk.user;
        },
        session,
        setActive: (state) => clerk.setActive(state),
      };
      isEnding = true;
      try {
        await file.signOut(ending, userId, isOver);
      } catch (error) {
        isEnding = false;
        throw error;
      }
    },
  };
}
