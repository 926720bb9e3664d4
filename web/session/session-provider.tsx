import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { AppConfig } from '../../protocol/app-config.ts';
import { AwaitedSession } from './awaited-session.ts';
import type { ClerkSession } from './clerk/clerk-session.tsx';
import { isSessionExpected } from './expected-session.ts';
import { loadConfig } from './load-config.ts';
import { owedSignOut } from './owed-sign-out.ts';
import { onUserRemembered, readRememberedUser, rememberUser } from './remembered-user.ts';
import type { Session } from './session.ts';
import { SessionContext } from './use-session.ts';

type SignedOut = Extract<Session, { state: 'signed-out' }>;

/** The parts that load beside the page. */
interface Loaded {
  config: AppConfig;
  /** Absent for a visitor: it loads when someone is signed in, or about to be. */
  ClerkSession: typeof ClerkSession | undefined;
}

/** How often the page asks again for an unreachable server; at once when the browser is online again. */
const AGAIN_MS = 10_000;

/**
 * Provides the session to its children. The page renders at once: as the user of the last visit, who reads the cache until
 * the server answers, or without one as a visitor. Clerk loads when something needs it, as a sibling that only reports, so that nothing is
 * mounted again when it arrives. An effect loads it, and never `lazy`: below a Suspense boundary Clerk's provider can miss its
 * own "loaded" event and leave the page blank.
 */
export function SessionProvider({ children }: { children: ReactNode }) {
  const [isExpected] = useState(isSessionExpected);
  const [awaited] = useState(() => awaitedSession(() => setWantsClerk(true)));
  /** The user has signed out here, and the server does not know it yet. */
  const [isOwed] = useState(() => owedSignOut() !== undefined);
  const [wantsClerk, setWantsClerk] = useState((isExpected && !awaited) || isOwed);
  const [loaded, setLoaded] = useState<Loaded>();
  /** Called with Clerk's own signed-out session, which a demo person waits for, or with the reason why there is none. */
  const waiting = useRef<(session: SignedOut | Error) => void>(undefined);
  const demo = loaded?.config.demo;
  const visitor = useMemo((): SignedOut => {
    return {
      state: 'signed-out',
      demo: demo ?? [],
      async continueAs(name) {
        const arrival = new Promise<SignedOut | Error>((resolve) => {
          waiting.current = resolve;
        });
        setWantsClerk(true);
        const session = await arrival;
        if (session instanceof Error) throw session;
        await session.continueAs(name);
      },
    };
  }, [demo]);
  const [reported, setReported] = useState<Session>();

  useEffect(() => onUserRemembered(() => setWantsClerk(true)), []);

  useEffect(() => {
    if (loaded && (loaded.ClerkSession || !wantsClerk)) return;
    // What the last visit cached is shown first.
    if (awaited && !wantsClerk) return;
    let isCurrent = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    async function attempt(): Promise<void> {
      clearTimeout(timer);
      const outcome = await load(wantsClerk);
      if (!isCurrent) return;
      if ('config' in outcome) {
        setLoaded(outcome);
        setReported((earlier) => (earlier?.state === 'unavailable' ? undefined : earlier));
        return;
      }
      if (awaited || isOwed) {
        awaited?.missed();
        timer = setTimeout(attempt, AGAIN_MS);
      } else if (waiting.current) {
        waiting.current(new Error(outcome.detail));
        waiting.current = undefined;
        setWantsClerk(false);
      } else setReported(outcome);
    }
    void attempt();
    window.addEventListener('online', attempt);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
      window.removeEventListener('online', attempt);
    };
  }, [loaded, wantsClerk, awaited, isOwed]);

  const report = useCallback(
    (session: Session) => {
      if (session.state === 'loading') return;
      if (session.state === 'signed-out') {
        rememberUser(undefined);
        waiting.current?.(session);
        waiting.current = undefined;
        awaited?.missed();
      }
      if (session.state === 'signed-in') {
        rememberUser(session.userId);
        if (awaited?.userId === session.userId) awaited.arrived(session);
        else awaited?.missed();
      }
      // A user who already reads the cache goes on with it.
      if (session.state === 'unavailable' && awaited) awaited.missed();
      else setReported(session);
    },
    [awaited],
  );

  const ownSession = awaited ?? (isExpected ? LOADING : visitor);
  return (
    <SessionContext value={reported ?? ownSession}>
      {children}
      {loaded?.ClerkSession && <loaded.ClerkSession config={loaded.config} onChange={report} />}
    </SessionContext>
  );
}

const LOADING: Session = { state: 'loading' };

function awaitedSession(wanted: () => void): AwaitedSession | undefined {
  const userId = readRememberedUser();
  return userId === undefined ? undefined : new AwaitedSession(userId, { wanted, signOutHere });
}

/** Late: a visitor's page does not need what it deletes. */
async function signOutHere(userId: string): Promise<void> {
  const file = await import('./sign-out-here.ts');
  await file.signOutHere(userId);
}

async function load(wantsClerk: boolean): Promise<Loaded | (Session & { state: 'unavailable' })> {
  const [config, clerk] = await Promise.all([
    loadConfig(),
    // A deployment has removed the old file, or there is no network.
    wantsClerk ? import('./clerk/clerk-session.tsx').catch(() => undefined) : undefined,
  ]);
  if (!config.ok) return { state: 'unavailable', detail: config.failure.detail };
  if (wantsClerk && !clerk) return { state: 'unavailable', detail: SIGN_IN_NOT_LOADED };
  return { ClerkSession: clerk?.ClerkSession, config: config.value };
}

const SIGN_IN_NOT_LOADED = 'Signing in could not be loaded. Check your connection and reload.';
