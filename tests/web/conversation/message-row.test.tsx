import { render } from '@testing-library/react';
import { expect, test } from 'vitest';
import {
  type Conversation,
  ConversationContext,
} from '../../../web/features/conversation/conversation-context.ts';
import { MessageRow } from '../../../web/features/conversation/message/message-row.tsx';
import type { TimelineRow } from '../../../web/realtime/group-view.ts';
import { adaClient, adaConversation, clearPageAfterEach } from '../../support/ada-page.tsx';
import { ADA, messageAt } from '../../support/group-events.ts';

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

test('a message that waits for a connection can be deleted and copied, and is dim after a while', () => {
  const discarded: string[] = [];
  const client = Object.assign(adaClient(), {
    discard(id: string) {
      discarded.push(id);
      return undefined;
    },
  });
  const conversation = adaConversation({ client });
  const waiting: TimelineRow = { ...MINE, state: 'waiting', isLong: false };
  const { getByText, getByRole, rerender } = render(page(waiting, conversation));
  expect(getByText('Waiting for connection')).toBeDefined();
  expect(getByRole('button', { name: 'Copy text' })).toBeDefined();
  expect(getByText('hello').closest('.opacity-60')).toBeNull();
  rerender(page({ ...waiting, isLong: true }, conversation));
  expect(getByText('hello').closest('.opacity-60')).not.toBeNull();
  getByRole('button', { name: 'Delete' }).click();
  expect(discarded).toEqual(['mine']);
});
