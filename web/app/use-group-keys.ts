import { useEffect } from 'react';
import { navigate } from 'wouter/use-browser-location';
import { useMyGroups } from '../api/my-groups.ts';
import { sectionsOf } from '../features/groups/sections.ts';

/** Alt+↑ and Alt+↓ go to the previous and the next group of the list. */
export function useGroupKeys(): void {
  const mine = useMyGroups().data;
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
      if (step === 0 || !event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const { groups, direct } = sectionsOf(mine ?? []);
      const paths = [...groups, ...direct].map(({ group }) => `/g/${group.id}`);
      // The address may also name a message of the group.
      const { pathname } = location;
      const from = paths.findIndex((it) => pathname === it || pathname.startsWith(`${it}/`));
      const next = paths[nextIndex(from, step, paths.length)];
      if (next === undefined) return;
      event.preventDefault();
      navigate(next);
    }
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [mine]);
}

/** Wraps around at both ends; without a group (-1) it starts at the first or the last. */
function nextIndex(from: number, step: number, count: number): number {
  if (from === -1) return step === 1 ? 0 : count - 1;
  return (from + step + count) % count;
}
