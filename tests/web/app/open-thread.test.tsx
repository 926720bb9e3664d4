import 'fake-indexeddb/auto';
import { fireEvent, render, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { Message } from '../../../protocol/models.ts';
import { OpenThread } from '../../../web/app/open-thread.tsx';
import type { Conversation } from '../../../web/features/conversation/conversation-context.ts';
import type { GroupView, TimelineRow } from '../../../web/realtime/group-view.ts';
import { adaClient, adaConversation, clearPageAfterEach } from '../../support/ada-page.tsx';
import { eventually } from '../../support/eventually.ts';
import { messageAt } from '../../support/group-events.ts';

clearPageAfterEach();

const client = adaClient();
const AROUND = adaConversation({ client });

const sent = (message: Message): TimelineRow & { state: 'sent' } => {
  return { state: 'sent', key: message.id, message, author: undefined };
};

const root = sent(messageAt(1, { replyCount: 2 }));
const replies = [2, 3, 4].map((seq) => sent(messageAt(seq, { parentId: root.key })));

interface ThreadScene {
  around: Conversation;
  openedReadSeq: number;
  onClose: () => void;
}

function thread(
  rows: readonly TimelineRow[],
  isLoaded: boolean,
  { around = AROUND, openedReadSeq = 4, onClose = () => undefined }: Partial<ThreadScene> = {},
) {
  const empty = { hasBefore: false, loadingBefore: false, hasAfter: false, loadingAfter: false };
  const view: GroupView = {
    ...client.getView(),
    thread: {
      ...empty,
      parentId: root.key,
      root,
      rows,
      typing: [],
      missing: false,
      following: true,
      isLoaded,
      openedReadSeq,
    },
  };
  return (
    <OpenThread
      around={around}
      groupName="Engines"
      onAll={() => undefined}
      onClose={onClose}
      parentId={root.key}
      view={view}
    />
  );
}

test('in a thread only messages that arrive after loading are announced', async () => {
  const { container, rerender } = render(thread([], false));
  const told = () => container.querySelector('[aria-live=polite]')?.textContent;
  rerender(thread(replies.slice(0, 2), true));
  expect(told()).toBe('');
  rerender(thread(replies, true));
  await eventually(() => expect(told()).toBe('Someone: message 4'));
});

test('an archived group has no composer, and says why', () => {
  render(thread(replies, true, { around: { ...AROUND, isArchived: true } }));
  expect(screen.queryByRole('textbox')).toBeNull();
  expect(screen.getByText(/This group is archived/)).toBeDefined();
});

test('Esc clears the divider of a thread before it closes the thread', () => {
  const done: string[] = [];
  const around = Object.assign({}, AROUND, {
    client: Object.assign({}, client, {
      getView: client.getView.bind(client),
      lookAt: () => undefined,
      clearDivider: (parentId?: string) => done.push(`cleared ${parentId}`),
    }),
  });
  const onClose = () => done.push('closed');
  const { rerender } = render(thread(replies, true, { around, onClose, openedReadSeq: 2 }));
  const panel = screen.getByRole('complementary');
  fireEvent.keyDown(panel, { key: 'Escape' });
  expect(done).toEqual([`cleared ${root.key}`]);
  rerender(thread(replies, true, { around, onClose }));
  fireEvent.keyDown(panel, { key: 'Escape' });
  expect(done).toEqual([`cleared ${root.key}`, 'closed']);
});
