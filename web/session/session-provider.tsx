import { type ReactNode, useEffect, useState } from 'react';
import type { AppConfig } from '../../protocol/rest.ts';
import type { ClerkSession } from './clerk-session.tsx';
import { loadConfig } from './load-config.ts';
import type { Session } from './session.ts';
import { SessionContext } from './session-context.ts';

/** What was loaded beside the page. */
interface Loaded {
  ClerkSession: typeof ClerkSession;
  config: AppConfig;
}

/**
 * Gives everything below it the session. The page is there at once; Clerk comes beside it, as a sibling that only
 * reports, so that nothing is mounted again when it arrives. It is loaded in an effect and never by `lazy`: below a
 * Suspense boundary Clerk's provider can miss its own "loaded" and leave the page blank.
 */
export function SessionProvider({ children }: { children: ReactNode }) {
  const [session, setSession] = useState<Session>({ state: 'loading' });
  const [loaded, setLoaded] = useState<Loaded>();

  useEffect(() => {
    let isCurrent = true;
    void load().then((outcome) => {
      if (!isCurrent) return;
      if ('config' in outcome) setLoaded(outcome);
      else setSession(outcome);
    });
    return () => {
      isCurrent = false;
    };
  }, []);

  return (
    <SessionContext value={session}>
      {children}
      {loaded && <loaded.ClerkSession config={loaded.config} onChange={setSession} />}
    </SessionContext>
  );
}

async function load(): Promise<Loaded | (Session & { state: 'unavailable' })> {
  const [config, clerk] = await Promise.all([
    loadConfig(),
    // A new version was deployed and the old file is gone, or the network is.
    import('./clerk-session.tsx').catch(() => undefined),
  ]);
  if (!config.ok) return { state: 'unavailable', detail: config.failure.detail };
  if (!clerk) return { state: 'unavailable', detail: SIGN_IN_NOT_LOADED };
  return { ClerkSession: clerk.ClerkSession, config: config.value };
}

const SIGN_IN_NOT_LOADED = 'Signing in could not be loaded. Check your connection and reload.';
