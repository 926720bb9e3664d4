import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { VirtualizerHandle } from 'virtua';
import { inView, movedBy } from './in-view.ts';
import { type KeptPlace, keepPlace, keptPlace } from './kept-place.ts';
import type { TimelineItem } from './timeline-items.ts';
import { useShift } from './use-shift.ts';

/** So close to the end counts as being there: what arrives is followed (behaviour: "The timeline"). */
const NEAR_END_PX = 100;
/** More messages are asked for this far before they are needed, so that a steady scroll never meets the end. */
const LOAD_AHEAD_PX = 1_500;
/** A place that was gone to is held so long, while the rows around it are measured for the first time. */
const HELD_MS = 600;
/** What stands above the divider when a group opens there: enough to see what was said before. */
const ABOVE_DIVIDER_PX = 96;

/** Where the list is to be, whatever is measured or loaded around it. */
type Goal =
  | { at: 'end' }
  | { at: 'key'; key: string; align: 'start' | 'center' | 'nearest'; offset: number };

/** What the scrolling of a list depends on. */
export interface ScrollWish {
  /** Names the list, so that who comes back to it is where they were; undefined while it is not loaded. */
  name: string | undefined;
  /** Loads the place of one of these messages, where they are not loaded; false if it will not come. */
  returnTo: (keys: readonly string[]) => boolean;
  hasBefore: boolean;
  loadBefore: () => void;
  /** The newest messages are elsewhere: the end of the list is not followed. */
  hasAfter: boolean;
  loadAfter: () => void;
  /** A message to centre, and a number that grows with each time. */
  target?: { id: string; jump: number } | undefined;
  /** Called after everything that may have changed what is in view. */
  looked: () => void;
}

/** What the list needs in order to stay where its reader looks. */
export interface TimelineScroll {
  list: RefObject<VirtualizerHandle | null>;
  /** Whether the reader looks at older messages. */
  isAway: boolean;
  /** Whether what arrives is scrolled to, at this moment. */
  isFollowing(): boolean;
  /** Whether the last change was at the beginning: the list then keeps its place from the end. */
  isShift: boolean;
  onScroll(offset: number): void;
  onResize(): void;
  /** The reader has taken the scroll in hand: no place is held any more. */
  letGo(): void;
  toEnd(): void;
  toKey(key: string, align: 'start' | 'center' | 'nearest'): void;
  /** Goes to the divider, by the key of the item that it stands over. */
  toDivider(key: string): void;
}

/**
 * Opens the list where it was left, at its divider or at its end; follows the end while the reader is there, goes there
 * when the reader sends something, and otherwise keeps what is looked at where it is, whatever comes, goes or grows above.
 */
