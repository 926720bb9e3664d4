import { describe, expect, test } from 'vitest';
import type { Message } from '../../../protocol/models.ts';
import { timelineItems } from '../../../web/features/conversation/list/timeline-items.ts';
import type { TimelineRow } from '../../../web/realtime/group-view.ts';
import { messageAt } from '../../support/group-events.ts';

function row(seq: number, more: Partial<Message> = {}): TimelineRow {
  const message = messageAt(seq, { id: `message-${seq}`, ...more });
  return { state: 'sent', key: message.id, message, author: undefined };
}

/** The key of the message below the divider. */
function dividedAt(
  rows: readonly TimelineRow[],
  newAfter: number,
  hasBefore = false,
): string | undefined {
  const items = timelineItems(rows, { hasStart: true, hasBefore, me: 'ada', newAfter });
  const first = items.find((item) => item.type !== 'start' && item.isFirstNew);
  return first?.key;
}

describe('the "New" divider', () => {
  test('stands above the first new message of another user', () => {
    expect(dividedAt([row(1), row(2), row(3)], 1)).toBe('message-2');
    expect(dividedAt([row(1), row(2, { userId: 'ada' }), row(3)], 1)).toBe('message-3');
  });

  test('is absent if nothing is new', () => {
    expect(dividedAt([row(1), row(2)], 2)).toBeUndefined();
  });

  test('is absent while the first new message may lie above the loaded range', () => {
    expect(dividedAt([row(5), row(6)], 2, true)).toBeUndefined();
    expect(dividedAt([row(5), row(6)], 2, false)).toBe('message-5');
    expect(dividedAt([row(2), row(6)], 2, true)).toBe('message-6');
  });

  test('starts a new header', () => {
    const items = timelineItems([row(1), row(2), row(3)], {
      hasStart: false,
      hasBefore: false,
      me: 'ada',
      newAfter: 2,
    });
    expect(items.map((item) => item.type === 'message' && item.hasHeader)).toEqual([
      true,
      false,
      true,
    ]);
  });
});
