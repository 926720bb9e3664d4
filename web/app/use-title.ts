import { useEffect } from 'react';

/** What the title of the tab shows. Different components know its parts. */
const parts: { count: number; what: string | undefined } = { count: 0, what: undefined };

/** Sets the title of the tab while the component is mounted: "<what> · Edgewise". */
export function useTitle(what: string | undefined): void {
  useEffect(() => {
    show({ what });
    return () => show({ what: undefined });
  }, [what]);
}

/** Puts a number before the title of the tab: "(3) <what> · Edgewise". None for 0. */
export function useTitleCount(count: number): void {
  useEffect(() => {
    show({ count });
    return () => show({ count: 0 });
  }, [count]);
}

function show(part: Partial<typeof parts>): void {
  const { count, what } = Object.assign(parts, part);
  const name = what === undefined ? 'Edgewise' : `${what} · Edgewise`;
  document.title = count === 0 ? name : `(${count}) ${name}`;
}
