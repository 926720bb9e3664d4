import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import type { AppConfig } from '../../protocol/rest.ts';
import { AwaitedSession } from './awaited-session.ts';
import type { ClerkSession } from './clerk/clerk-session.tsx';
import { loadConfig } from './load-config.ts';
import { readRememberedUser, rememberUser } from './remembered-user.ts';
import type { Session } from './session.ts';
import { SessionContext } from './use-session.ts';

/** The parts that load beside the page. */
interface Loaded {
  ClerkSession: typeof ClerkSession;
  config: AppConfig;
}

/** How often the page asks again for an unreachable server; at once when the browser is online again. */
const AGAIN_MS = 10_000;

/**
 * Provides the session to its children. The page renders at once; Clerk loads beside it, as a sibling that only reports,
 * so that nothing is mounted again when it arrives. An effect loads it, and never `lazy`: below a Suspense boundary Clerk's
 * provider can miss its own "loaded" event and leave the page blank. Without a network the user of the last visit continues
 * with the cache.
 */
export function SessionProvider({ children }: { children: ReactNode }) {
  const [session, setSession] = useState<Session>({ state: 'loading' });
  const [loaded, setLoaded] = useState<Loaded>();
  const awaited = useRef<AwaitedSession>(undefined);

  useEffect(() => {
    if (loaded) return;
    let isCurrent = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    async function attempt(): Promise<void> {
      clearTimeout(timer);
      const outcome = await load();
      if (!isCurrent) return;
      if ('config' in outcome) {
        setLoaded(outcome);
        return;
      }
      const userId = readRememberedUser();
      if (userId !== undefined) awaited.current ??= new AwaitedSession(userId);
      setSession(awaited.current ?? outcome);
      if (awaited.current) timer = setTimeout(attempt, AGAIN_MS);
    }
    void attempt();
    window.addEventListener('online', attempt);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
      window.removeEventListener('online', attempt);
    };
  }, [loaded]);

  const report = useCallback((reported: Session) => {
    if (reported.state === 'signed-in') {
      rememberUser(reported.userId);
      if (awaited.current?.userId === reported.userId) awaited.current.arrived(reported);
    }
    if (reported.state === 'signed-out') rememberUser(undefined);
    // A user who already reads the cache must not see a loading page again.
    const isMeanwhile = reported.state === 'loading' || reported.state === 'unavailable';
    setSession(isMeanwhile && awaited.current ? awaited.current : reported);
  }, []);

  return (
    <SessionContext value={session}>
      {children}
      {loaded && <loaded.ClerkSession config={loaded.config} onChange={report} />}
    </SessionContext>
  );
}

async function load(): Promise<Loaded | (Session & { state: 'unavailable' })> {
  const [config, clerk] = await Promise.all([
    loadConfig(),
    // A deployment has removed the old file, or there is no network.
    import('./clerk/clerk-session.tsx').catch(() => undefined),
  ]);
  if (!config.ok) return { state: 'unavailable', detail: config.failure.detail };
  if (!clerk) return { state: 'unavailable', detail: SIGN_IN_NOT_LOADED };
  return { ClerkSession: clerk.ClerkSession, config: config.value };
}

const SIGN_IN_NOT_LOADED = 'Signing in could not be loaded. Check your connection and reload.';
