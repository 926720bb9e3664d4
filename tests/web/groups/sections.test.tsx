import { act, renderHook } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { InboxEntry } from '../../../protocol/rest.ts';
import { byName } from '../../../web/features/groups/by-name.ts';
import { changeListChoices } from '../../../web/features/groups/list-choices.ts';
import {
  type Arrangement,
  type Section,
  sectionsOf,
} from '../../../web/features/groups/sections.ts';
import { useSections } from '../../../web/features/groups/use-sections.ts';
import { ADA } from '../../support/group-events.ts';
import { entryOf } from '../../support/inbox-entry.ts';

const MOMENT = { now: 10, arriving: undefined };
const lastAt = (at: number) => ({ last: { userId: ADA.id, preview: 'x', at, seq: 1 } });
const named = (id: string, change: Partial<InboxEntry> = {}) =>
  entryOf(change, { id, name: id, createdAt: 0 });
const direct = (id: string, change: Partial<InboxEntry> = {}) =>
  entryOf({ people: [{ ...ADA, name: id }], ...change }, { id, kind: 'direct', createdAt: 0 });

const ENTRIES = [
  named('c', lastAt(3)),
  named('a', { ...lastAt(1), unread: 1 }),
  named('b', { ...lastAt(2), favourite: 1 }),
  direct('e', { ...lastAt(4), favourite: 0 }),
  direct('d', lastAt(5)),
  named('m', { ...lastAt(9), unread: 3, level: 'none' }),
];

/** `Groups: a c`, for each section. */
const shown = (sections: readonly Section[]) =>
  sections.map(
    ({ title, entries }) => `${title}: ${entries.map(({ group }) => group.id).join(' ')}`,
  );

test.each<[name: string, change: Partial<Arrangement>, expected: string[]]>([
  ['by name', {}, ['Favourites: e b', 'Groups: a c m', 'Direct messages: d']],
  [
    'by activity, favourites in their own order',
    { order: 'activity' },
    ['Favourites: e b', 'Groups: m c a', 'Direct messages: d'],
  ],
  [
    'with what is unread on top, but not what is muted',
    { gathersUnread: true },
    ['Unread: a', 'Favourites: e b', 'Groups: c m', 'Direct messages: d'],
  ],
  [
    'with the open one that was unread still on top',
    { gathersUnread: true, keptId: 'c', openId: 'c' },
    ['Unread: a c', 'Favourites: e b', 'Groups: m', 'Direct messages: d'],
  ],
  [
    'folded: what is unread, and the open one, stay',
    { folded: ['groups', 'direct', 'favourites'], openId: 'e' },
    ['Favourites: e', 'Groups: a', 'Direct messages: '],
  ],
])('the list %s', (_, change, expected) => {
  const arrangement: Arrangement = {
    order: 'name',
    gathersUnread: false,
    folded: [],
    moment: MOMENT,
    openId: undefined,
    keptId: undefined,
  };
  expect(shown(sectionsOf(ENTRIES, { ...arrangement, ...change }))).toEqual(expected);
});

test('without favourites and unread ones their sections are left out', () => {
  const { result } = renderHook(() => useSections([], MOMENT, undefined));
  expect(shown(result.current.sections)).toEqual(['Groups: ', 'Direct messages: ']);
});

beforeEach(() => {
  vi.useFakeTimers();
  changeListChoices({ order: 'activity', gathersUnread: false, folded: [] });
});
afterEach(() => {
  vi.useRealTimers();
  changeListChoices({ order: undefined, gathersUnread: false, folded: [] });
});

const TWO = [named('a', lastAt(2)), named('b', lastAt(1))];
const NEWS = [named('a', lastAt(2)), named('b', { ...lastAt(3), unread: 1 })];

/** The list, its rows, and what a row shows. */
function list(entries: readonly InboxEntry[], openId?: string) {
  const view = renderHook((groups: readonly InboxEntry[]) => useSections(groups, MOMENT, openId), {
    initialProps: entries,
  });
  return {
    ...view,
    hold: () => act(() => view.result.current.hold()),
    rows: () => shown(view.result.current.sections)[0],
    first: () => view.result.current.sections[0]?.entries,
  };
}

test('rows stay below a pointer that moves over them, show what is new, and move when it rests', () => {
  const { rows, first, hold, rerender } = list(TWO);
  hold();
  rerender(NEWS);
  expect(rows()).toBe('Groups: a b');
  expect(first()?.[1]?.unread).toBe(1);
  act(() => vi.advanceTimersByTime(1_900));
  hold();
  act(() => vi.advanceTimersByTime(1_900));
  expect(rows()).toBe('Groups: a b');
  act(() => vi.advanceTimersByTime(200));
  expect(rows()).toBe('Groups: b a');
});

test('what I change myself moves at once, and a group that I left goes at once', () => {
  const { rows, hold, rerender } = list(TWO);
  hold();
  rerender([named('a', lastAt(2)), named('b', { ...lastAt(1), favourite: 0 })]);
  expect(rows()).toBe('Favourites: b');
  hold();
  rerender([named('a', lastAt(2))]);
  expect(rows()).toBe('Groups: a');
  hold();
  act(() => changeListChoices({ folded: ['groups'] }));
  expect(rows()).toBe('Groups: ');
});

test('a group that was unread when it was opened stays among the unread ones until it is left', () => {
  act(() => changeListChoices({ gathersUnread: true }));
  const { result, rerender } = renderHook(
    ({ groups, openId }: { groups: readonly InboxEntry[]; openId: string }) =>
      useSections(groups, MOMENT, openId),
    { initialProps: { groups: NEWS, openId: 'b' } },
  );
  rerender({ groups: TWO, openId: 'b' });
  expect(shown(result.current.sections)[0]).toBe('Unread: b');
  rerender({ groups: TWO, openId: 'a' });
  expect(shown(result.current.sections)[0]).toBe('Groups: a b');
});

test('names with numbers stand in the order of the numbers', () => {
  const entries = ['Group 10', 'Group 2', 'group 1'].map((name) => named(name));
  expect(entries.toSorted(byName).map(({ group }) => group.name)).toEqual([
    'group 1',
    'Group 2',
    'Group 10',
  ]);
});
