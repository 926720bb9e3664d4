import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { VirtualizerHandle } from 'virtua';
import { inView, movedBy } from './in-view.ts';
import { type KeptPlace, keepPlace, keptPlace } from './kept-place.ts';
import type { TimelineItem } from './timeline-items.ts';
import { useShift } from './use-shift.ts';

/** Within this distance the view counts as at the end and sticks to it. */
const NEAR_END_PX = 100;
/** More messages are requested at this distance from the end, so that a steady scroll never reaches it. */
const LOAD_AHEAD_PX = 1_500;
/** The target of a jump is held in place for this time, while the messages around it are measured for the first time. */
const HELD_MS = 600;
/** By then messages that have just come are measured. */
const MEASURED_MS = 100;
/** The space above the divider when a group opens there, for some context. */
const ABOVE_DIVIDER_PX = 96;

/** The target of the list, held while messages around it are measured and loaded. */
type Goal =
  | { at: 'end' }
  | { at: 'key'; key: string; align: 'start' | 'center' | 'nearest'; offset: number };

/** The inputs of the scrolling of a list. */
export interface ScrollOptions {
  /** The name under which the list remembers its position; undefined while it is not loaded. */
  name: string | undefined;
  /** Loads the messages around one of these; false if none can be loaded. */
  returnTo: (keys: readonly string[]) => boolean;
  hasBefore: boolean;
  loadBefore: () => void;
  /** Newer messages are not loaded: the list does not stick to its end. */
  hasAfter: boolean;
  loadAfter: () => void;
  /** A message to centre, and a number that grows with each jump. */
  target?: { id: string; jump: number } | undefined;
  /** Called after each event that may have changed the view. */
  looked: () => void;
}

/** The scroll state of the list, and its handlers. */
export interface TimelineScroll {
  list: RefObject<VirtualizerHandle | null>;
  /** Whether the view is away from the end. */
  isAway: boolean;
  /** Whether the list sticks to its end at this moment. */
  isFollowing(): boolean;
  /** Whether the last change was at the beginning: the list then keeps its position from the end. */
  isShift: boolean;
  onScroll(offset: number): void;
  onResize(): void;
  /** The user scrolls: releases the target. */
  letGo(): void;
  toEnd(): void;
  toKey(key: string, align: 'start' | 'center' | 'nearest'): void;
  /** Scrolls to the divider, by the key of the item below it. */
  toDivider(key: string): void;
}

/**
 * Opens the list at its last position, at its divider or at its end. Sticks to the end while the view is there, scrolls there
 * when the user sends a message, and otherwise keeps the view in place while messages change above it.
 */
export function useTimelineScroll(
  items: readonly TimelineItem[],
  { name, returnTo, hasBefore, loadBefore, hasAfter, loadAfter, target, looked }: ScrollOptions,
): TimelineScroll {
  const list = useRef<VirtualizerHandle>(null);
  const goal = useRef<Goal>(undefined);
  const held = useRef<ReturnType<typeof setTimeout>>(undefined);
  const isPlaced = useRef(false);
  const hasReturned = useRef(false);
  const wasNamed = useRef(false);
  const lastOffset = useRef(0);
  const anchors = useRef<readonly KeptPlace[]>([]);
  const lastItems = useRef(items);
  const lastJump = useRef<number>(undefined);
  const [isAway, setAway] = useState(false);
  const isShift = useShift(items);
  const ownKey = ownNewest(items);
  const lastOwnKey = useRef(ownKey);

  /** Scrolls the list to its target, if it has one. */
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
    // An empty list has no view: the last one stays the position of the user.
    if (!handle || handle.viewportSize === 0 || items.length === 0) return;
    const below = handle.scrollSize - handle.scrollOffset - handle.viewportSize;
    const isAtEnd = below <= NEAR_END_PX && !hasAfter;
    if (!goal.current && isAtEnd) goal.current = { at: 'end' };
    setAway(goal.current?.at !== 'end' && !isAtEnd);
    // While a target is held, messages that load above it must not move it.
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

  // Messages may come without a change of height, as those that join a line of system messages: no event follows.
  useEffect(() => {
    if (!hasBefore && !hasAfter) return;
    const timer = setTimeout(settle, MEASURED_MS);
    return () => clearTimeout(timer);
  }, [settle, hasBefore, hasAfter]);

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

  /** Remembers the position, for the next time the list is shown or filled. */
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
    const isNamedNow = name !== undefined && !wasNamed.current;
    wasNamed.current = name !== undefined;
    // Until now the list could only be shown at its end: it opens where it belongs, unless the user has scrolled since.
    if (isNamedNow && goal.current?.at === 'end') {
      isPlaced.current = false;
      hasReturned.current = false;
    }
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
      // Only a scroll upwards leaves the end: below, the list grows because its items are measured, and not by the user.
      if (goal.current?.at === 'end' && isUpwards && !isNearEnd) goal.current = undefined;
      settle();
    },
    onResize() {
      pursue();
      settle();
    },
  };
}

/** Where a list opens: at its last position, else at the divider, else at its end. */
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

/** The newest pending message; undefined without one. */
function ownNewest(items: readonly TimelineItem[]): string | undefined {
  const last = items.at(-1);
  return last?.type === 'message' && last.row.state !== 'sent' ? last.key : undefined;
}
