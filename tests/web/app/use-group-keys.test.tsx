import { fireEvent, renderHook } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { InboxEntry } from '../../../protocol/rest.ts';
import { keys } from '../../../web/api/keys.ts';
import { useGroupKeys } from '../../../web/app/use-group-keys.ts';
import { ADA_QUERIES, AsAda, clearPageAfterEach } from '../../support/ada-page.tsx';
import { entryOf } from '../../support/inbox-entry.ts';

clearPageAfterEach();

/** A group with this name and id. */
function entry(name: string): InboxEntry {
  return entryOf({}, { id: name, name });
}

/** The path to which Alt and this key lead from `path`, in a list of three groups. */
function from(path: string, key: string): string {
  ADA_QUERIES.setQueryData(keys.myGroups(), { items: ['a', 'b', 'c'].map(entry) });
  history.replaceState(null, '', path);
  const { unmount } = renderHook(useGroupKeys, { wrapper: AsAda });
  fireEvent.keyDown(window, { key, altKey: true });
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
