import { ClerkProvider, useAuth, useClerk, useSignIn } from '@clerk/react';
import { useEffect, useMemo } from 'react';
import type { AppConfig } from '../../../protocol/app-config.ts';
import type { EndingClerk } from '../end-session.ts';
import { owedSignOut, oweSignOut } from '../owed-sign-out.ts';
import type { Session } from '../session.ts';
import { clerkSignedIn } from './clerk-signed-in.ts';
import { leaving } from './leaving.ts';

const NO_DEMO: readonly string[] = [];

interface ClerkSessionProps {
  config: AppConfig;
  /** Called with every change of the session; before the first call it is `loading`. */
  onChange: (session: Session) => void;
}

/** Runs Clerk without its interface and reports its state as a `Session`. Renders nothing. */
export function ClerkSession({ config, onChange }: ClerkSessionProps) {
  return (
    <ClerkProvider
      publishableKey={config.publishableKey}
      {...(config.proxyUrl !== undefined && { proxyUrl: config.proxyUrl })}
      prefetchUI={false}
      telemetry={false}
      signInUrl="/sign-in"
      signUpUrl="/sign-up"
    >
      <Bridge demo={config.demo ?? NO_DEMO} onChange={onChange} />
    </ClerkProvider>
  );
}

function Bridge({ demo, onChange }: { demo: readonly string[]; onChange: (s: Session) => void }) {
  const clerk = useClerk();
  const { isLoaded, userId } = useAuth();
  const { signIn } = useSignIn();

  const signedIn = useMemo(
    () => (userId ? clerkSignedIn(userId, clerk) : undefined),
    [userId, clerk],
  );
  const signedOut = useMemo((): Session => {
    return { state: 'signed-out', demo, continueAs: (name) => continueAs(name, signIn) };
  }, [demo, signIn]);

  const hasFailed = clerk.status === 'error';
  const session = hasFailed ? FAILED : isLoaded ? (signedIn ?? signedOut) : LOADING;
  useEffect(() => {
    if (session.state === 'signed-in' && session.userId === owedSignOut()) void endLate(clerk);
    else {
      if (session.state === 'signed-out') oweSignOut(undefined);
      if (session.state !== 'signed-out' || !leaving.isTrue) onChange(session);
    }
  }, [session, onChange, clerk]);
  return null;
}

const LOADING: Session = { state: 'loading' };
const FAILED: Session = {
  state: 'unavailable',
  detail: "Signing in isn't working. Try again in a moment.",
};

/** Signs a demo person in by Clerk's ticket strategy; only the local stand-in accepts these tickets. */
async function continueAs(
  name: string,
  signIn: ReturnType<typeof useSignIn>['signIn'],
): Promise<void> {
  const checked = await signIn.ticket({ ticket: `demo:${name}` });
  const { error } = checked.error ? checked : await signIn.finalize({ navigate() {} });
  if (error) throw new Error(`Could not continue as ${name}. ${error.message}`);
}

/** Few users sign out without a network, so this code loads only for them. */
async function endLate(clerk: EndingClerk): Promise<void> {
  const { endOwed } = await import('./end-owed.ts');
  await endOwed(clerk);
}
