import { useEffect } from 'react';

/** Gives the focus back to what had it when this part of the page came, once it goes: unless somebody else has taken it. */
export function useReturnFocus(): void {
  useEffect(() => {
    const before = document.activeElement;
    return () => {
      if (before instanceof HTMLElement && document.activeElement === document.body) before.focus();
    };
  }, []);
}
