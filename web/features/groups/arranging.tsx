import { useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import { favouritesOf, orderAfter, useFavourites } from '../../api/favourites.ts';
import { useMyGroups } from '../../api/my-groups.ts';
import { nameOf } from './by-name.ts';
import { DropLine } from './drop-line.tsx';
import { EntryMenu } from './entry-menu.tsx';
import type { Section } from './sections.ts';

/** A row of the list whose menu is open. */
export interface RowWithMenu {
  groupId: string;
  element: Element;
}

/**
 * Arranges the favourites: by dragging, by Ctrl+Shift and an arrow on the focused row, and from the menu of a row. Loads when
 * the list is used for the first time.
 */
export function Arranging({
  sections,
  row,
  onUse,
  onMenuEnd,
}: {
  sections: readonly Section[];
  /** The row whose menu is open. */
  row: RowWithMenu | undefined;
  onUse: () => void;
  onMenuEnd: () => void;
}) {
  const entries = useMyGroups().data ?? [];
  const { move, failure } = useFavourites();
  const [said, setSaid] = useState('');
  const order = favouritesOf(entries).map(({ group }) => group.id);

  function place(groupId: string, before: string | undefined): void {
    const after = orderAfter(order, { groupId, before });
    const entry = entries.find(({ group }) => group.id === groupId);
    if (!entry || after.join() === order.join()) return;
    move({ groupId, before });
    setSaid(`${nameOf(entry)}: favourite ${after.indexOf(groupId) + 1} of ${after.length}`);
  }

  function step(groupId: string, by: 1 | -1): void {
    const at = order.indexOf(groupId);
    if (order[at + by] !== undefined) place(groupId, order[by === 1 ? at + 2 : at - 1]);
  }

  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : undefined;
      if (by === undefined || !event.shiftKey || event.altKey) return;
      if (event.ctrlKey === event.metaKey || !(event.target instanceof Element)) return;
      const groupId = event.target.closest('nav [data-favourite]')?.getAttribute('data-group');
      if (!groupId) return;
      event.preventDefault();
      step(groupId, by);
    }
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  });

  const entry = entries.find(({ group }) => group.id === row?.groupId);
  return (
    <>
      <p className="sr-only" role="status">
        {said}
      </p>
      {failure && (
        // The list may be longer than the page.
        <p
          className="sticky bottom-0 rounded-small bg-sunken px-2 py-1 text-secondary text-danger"
          role="alert"
        >
          Your favourites were not saved. {failure.detail}
        </p>
      )}
      <DropLine onDrag={onUse} onPlace={place} order={order} sections={sections} />
      {row &&
        entry &&
        createPortal(
          <EntryMenu
            entry={entry}
            key={row.groupId}
            onEnd={onMenuEnd}
            onPlace={(before) => place(row.groupId, before)}
            onRemove={() => {
              move({ groupId: row.groupId, isRemoved: true });
              setSaid(`${nameOf(entry)}: no favourite any more`);
            }}
            onStep={(by) => step(row.groupId, by)}
            places={order.length}
          />,
          row.element,
        )}
    </>
  );
}
