import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine';
import {
  draggable,
  dropTargetForElements,
  monitorForElements,
} from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import {
  attachClosestEdge,
  extractClosestEdge,
} from '@atlaskit/pragmatic-drag-and-drop-hitbox/closest-edge';
import { useEffect, useEffectEvent, useState } from 'react';
import { TOUCH, useMedia } from '../../ui/use-media.ts';
import type { Section } from './sections.ts';

/**
 * Lets the rows of the list be dragged to a place among the favourites, and shows the line where one would come. Not on touch
 * screens, where a long press opens the menu of a row, which moves it as well.
 */
export function DropLine({
  sections,
  order,
  onDrag,
  onPlace,
}: {
  sections: readonly Section[];
  /** The ids of all favourites. */
  order: readonly string[];
  onDrag: () => void;
  /** The group comes to stand before another favourite, or at the end. */
  onPlace: (groupId: string, before: string | undefined) => void;
}) {
  const isTouch = useMedia(TOUCH);
  const [line, setLine] = useState<{ top: number; left: number; width: number }>();
  const dragged = useEffectEvent(onDrag);
  const dropped = useEffectEvent((groupId: string, at: string, edge: 'top' | 'bottom') => {
    const others = order.filter((id) => id !== groupId);
    const before = edge === 'top' ? at : others[others.indexOf(at) + 1];
    if (at !== groupId) onPlace(groupId, before);
  });
  // Rows that came or went.
  const shown = sections.flatMap(({ id, entries }) => [id, ...entries.map((it) => it.group.id)]);
  const key = isTouch ? '' : shown.join();
  useEffect(() => {
    if (key === '') return;
    const rows = [...document.querySelectorAll<HTMLElement>('nav [data-group]')];
    return combine(
      ...rows.flatMap((element) => {
        const link = element.querySelector('a');
        const groupId = element.dataset['group'];
        return [
          ...(link ? [draggable({ element: link, getInitialData: () => ({ groupId }) })] : []),
          ...(element.dataset['favourite']
            ? [
                dropTargetForElements({
                  element,
                  canDrop: ({ source }) => 'groupId' in source.data,
                  getData: ({ input }) =>
                    attachClosestEdge(
                      { groupId },
                      { element, input, allowedEdges: ['top', 'bottom'] },
                    ),
                }),
              ]
            : []),
        ];
      }),
      monitorForElements({
        canMonitor: ({ source }) => 'groupId' in source.data,
        onDrag({ location }) {
          dragged();
          const [target] = location.current.dropTargets;
          const { top, bottom, left, width } = target?.element.getBoundingClientRect() ?? {};
          const y = target && extractClosestEdge(target.data) === 'top' ? top : bottom;
          setLine(
            y === undefined || left === undefined || width === undefined
              ? undefined
              : { top: y, left, width },
          );
        },
        onDrop({ source, location }) {
          setLine(undefined);
          const [target] = location.current.dropTargets;
          const { groupId } = source.data;
          const at = target?.data['groupId'];
          if (typeof groupId !== 'string' || typeof at !== 'string' || !target) return;
          dropped(groupId, at, extractClosestEdge(target.data) === 'top' ? 'top' : 'bottom');
        },
      }),
    );
  }, [key]);
  if (!line) return null;
  return (
    <div
      aria-hidden="true"
      className="pointer-events-none fixed z-40 h-0.5 -translate-y-1/2 rounded-pill bg-accent"
      style={line}
    />
  );
}
