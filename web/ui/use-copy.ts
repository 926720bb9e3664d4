import { useEffect, useState } from 'react';

/** How long the button says "Copied". */
const SHOWN_MS = 2_000;

/** Copies text to the clipboard, and reports the outcome for a moment; a browser may refuse it. */
export function useCopy(): { state: 'idle' | 'copied' | 'refused'; copy(text: string): void } {
  const [state, setState] = useState<'idle' | 'copied' | 'refused'>('idle');
  useEffect(() => {
    if (state === 'idle') return;
    const timer = setTimeout(() => setState('idle'), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [state]);
  return {
    state,
    copy(text) {
      navigator.clipboard.writeText(text).then(
        () => setState('copied'),
        () => setState('refused'),
      );
    },
  };
}
