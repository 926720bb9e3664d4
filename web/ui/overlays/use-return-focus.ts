import { useEffect, useState } from 'react';

/** On unmount, returns the focus to the element that had it on the first render, unless another element has taken it. */
export function useReturnFocus(): void {
  // Read while rendering: by the time of an effect a field of the component may have the focus.
  const [before] = useState(() => document.activeElement);
  useEffect(() => {
    return () => {
      if (before instanceof HTMLElement && document.activeElement === document.body) before.focus();
    };
  }, [before]);
}
