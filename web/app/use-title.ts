import { useEffect } from 'react';

/** Sets the title of the tab: "<what> · Edgewise". */
export function useTitle(what: string | undefined): void {
  useEffect(() => {
    document.title = what === undefined ? 'Edgewise' : `${what} · Edgewise`;
  }, [what]);
}