export function useTimelineScroll(
  items: readonly TimelineItem[],
  { name, returnTo, hasBefore, loadBefore, hasAfter, loadAfter, target, looked }: ScrollWish,
): TimelineScroll {
  const list = useRef<VirtualizerHandle>(null);
  const goal = useRef<Goal>(undefined);
  const held = useRef<ReturnType<typeof setTimeout>>(undefined);
  const isPlaced = useRef(false);
  const hasReturned = useRef(false);
  const lastOffset = useRef(0);
  const anchors = useRef<readonly KeptPlace[]>([]);
  const lastItems = useRef(items);
  const lastJump = useRef<number>(undefined);
  const [isAway, setAway] = useState(false);
  const isShift = useShift(items);
  const ownKey = ownNewest(items);
  const lastOwnKey = useRef(ownKey);

  /** Brings the list to its goal, if it has one. */
  const pursue = useCallback(() => {
    const at = goal.current;
    if (!at) return;
    const now = lastItems.current;
    if (at.at === 'end') {
      list.current?.scrollToIndex(now.length - 1, { align: 'end' });
      return;
    }
    const index = now.findIndex(({ key }) => key === at.key);
    if (index >= 0) list.current?.scrollToIndex(index, { align: at.align, offset: at.offset });
  }, []);

  const settle = useCallback(() => {
    const handle = list.current;
    // Of an empty list there is nothing to see: what was seen before is where its reader still is.
    if (!handle || handle.viewportSize === 0 || items.length === 0) return;
    const below = handle.scrollSize - handle.scrollOffset - handle.viewportSize;
    const isAtEnd = below <= NEAR_END_PX && !hasAfter;
    if (!goal.current && isAtEnd) goal.current = { at: 'end' };
    setAway(goal.current?.at !== 'end' && !isAtEnd);
    // While a place is held, what comes above it would be gone to as well.
    if (goal.current?.at !== 'key') {
      if (hasBefore && handle.scrollOffset < LOAD_AHEAD_PX) loadBefore();
      if (hasAfter && below < LOAD_AHEAD_PX) loadAfter();
    }
    anchors.current = inView(handle, items);
    looked();
  }, [items, hasBefore, loadBefore, hasAfter, loadAfter, looked]);
  const latest = useRef(settle);
  useLayoutEffect(() => {
    latest.current = settle;
  }, [settle]);

  const letGo = useCallback(() => {
    if (goal.current?.at !== 'key') return;
    clearTimeout(held.current);
    goal.current = undefined;
    latest.current();
  }, []);

  const pursueNew = useCallback(
    (next: Goal) => {
      goal.current = next;
      clearTimeout(held.current);
      if (next.at === 'key') held.current = setTimeout(letGo, HELD_MS);
      if (next.at === 'end') setAway(false);
      pursue();
    },
    [pursue, letGo],
  );

  /** Remembers where the reader is, for when the list is shown or filled again. */
  const keep = useCallback(() => {
    const isLeft = isPlaced.current && name !== undefined;
    if (isLeft) keepPlace(name, goal.current?.at === 'end' ? [] : anchors.current);
  }, [name]);

  useLayoutEffect(() => {
    const handle = list.current;
    if (!handle) return;
    if (items.length === 0) {
      keep();
      isPlaced.current = false;
      return;
    }
    const hasChanged = lastItems.current !== items;
    lastItems.current = items;
    const isOwnNew = ownKey !== undefined && ownKey !== lastOwnKey.current;
    lastOwnKey.current = ownKey;
    const isTarget = target && target.jump !== lastJump.current && has(items, target.id);
    if (isTarget) {
      lastJump.current = target.jump;
      isPlaced.current = true;
      pursueNew({ at: 'key', key: target.id, align: 'center', offset: 0 });
    } else if (!isPlaced.current) {
      const kept = name === undefined ? [] : keptPlace(name);
      const isElsewhere = kept.length > 0 && !kept.some(({ key }) => has(items, key));
      const returns = isElsewhere && !hasReturned.current && returnTo(kept.map(({ key }) => key));
      hasReturned.current = true;
      if (returns) return;
      isPlaced.current = true;
      pursueNew(opening(items, kept));
    } else if (isOwnNew) {
      pursueNew({ at: 'end' });
    } else if (goal.current) {
      if (goal.current.at === 'end' && hasAfter) goal.current = undefined;
      pursue();
    } else if (hasChanged && !isShift) {
      handle.scrollBy(movedBy(handle, items, anchors.current));
    }
  }, [items, ownKey, target, hasAfter, isShift, name, keep, returnTo, pursue, pursueNew]);

  useEffect(
    () => () => {
      keep();
      clearTimeout(held.current);
    },
    [keep],
  );

  return {
    list,
    isAway,
    isFollowing: useCallback(() => goal.current?.at === 'end', []),
    isShift,
    letGo,
    toEnd: useCallback(() => pursueNew({ at: 'end' }), [pursueNew]),
    toKey: useCallback(
      (key, align) => pursueNew({ at: 'key', key, align, offset: 0 }),
      [pursueNew],
    ),
    toDivider: useCallback((key) => pursueNew(atDivider(key)), [pursueNew]),
    onScroll(offset) {
      const handle = list.current;
      if (!handle) return;
      const isNearEnd = handle.scrollSize - offset - handle.viewportSize <= NEAR_END_PX;
      const isUpwards = offset < lastOffset.current;
      lastOffset.current = offset;
      // Only upwards is away: on its way to the end the list grows as its items are measured, which is nobody's wish.
      if (goal.current?.at === 'end' && isUpwards && !isNearEnd) goal.current = undefined;
      settle();
    },
    onResize() {
      pursue();
      settle();
    },
  };
}

/** Where a list is opened: where its reader left it, else at the divider, else at its end. */
function opening(items: readonly TimelineItem[], kept: readonly KeptPlace[]): Goal {
  const place = kept.find(({ key }) => has(items, key));
  if (place) return { at: 'key', key: place.key, align: 'start', offset: -place.top };
  const divider = items.find((item) => item.type !== 'start' && item.isFirstNew);
  if (!divider) return { at: 'end' };
  return atDivider(divider.key);
}

function atDivider(key: string): Goal {
  return { at: 'key', key, align: 'start', offset: -ABOVE_DIVIDER_PX };
}

function has(items: readonly TimelineItem[], key: string): boolean {
  return items.some((item) => item.key === key);
}

/** The newest own message that is still on its way; undefined if none is. */
function ownNewest(items: readonly TimelineItem[]): string | undefined {
  const last = items.at(-1);
  return last?.type === 'message' && last.row.state !== 'sent' ? last.key : undefined;
}
