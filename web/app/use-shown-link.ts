import { useEffect } from 'react';
import { useLocation } from 'wouter';

/** Scrolls the list so that the link of the page that is open can be seen, also of a group that a key or an address led to. */
export function useShownLink(): void {
  const [path] = useLocation();
  useEffect(() => {
    if (path !== '/')
      document.querySelector('nav a[aria-current]')?.scrollIntoView({ block: 'nearest' });
  }, [path]);
}
