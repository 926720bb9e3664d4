import { useEffect, useState } from 'react';
import type { EndingClerk } from '../end-session.ts';
import { owedSignOut, oweSignOut } from '../owed-sign-out.ts';
import { endOwed } from './end-owed.ts';

/** What Clerk knows of the user, and what ends their session. */
interface Known {
  clerk: EndingClerk;
  isLoaded: boolean;
  userId: string | null | undefined;
}

/**
 * Ends the session of a user who signed out without a network. Until it is `over` the session must not be used; after
 * `failed` it can only be tried again with another load of the page.
 */
export function useOwedEnd({ clerk, isLoaded, userId }: Known): 'over' | 'ending' | 'failed' {
  const [owed] = useState(owedSignOut);
  const [state, setState] = useState<'over' | 'ending' | 'failed'>(
    owed === undefined ? 'over' : 'ending',
  );
  useEffect(() => {
    if (!isLoaded || state !== 'ending') return;
    if (userId === owed) void endOwed(clerk).then((isOver) => setState(isOver ? 'over' : 'failed'));
    else {
      oweSignOut(undefined);
      setState('over');
    }
  }, [isLoaded, userId, owed, state, clerk]);
  return state;
}
