import { useEffect, useRef } from 'react';

/** Replies come in bursts: what shows them is renewed at most this often, and after the last reply. */
const SETTLES_MS = 1_000;

/**
 * Calls `renew` after a change of `state`, which says that what was fetched may be out of date; also at the beginning if it is
 * `isOld`.
 */
export function useRenewal(state: string, renew: () => Promise<unknown>, isOld = false): void {
  const latest = useRef(state);
  const asked = useRef(isOld ? undefined : state);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    latest.current = state;
    // A further reply must not restart the timer: in a lively thread it would never fire.
    if (asked.current === state || timer.current !== undefined) return;
    timer.current = setTimeout(() => {
      timer.current = undefined;
      asked.current = latest.current;
      void renew();
    }, SETTLES_MS);
  }, [renew, state]);
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      timer.current = undefined;
    },
    [],
  );
}
