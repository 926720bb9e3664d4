import { useEffect } from 'react';

/** Names the tab: "<what> · Edgewise". */
export function useTitle(what: string | undefined): void {
  useEffect(() => {
    document.title = what === undefined ? 'Edgewise' : `${what} · Edgewise`;
  }, [what]);
}
