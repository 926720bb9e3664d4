import { useEffect, useState } from 'react';

/** The server is asked when nothing was typed for this long. */
const ASK_AFTER_MS = 120;

/** The text as it was when nobody had typed for a moment, so that not every key press sends a request. */
export function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), ASK_AFTER_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
