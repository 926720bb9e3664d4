import { useEffect, useRef } from 'react';
import { useChangeMe } from '../api/change-me.ts';
import { useMe } from '../api/people.ts';

/** Tells the server the time zone of this browser when it is another one than it knows, for my card. */
export function useTimeZone(): void {
  const me = useMe().data;
  const { run } = useChangeMe();
  /** Said once: another browser of mine may be elsewhere. */
  const hasSaid = useRef(false);
  useEffect(() => {
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    if (!me || hasSaid.current || me.timeZone === timeZone) return;
    hasSaid.current = true;
    void run({ timeZone });
  }, [me, run]);
}
