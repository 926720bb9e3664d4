import { fireEvent, render } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import type { Message } from '../../../protocol/models.ts';
import { keys } from '../../../web/api/keys.ts';
import {
  type Conversation,
  ConversationContext,
} from '../../../web/features/conversation/conversation-context.ts';
import { MessageRow } from '../../../web/features/conversation/message/message-row.tsx';
import type { TimelineRow } from '../../../web/realtime/group-view.ts';
import {
  ADA_QUERIES,
  AsAda,
  adaClient,
  adaConversation,
  clearPageAfterEach,
} from '../../support/ada-page.tsx';
import { ADA, GROUP_ID, messageAt } from '../../support/group-events.ts';

clearPageAfterEach();

const MINE = { key: 'mine', content: 'hello', createdAt: 5, author: ADA, hasReceipt: true };
const MESSAGE = messageAt(1, { id: MINE.key, content: MINE.content, userId: ADA.id });
const ACKNOWLEDGED: TimelineRow = {
  state: 'sent',
  key: MINE.key,
  message: MESSAGE,
  author: ADA,
  receipt: { state: 'sent', readBy: [] },
};

function page(row: TimelineRow, conversation: Conversation) {
  return (
    <AsAda>
      <ConversationContext value={conversation}>
        <MessageRow
          hasHeader
          isActive={false}
          isEditing={false}
          isFlashed={false}
          isTouched={false}
          onEdited={() => undefined}
          row={row}
          run={() => undefined}
          setOverlay={() => undefined}
          toolbar={undefined}
        />
      </ConversationContext>
    </AsAda>
  );
}

test('an acknowledgement keeps the elements of the text, and the line below it', () => {
  const conversation = adaConversation();
  const { container, getByText, rerender } = render(
    page({ ...MINE, state: 'sending' }, conversation),
  );
  // A layout has only the browser: the same classes mean the same height.
  const line = () => container.querySelector('article .min-h-6')?.className ?? '';
  const text = getByText('hello');
  const reserved = line();
  expect(reserved).toContain('mt-0.5');
  const states: TimelineRow[] = [
    { ...MINE, state: 'pending' },
    { ...MINE, state: 'waiting', isLong: true },
    ACKNOWLEDGED,
    { ...ACKNOWLEDGED, receipt: { state: 'read', readBy: [{ userId: 'grace' }] } },
  ];
  for (const row of states) {
    rerender(page(row, conversation));
    expect(getByText('hello')).toBe(text);
    expect(line()).toContain(reserved);
  }
});

test.each([
  ['with one other person', true, 'Read'],
  ['of several people', false, 'Read by 1'],
])(
  'in a conversation %s the receipt is short where it is clear who has read',
  async (_, isPair, text) => {
    const receipt = { state: 'read' as const, readBy: [{ userId: 'grace' }], isPair };
    const { findByRole } = render(page({ ...ACKNOWLEDGED, receipt }, adaConversation()));
    expect(await findByRole('button', { name: text })).toBeDefined();
  },
);

test('a message that waits for a connection can be deleted and copied, and is dim after a while', async () => {
  const discarded: string[] = [];
  const client = Object.assign(adaClient(), {
    discard(id: string) {
      discarded.push(id);
      return undefined;
    },
  });
  const conversation = adaConversation({ client });
  const waiting: TimelineRow = { ...MINE, state: 'waiting', isLong: false };
  const { getByText, getByRole, findByText, rerender } = render(page(waiting, conversation));
  expect(await findByText('Waiting for connection')).toBeDefined();
  expect(getByRole('button', { name: 'Copy text' })).toBeDefined();
  expect(getByText('hello').closest('.opacity-60')).toBeNull();
  rerender(page({ ...waiting, isLong: true }, conversation));
  expect(getByText('hello').closest('.opacity-60')).not.toBeNull();
  getByRole('button', { name: 'Delete' }).click();
  expect(discarded).toEqual(['mine']);
});

const ROOT = messageAt(1, { content: 'Which\n  cards?' });
const REPLY = messageAt(2, { parentId: ROOT.id, alsoToGroup: true });
const SENT_REPLY: TimelineRow = { state: 'sent', key: REPLY.id, message: REPLY, author: ADA };
const UNSENT_REPLY: TimelineRow = { ...MINE, state: 'sending', parentId: ROOT.id };

test.each<[string, TimelineRow, fetched: Message | undefined, text: string]>([
  ['a loaded root', { ...SENT_REPLY, root: ROOT }, undefined, ': Which cards?'],
  ['a root that is fetched', SENT_REPLY, ROOT, ': Which cards?'],
  ['a root that is not known yet', SENT_REPLY, undefined, ''],
  [
    'a deleted root',
    { ...SENT_REPLY, root: { ...ROOT, deletedAt: 9 } },
    undefined,
    ': a deleted message',
  ],
  [
    'a root, before it is acknowledged',
    { ...UNSENT_REPLY, root: ROOT },
    undefined,
    ': Which cards?',
  ],
])(
  'a reply in the timeline says what it replies to, and opens its thread: %s',
  async (_, row, fetched, text) => {
    if (fetched) ADA_QUERIES.setQueryData(keys.message(GROUP_ID, ROOT.id), fetched);
    else vi.stubGlobal('fetch', () => new Promise(() => undefined));
    const opened: string[] = [];
    const conversation = adaConversation({
      openThread: (root, reply = '') => void opened.push(root, reply),
    });
    const { findByRole } = render(page(row, conversation));
    const line = await findByRole('button', { name: /^replied to a thread/ });
    expect(line.textContent).toBe(`replied to a thread${text}`);
    fireEvent.click(line);
    expect(opened).toEqual([ROOT.id, row.key]);
  },
);

test('in its thread a reply does not say that it is one', () => {
  const conversation = adaConversation({ parentId: ROOT.id });
  const { queryByRole } = render(page({ ...SENT_REPLY, root: ROOT }, conversation));
  expect(queryByRole('button', { name: /^replied to a thread/ })).toBeNull();
});
