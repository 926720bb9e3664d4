import { renderHook } from '@testing-library/react';
import type { VirtualizerHandle } from 'virtua';
import { beforeEach, expect, test } from 'vitest';
import { keepPlace, keptPlace } from '../../../web/features/conversation/list/kept-place.ts';
import {
  type TimelineItem,
  timelineItems,
} from '../../../web/features/conversation/list/timeline-items.ts';
import {
  type ScrollOptions,
  useTimelineScroll,
} from '../../../web/features/conversation/list/use-timeline-scroll.ts';
import { messageAt } from '../../support/group-events.ts';

const ROW_PX = 40;
const VIEW_PX = 400;
const MESSAGES = Array.from({ length: 200 }, (_, n) => messageAt(n + 1));
const NAME = 'a list';

/** The items of the messages from one seq up to, not including, another. */
function items(from: number, to: number, newAfter?: number): TimelineItem[] {
  const rows = MESSAGES.slice(from, to).map((message) => {
    return { state: 'sent' as const, key: message.id, message, author: undefined };
  });
  return timelineItems(rows, { hasStart: false, hasBefore: from > 0, me: 'ada', newAfter });
}

let asked: string[];

beforeEach(() => {
  asked = [];
  keepPlace(NAME, []);
});

/** A list with rows of one size, which records where it was scrolled to. */
function open(
  first: readonly TimelineItem[],
  { isNamed = true, ...wish }: Partial<ScrollOptions> & { isNamed?: boolean } = {},
) {
  const state = { items: first, offset: 0, isNamed };
  const total = () => state.items.length * ROW_PX;
  const scrollTo = (offset: number): void => {
    state.offset = Math.max(0, Math.min(offset, total() - VIEW_PX));
  };
  const handle: VirtualizerHandle = {
    cache: [[]],
    get scrollOffset() {
      return state.offset;
    },
    get scrollSize() {
      return total();
    },
    viewportSize: VIEW_PX,
    findItemIndex: (offset) => Math.floor(offset / ROW_PX),
    getItemOffset: (index) => index * ROW_PX,
    getItemSize: () => ROW_PX,
    scrollToIndex: (index, { align, offset = 0 } = {}) => {
      scrollTo(align === 'end' ? (index + 1) * ROW_PX - VIEW_PX + offset : index * ROW_PX + offset);
    },
    scrollTo,
    scrollBy: (by) => scrollTo(state.offset + by),
  };
  const { rerender, unmount, result } = renderHook(
    (now: readonly TimelineItem[]) => {
      const scroll = useTimelineScroll(now, {
        name: state.isNamed ? NAME : undefined,
        returnTo: (keys) => {
          asked.push(...keys);
          return true;
        },
        hasBefore: true,
        loadBefore: () => undefined,
        hasAfter: false,
        loadAfter: () => undefined,
        looked: () => undefined,
        ...wish,
      });
      scroll.list.current = handle;
      return scroll;
    },
    { initialProps: first },
  );
  const show = (now: readonly TimelineItem[]): void => {
    state.items = now;
    state.isNamed = true;
    rerender(now);
  };
  return {
    show,
    unmount,
    /** The message at the top, and its offset from there. */
    top: () => {
      const index = Math.floor(state.offset / ROW_PX);
      return [state.items[index]?.key, index * ROW_PX - state.offset];
    },
    /** The user scrolls. */
    scroll: (offset: number) => {
      // The browser also fires an event when the page scrolls by itself.
      result.current.onScroll(state.offset);
      result.current.letGo();
      scrollTo(offset);
      result.current.onScroll(state.offset);
    },
    at: () => state.offset,
  };
}

test('a list that is shown again scrolls to its last place', () => {
  const before = open(items(100, 200));
  before.scroll(1_010);
  const place = before.top();
  before.unmount();
  const after = open(items(100, 200));
  expect(after.top()).toEqual(place);
  expect(asked).toEqual([]);
});

test('a place that is no longer loaded is loaded and shown', () => {
  const before = open(items(0, 200));
  before.scroll(1_010);
  const place = before.top();
  before.unmount();
  const after = open(items(150, 200));
  expect(asked[0]).toBe(place[0]);
  after.show([]);
  after.show(items(10, 60));
  expect(after.top()).toEqual(place);
});

test('a place that can no longer be loaded is not waited for', () => {
  keepPlace(NAME, [{ key: 'gone', top: 3 }]);
  const after = open(items(150, 200));
  after.show([]);
  after.show(items(150, 200));
  expect(asked).toEqual(['gone']);
  // The oldest of the 50 waits for the one above it.
  expect(after.at()).toBe(49 * ROW_PX - VIEW_PX);
});

test("a list refilled after a reset scrolls to the reader's place", () => {
  const list = open(items(0, 200));
  list.scroll(1_010);
  const place = list.top();
  list.show([]);
  list.show(items(10, 60));
  expect(list.top()).toEqual(place);
  expect(asked).toEqual([]);
});

test('a list left at its end opens at its end, and an unloaded list keeps no place', () => {
  open(items(100, 200)).unmount();
  expect(keptPlace(NAME)).toEqual([]);
  keepPlace(NAME, [{ key: MESSAGES[120]?.id ?? '', top: -5 }]);
  open(items(199, 200), { name: undefined }).unmount();
  expect(open(items(100, 200)).top()).toEqual([MESSAGES[120]?.id, -5]);
});

test('a list that was shown at its end before its divider was known goes to the divider, unless the user has scrolled', () => {
  const atEnd = open(items(100, 150), { isNamed: false });
  atEnd.show(items(100, 200, 150));
  expect(atEnd.top()[0]).toBe(MESSAGES[147]?.id);
  const scrolled = open(items(100, 150), { isNamed: false });
  scrolled.scroll(410);
  const place = scrolled.top();
  scrolled.show(items(100, 200, 150));
  expect(scrolled.top()).toEqual(place);
});
