import { useCallback, useEffect, useRef } from 'react';

/** A message is read when it was shown for so long (behaviour: "Reading and unread"). */
const READ_AFTER_MS = 500;

/**
 * Reads what is shown while `isReading`. `shown` answers the highest `seq` that is at least half in view; the answer of
 * this hook is to be called whenever that may have changed.
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
    // What arrives meanwhile must not start the time anew: in a lively group nothing would ever be read.
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
