import { fireEvent, render, renderHook } from '@testing-library/react';
import { expect, test } from 'vitest';
import { useGroupKeys } from '../../../web/app/use-group-keys.ts';
import { sectionsOf } from '../../../web/features/groups/sections.ts';
import { clearPageAfterEach } from '../../support/ada-page.tsx';
import { ADA } from '../../support/group-events.ts';
import { entryOf } from '../../support/inbox-entry.ts';

clearPageAfterEach();

const GROUPS = ['a', 'b', 'c'].map((name) => entryOf({}, { id: name, name }));
/** In the order of the list: read, unread, muted with a mention, read; then a direct group with something unread. */
const SOME_UNREAD = [
  ...GROUPS.slice(0, 1),
  entryOf({ unread: 1 }, { id: 'b', name: 'b' }),
  entryOf({ unread: 2, mentions: 1, mutedUntil: 9 }, { id: 'c', name: 'c' }),
  entryOf({ unread: 2, mutedUntil: 9 }, { id: 'd', name: 'd' }),
  entryOf({ unread: 1, mentions: 1, people: [ADA] }, { id: 'direct', kind: 'direct' }),
];

const MOMENT = { now: 0, arriving: undefined };

/** The sections of the list with these groups, while the page of `b` is open. */
function sectionsFor(groups: typeof GROUPS, folded: string[]) {
  const arrangement = { order: 'name', gathersUnread: false, keptId: undefined } as const;
  return sectionsOf(groups, { ...arrangement, folded, moment: MOMENT, openId: 'b' });
}

/** The path to which Alt and this key lead from `path`. */
function from(
  path: string,
  key: string,
  more: KeyboardEventInit = {},
  groups = GROUPS,
  folded: string[] = [],
): string {
  history.replaceState(null, '', path);
  const { unmount } = renderHook(() => useGroupKeys(sectionsFor(groups, folded), MOMENT));
  fireEvent.keyDown(window, { key, altKey: true, ...more });
  unmount();
  return location.pathname;
}

test('Alt and an arrow lead to the next group, also from the address of a message', () => {
  expect(from('/g/b', 'ArrowDown')).toBe('/g/c');
  expect(from('/g/b/m/one', 'ArrowDown')).toBe('/g/c');
  expect(from('/g/b/m/one', 'ArrowUp')).toBe('/g/a');
});

test('Alt and an arrow wrap around, and start at an end outside of any group', () => {
  expect(from('/g/c', 'ArrowDown')).toBe('/g/a');
  expect(from('/', 'ArrowDown')).toBe('/g/a');
  expect(from('/', 'ArrowUp')).toBe('/g/c');
});

test('with Shift they lead only to groups that show something unread', () => {
  const shift = (path: string, key: string) => from(path, key, { shiftKey: true }, SOME_UNREAD);
  expect(shift('/g/a', 'ArrowDown')).toBe('/g/b');
  expect(shift('/g/b', 'ArrowDown')).toBe('/g/c');
  expect(shift('/g/c', 'ArrowDown')).toBe('/g/direct');
  expect(shift('/g/direct', 'ArrowDown')).toBe('/g/b');
  expect(shift('/', 'ArrowUp')).toBe('/g/direct');
  expect(from('/g/a', 'ArrowDown', { shiftKey: true })).toBe('/g/a');
});

test.each([
  ['Ctrl', { ctrlKey: true }],
  ['Cmd', { metaKey: true }],
  ['a composed word', { isComposing: true }],
])('they lead nowhere with %s', (_, more) => expect(from('/g/a', 'ArrowDown', more)).toBe('/g/a'));

test.each(['dialog', 'alertdialog', 'menu'])('they lead nowhere while a %s is open', (role) => {
  render(<div role={role} />);
  expect(from('/g/a', 'ArrowDown')).toBe('/g/a');
});

test('they pass over what a folded section hides', () => {
  const more = [...GROUPS, entryOf({ unread: 1 }, { id: 'd', name: 'd' })];
  expect(from('/g/b', 'ArrowDown', {}, more, ['groups'])).toBe('/g/d');
  expect(from('/g/b', 'ArrowUp', {}, more, ['groups'])).toBe('/g/d');
});
