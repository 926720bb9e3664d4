import { act, fireEvent, render } from '@testing-library/react';
import { createPortal } from 'react-dom';
import { expect, test } from 'vitest';
import { useRowToolbar } from '../../../web/features/conversation/actions/use-row-toolbar.ts';
import { timelineItems } from '../../../web/features/conversation/list/timeline-items.ts';
import { clearPageAfterEach } from '../../support/ada-page.tsx';
import { ADA, messageAt } from '../../support/group-events.ts';

clearPageAfterEach();

const KEYS = ['one', 'two', 'three'];

/** A list of messages that says which of them has the toolbar, with the menu that is open in it. */
function List({ keys = KEYS }: { keys?: readonly string[] }) {
  const rows = keys.map((key, n) => {
    const message = messageAt(n + 1, { id: key });
    return { state: 'sent' as const, key, message, author: ADA };
  });
  const items = timelineItems(rows, { hasStart: false, hasBefore: false, me: ADA.id });
  const { shown, setOverlay, handlers } = useRowToolbar(items);
  return (
    <section aria-label="Messages" {...handlers}>
      {keys.map((key) => (
        <article data-message={key} key={key} tabIndex={-1}>
          {key}
          <button onClick={() => setOverlay(key, 'menu')} type="button">
            menu of {key}
          </button>
          {shown?.key === key && <i>toolbar of {key}</i>}
          {shown?.key === key &&
            shown.overlay === 'menu' &&
            createPortal(
              <button onClick={() => setOverlay(key, 'none')} type="button">
                close
              </button>,
              document.body,
            )}
        </article>
      ))}
    </section>
  );
}

function openList() {
  const page = render(<List />);
  const row = (key: string) => page.getByText(key, { selector: 'article' });
  return {
    ...page,
    row,
    list: () => page.getByRole('region', { name: 'Messages' }),
    hover: (at: Element) => {
      fireEvent.pointerOver(at, { pointerType: 'mouse' });
      fireEvent.pointerMove(at, { pointerType: 'mouse', movementX: 1 });
    },
    /** The messages with a toolbar. */
    toolbars: () => page.queryAllByText(/^toolbar of/).map((it) => it.textContent?.slice(11)),
  };
}

test('one message has the toolbar, whatever is hovered and focused', () => {
  const { row, hover, toolbars, list } = openList();
  hover(row('one'));
  expect(toolbars()).toEqual(['one']);
  for (const key of KEYS) {
    act(() => row(key).focus());
    expect(toolbars()).toEqual([key]);
  }
  hover(row('two'));
  expect(toolbars()).toEqual(['two']);
  fireEvent.pointerLeave(list());
  expect(toolbars()).toEqual(['three']);
  act(() => row('three').blur());
  expect(toolbars()).toEqual([]);
});

test('a pointer that rests where the list scrolls below it takes the toolbar from no focused message', () => {
  const { row, toolbars } = openList();
  act(() => row('three').focus());
  fireEvent.pointerOver(row('one'), { pointerType: 'mouse' });
  fireEvent.pointerMove(row('one'), { pointerType: 'mouse' });
  expect(toolbars()).toEqual(['three']);
});

test('a toolbar stays while its menu is open, and goes with it if the pointer is not over its message', () => {
  const { row, hover, toolbars, getByText } = openList();
  hover(row('one'));
  fireEvent.click(getByText('menu of one'));
  // The menu is a child of the message for React, but stands elsewhere.
  hover(getByText('close'));
  expect(toolbars()).toEqual(['one']);
  hover(row('two'));
  expect(toolbars()).toEqual(['one']);
  hover(getByText('close'));
  fireEvent.click(getByText('close'));
  expect(toolbars()).toEqual([]);
});

test('the menu of a message that is deleted keeps the toolbar from no other one', () => {
  const { row, hover, toolbars, getByText, rerender } = openList();
  fireEvent.click(getByText('menu of one'));
  rerender(<List keys={KEYS.slice(1)} />);
  hover(row('two'));
  expect(toolbars()).toEqual(['two']);
});
