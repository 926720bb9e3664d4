import { useCallback, useEffect, useRef, useState } from 'react';
import { type Failure, fail, ok, Problem, type Result } from '../../protocol/errors.ts';
import { InvitePreview } from '../../protocol/invite-preview.ts';

// Without `request` and its cache: a visitor's page would load them, and with them the page of a signed-in user.

const ANSWERS_WITHIN_MS = 20_000;

/** What is known of an invitation. */
export type Invitation =
  | { state: 'loading' }
  | { state: 'found'; preview: InvitePreview }
  | { state: 'failed'; failure: Failure };

/**
 * The group that a code invites to, for visitors as well. Asked again by `retry`, and when the browser is online again.
 */
export function useInvitation(code: string): { invitation: Invitation; retry: () => void } {
  const [invitation, setInvitation] = useState<Invitation>({ state: 'loading' });
  const latest = useRef(0);
  const load = useCallback(async () => {
    latest.current += 1;
    const mine = latest.current;
    const outcome = await fetchPreview(code);
    if (mine !== latest.current) return;
    setInvitation(
      outcome.ok
        ? { state: 'found', preview: outcome.value }
        : { state: 'failed', failure: outcome.failure },
    );
  }, [code]);
  useEffect(() => {
    const onOnline = () => void load();
    onOnline();
    window.addEventListener('online', onOnline);
    return () => {
      latest.current += 1;
      window.removeEventListener('online', onOnline);
    };
  }, [load]);
  return { invitation, retry: () => void load() };
}

async function fetchPreview(code: string): Promise<Result<InvitePreview>> {
  try {
    const response = await fetch(`/api/invites/${encodeURIComponent(code)}`, {
      signal: AbortSignal.timeout(ANSWERS_WITHIN_MS),
    });
    const body: unknown = await response.json();
    if (response.ok) return ok(InvitePreview.parse(body));
    const { code: error, detail } = Problem.parse(body);
    return fail(error, detail);
  } catch {
    return fail('unavailable', 'The server cannot be reached. Check your connection.');
  }
}
