import { useEffect, useState } from 'react';

/** Gives the focus back to what had it when this part of the page came, once it goes: unless somebody else has taken it. */
export function useReturnFocus(): void {
  // Seen while rendering: in an effect a field of this part may have taken the focus already.
  const [before] = useState(() => document.activeElement);
  useEffect(() => {
    return () => {
      if (before instanceof HTMLElement && document.activeElement === document.body) before.focus();
    };
  }, [before]);
}
