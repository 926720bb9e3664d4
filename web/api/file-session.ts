import { useEffect, useState } from 'react';
import * as z from 'zod/mini';
import type { SignedIn } from '../session/session.ts';
import { useSignedIn } from '../session/use-session.ts';
import { request } from './request.ts';

/** The cookie with which pictures and players fetch their bytes lasts an hour; it is renewed after this time, ms. */
const RENEW_AFTER_MS = 45 * 60_000;
/** Without an answer it is asked for again after this time, ms. */
const AGAIN_AFTER_MS = 10_000;

let held: { userId: string; at: number; ready: Promise<boolean> } | undefined;

/** Whether the browser may fetch files: it has the cookie for them, which is asked for once and renewed while this is used. */
export function useFileSession(): boolean {
  const session = useSignedIn();
  const [isReady, setReady] = useState(false);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    let isOver = false;
    const renew = async () => {
      const ready = await fileSession(session);
      if (isOver) return;
      setReady(ready);
      const age = Date.now() - (held?.at ?? 0);
      timer = setTimeout(renew, ready ? Math.max(1_000, RENEW_AFTER_MS - age) : AGAIN_AFTER_MS);
    };
    void renew();
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [session]);
  return isReady;
}

/** Gets the cookie for files, unless it is fresh. Returns false if the server does not answer, or refuses. */
export function fileSession(session: SignedIn, options?: { fresh: boolean }): Promise<boolean> {
  const { userId } = session;
  const isFresh = held?.userId === userId && held.at > Date.now() - RENEW_AFTER_MS;
  if (held && isFresh && !options?.fresh) return held.ready;
  const ready = request(session, {
    method: 'POST',
    path: '/api/files/session',
    isRepeatable: true,
    answer: z.unknown(),
  }).then(({ ok }) => {
    if (!ok) held = undefined;
    return ok;
  });
  held = { userId, at: Date.now(), ready };
  return ready;
}
