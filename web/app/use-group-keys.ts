import { useEffect } from 'react';
import { navigate } from 'wouter/use-browser-location';
import { isNew, type ListMoment } from '../features/groups/listed-group.ts';
import type { Section } from '../features/groups/sections.ts';
import { isOverlayOpen } from '../ui/overlays/is-overlay-open.ts';

/** Alt+↑ and Alt+↓ go to the previous and the next group that the list shows, with Shift to those with something unread. */
export function useGroupKeys(sections: readonly Section[], moment: ListMoment): void {
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
      if (step === 0 || !event.altKey || event.ctrlKey || event.metaKey) return;
      if (event.defaultPrevented || event.isComposing || isOverlayOpen()) return;
      const all = sections.flatMap(({ entries }) => entries);
      // The address may also name a message of the group.
      const { pathname } = location;
      const from = all.findIndex(({ group }) => `${pathname}/`.startsWith(`/g/${group.id}/`));
      const next = inOrder(all, from, step).find(
        (entry) => !event.shiftKey || isNew(entry, moment),
      );
      if (next === undefined) return;
      event.preventDefault();
      navigate(`/g/${next.group.id}`);
    }
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [sections, moment]);
}

/** All others in the order in which the key comes to them, around both ends; without a group (-1) from the first or the last. */
function inOrder<T>(all: readonly T[], from: number, step: 1 | -1): T[] {
  const after = [...all.slice(from + 1), ...all.slice(0, Math.max(from, 0))];
  return step === 1 ? after : after.reverse();
}
