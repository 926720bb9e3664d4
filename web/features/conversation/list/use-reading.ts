import { useCallback, useEffect, useRef } from 'react';

/** A message is read after it was shown for this time. */
const READ_AFTER_MS = 500;

/**
 * Marks the shown messages read while `isReading`. `shown` returns the highest `seq` that is at least half in view. Call the
 * returned function whenever that may have changed.
 */
export function useReading({
  shown,
  read,
  isReading,
}: {
  shown: () => number | undefined;
  read: (seq: number) => void;
  isReading: boolean;
}): () => void {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const last = useRef(0);
  const looked = useCallback(() => {
    const seq = shown();
    // A further message must not restart the timer: in a lively group it would never fire.
    if (!isReading || seq === undefined || seq <= last.current || timer.current) return;
    timer.current = setTimeout(() => {
      timer.current = undefined;
      const now = shown() ?? 0;
      if (now >= seq) {
        last.current = seq;
        read(seq);
      }
      looked();
    }, READ_AFTER_MS);
  }, [shown, read, isReading]);
  useEffect(() => {
    looked();
    return () => {
      clearTimeout(timer.current);
      timer.current = undefined;
    };
  }, [looked]);
  return looked;
}
