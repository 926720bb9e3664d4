import { render } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { Message, User } from '../../../protocol/models.ts';
import { ConversationContext } from '../../../web/features/conversation/conversation-context.ts';
import { Timeline } from '../../../web/features/conversation/timeline.tsx';
import type { TimelineRow } from '../../../web/realtime/group-view.ts';
import { adaConversation, clearPageAfterEach } from '../../support/ada-page.tsx';
import { eventually } from '../../support/eventually.ts';
import { GROUP_ID } from '../../support/group-events.ts';

clearPageAfterEach();

const GRACE: User = { id: 'grace', name: 'Grace', handle: 'grace', imageUrl: '', role: 'member' };
const CONVERSATION = adaConversation();

function sent(seq: number, content: string): TimelineRow {
  const id = `message-${seq}`;
  const message: Message = {
    id,
    groupId: GROUP_ID,
    seq,
    rev: seq,
    userId: 'grace',
    content,
    createdAt: seq,
  };
  return { state: 'sent', key: id, message, author: GRACE };
}

function list(rows: readonly TimelineRow[]) {
  return (
    <ConversationContext value={CONVERSATION}>
      <Timeline
        hasAfter={false}
        hasBefore={false}
        loadingAfter={false}
        loadingBefore={false}
        name="Engines"
        rows={rows}
        start={null}
      />
    </ConversationContext>
  );
}

/** The node with the announcement in a live region of this politeness. */
function told(container: Element, manner: 'polite' | 'assertive'): Element | null {
  return container.querySelector(`[aria-live=${manner}] > *`);
}

test('the same text twice is announced twice, and history never', async () => {
  const rows = [sent(1, 'before'), sent(2, 'ok'), sent(3, 'ok')];
  const { container, rerender } = render(list(rows.slice(0, 1)));
  expect(told(container, 'polite')).toBeNull();
  rerender(list(rows.slice(0, 2)));
  // What reads it out loads with the first message of others.
  await eventually(() => expect(told(container, 'polite')?.textContent).toBe('Grace: ok'));
  const first = told(container, 'polite');
  rerender(list(rows));
  expect(told(container, 'polite')?.textContent).toBe('Grace: ok');
  // A screen reader announces the same text again only in a new node.
  expect(told(container, 'polite')).not.toBe(first);
});

test('a failed message is announced, too', async () => {
  const failed: TimelineRow = {
    state: 'failed',
    key: 'mine',
    content: 'hello',
    createdAt: 5,
    author: undefined,
    hasReceipt: false,
    failure: { code: 'archived', detail: 'This group is archived.' },
  };
  const { container, rerender } = render(list([sent(1, 'before')]));
  rerender(list([sent(1, 'before'), failed]));
  await eventually(() =>
    expect(told(container, 'assertive')?.textContent).toBe('Not sent: This group is archived.'),
  );
});
