import { useCallback, useEffect, useSyncExternalStore } from 'react';
import { type Answer, type Ask, answers } from './answers.ts';

/** What is known of a question that a part of the page shows. */
export interface Shown<T> extends Answer<T> {
  /** Nothing is known yet, not even a failure. */
  isPending: boolean;
}

/** The answer to the question that `key` names. It is asked while this is shown, `everyMs` too, unless it is not `enabled`. */
export function useAnswer<T>(
  key: string,
  ask: Ask<T>,
  { enabled = true, everyMs }: { enabled?: boolean; everyMs?: number } = {},
): Shown<T> {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key names all that `ask` depends on.
  const watch = useCallback(
    (listener: () => void) => (enabled ? answers.watch(key, ask, listener) : () => undefined),
    [key, enabled],
  );
  const answer = useSyncExternalStore(watch, () => answers.get<T>(key));
  useEffect(() => {
    if (everyMs === undefined) return;
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') answers.refresh(key);
    }, everyMs);
    return () => clearInterval(timer);
  }, [key, everyMs]);
  return { ...answer, isPending: answer.data === undefined && answer.failure === undefined };
}
