import { act, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { useMemo, useRef } from 'react';
import type { VirtualizerHandle } from 'virtua';
import { beforeEach, expect, test, vi } from 'vitest';
import type { useRowKeys as loadedLater } from '../../../web/features/conversation/actions/use-row-keys.ts';
import type { TimelineItem } from '../../../web/features/conversation/list/timeline-items.ts';
import { adaConversation, clearPageAfterEach } from '../../support/ada-page.tsx';
import { ADA, messageAt } from '../../support/group-events.ts';

clearPageAfterEach();

const CONVERSATION = adaConversation();
const MESSAGES = [1, 2, 3].map((seq) => messageAt(seq, { userId: ADA.id, id: `m${seq}` }));
const ITEMS = MESSAGES.map((message): TimelineItem => {
  const row = { state: 'sent' as const, key: message.id, message, author: ADA };
  return {
    type: 'message',
    key: message.id,
    row,
    hasHeader: true,
    day: undefined,
    isFirstNew: false,
  };
});

let useRowKeys: typeof loadedLater;
const ran: string[] = [];

beforeEach(async () => {
  ran.length = 0;
  // A fresh page: what the keys do loads with the first one.
  vi.resetModules();
  const file = await import('../../../web/features/conversation/actions/use-row-keys.ts');
  useRowKeys = file.useRowKeys;
});

function List() {
  const list = useRef<VirtualizerHandle>(null);
  useMemo(() => {
    const handle = { scrollOffset: 0, viewportSize: 100 };
    list.current = Object.assign(Object.create(null), handle, {
      findItemIndex: () => ITEMS.length - 1,
      scrollToIndex: () => undefined,
    });
  }, []);
  const keys = useRowKeys({
    items: ITEMS,
    list,
    conversation: CONVERSATION,
    run: (command, { id }) => ran.push(`${command} ${id}`),
    react: (key) => ran.push(`react ${key}`),
    letGo: () => undefined,
  });
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: as the list of messages
    <section aria-label="Messages" onKeyDown={keys.onKeyDown} role="log" tabIndex={0}>
      {ITEMS.map(({ key }) => (
        <article data-message={key} key={key} tabIndex={key === keys.activeKey ? 0 : -1}>
          {key}
        </article>
      ))}
    </section>
  );
}

/** Presses a key where the focus is; returns whether the browser was kept from handling it. */
function press(key: string): boolean {
  return !fireEvent.keyDown(document.activeElement ?? document.body, { key });
}

async function focused(key: string): Promise<void> {
  await waitFor(() => expect(document.activeElement?.textContent).toBe(key));
}

test('keys that are pressed before their code is here are held, and each is done once, in order', async () => {
  render(<List />);
  act(() => screen.getByRole('log').focus());
  expect(press('k')).toBe(true);
  expect(press('x')).toBe(false);
  await focused('m3');
  expect(press('k')).toBe(true);
  await focused('m2');
  expect(press('e')).toBe(true);
  expect(press('p')).toBe(true);
  expect(press('+')).toBe(true);
  expect(press('?')).toBe(false);
  expect(ran).toEqual(['edit m2', 'pin m2', 'react m2']);
});

test('keys that are all held lead as far as keys that are not', async () => {
  render(<List />);
  act(() => screen.getByRole('log').focus());
  for (const key of ['k', 'k', 'Delete']) expect(press(key)).toBe(true);
  await waitFor(() => expect(ran).toEqual(['delete m2']));
  await focused('m1');
});
