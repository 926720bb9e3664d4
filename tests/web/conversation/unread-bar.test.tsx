import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { ConversationContext } from '../../../web/features/conversation/conversation-context.ts';
import { UnreadBar } from '../../../web/features/conversation/list/unread-bar.tsx';
import type { DividerView } from '../../../web/realtime/group-view.ts';
import { adaConversation } from '../../support/ada-page.tsx';

afterEach(cleanup);

/** The text of the bar. */
function said(unread: Partial<DividerView>): string {
  const divider = { afterSeq: 1, count: 212, mentions: 0, isAtLeast: false, ...unread };
  const { unmount } = render(
    <ConversationContext value={adaConversation()}>
      <UnreadBar divider={divider} onJump={() => undefined} rows={[]} />
    </ConversationContext>,
  );
  const text = screen.getByRole('status').textContent ?? '';
  unmount();
  return text;
}

test('the bar says how many messages are new, since when, and how many mention me', () => {
  expect(said({})).toMatch(/^212 new·/);
  expect(said({ since: new Date().setHours(14, 2) })).toMatch(/^212 new since \d/);
  expect(said({ mentions: 2 })).toMatch(/^212 new, 2 mention you·/);
  expect(said({ mentions: 1 })).toMatch(/^212 new, 1 mentions you·/);
});

test('the bar says that there are more than the counted messages', () => {
  expect(said({ count: 1_000, mentions: 1, isAtLeast: true })).toMatch(
    /^1,000\+ new, 1\+ mention you·/,
  );
});
