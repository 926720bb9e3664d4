import { useEffect, useState } from 'react';

/**
 * On unmount, returns the focus to the element that had it on the first render, unless another element has taken it. If that
 * one is gone, the timeline takes it, so that its keys work.
 */
export function useReturnFocus(): void {
  // Read while rendering: by the time of an effect a field of the component may have the focus.
  const [before] = useState(() => document.activeElement);
  useEffect(() => {
    return () => {
      if (document.activeElement !== document.body) return;
      if (before instanceof HTMLElement) before.focus();
      if (document.activeElement !== document.body) return;
      document.querySelector<HTMLElement>('main [role="log"]')?.focus({ preventScroll: true });
    };
  }, [before]);
}
