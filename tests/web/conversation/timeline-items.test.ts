import { describe, expect, test } from 'vitest';
import type { Message } from '../../../protocol/models.ts';
import { timelineItems } from '../../../web/features/conversation/list/timeline-items.ts';
import type { TimelineRow } from '../../../web/realtime/group-view.ts';
import { messageAt } from '../../support/group-events.ts';

const NOON = new Date(2026, 2, 3, 12).getTime();
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

let seq = 0;

function sent(userId: string, createdAt: number, more: Partial<Message> = {}): TimelineRow {
  seq += 1;
  const message = messageAt(seq, { userId, createdAt, ...more });
  return { state: 'sent', key: message.id, message, author: undefined };
}

function unsent(createdAt: number): TimelineRow {
  return {
    state: 'sending',
    key: 'unsent',
    content: 'on its way',
    createdAt,
    author: undefined,
    hasReceipt: false,
  };
}

/** Whether each message has a header, in order. */
function headers(rows: TimelineRow[], hasBefore = false): boolean[] {
  return timelineItems(rows, { hasStart: true, hasBefore, me: 'ada' }).flatMap((item) =>
    item.type === 'message' ? [item.hasHeader] : [],
  );
}

describe('a header', () => {
  test('is shared by messages of one author within 5 minutes', () => {
    const rows = [
      sent('ada', NOON),
      sent('ada', NOON + 4 * MINUTE),
      sent('ada', NOON + 9 * MINUTE),
    ];
    expect(headers(rows)).toEqual([true, false, true]);
  });

  test('is not shared by two authors, across midnight, or across a system line', () => {
    expect(headers([sent('ada', NOON), sent('grace', NOON), sent('ada', NOON)])).toEqual([
      true,
      true,
      true,
    ]);
    const midnight = new Date(2026, 2, 4).getTime();
    expect(headers([sent('ada', midnight - MINUTE), sent('ada', midnight + MINUTE)])).toEqual([
      true,
      true,
    ]);
    const joined = sent('grace', NOON, { content: '', system: { kind: 'joined' } });
    expect(headers([sent('ada', NOON), joined, sent('ada', NOON)])).toEqual([true, true]);
  });

  test('is shared by sent and pending messages', () => {
    expect(headers([sent('ada', NOON), unsent(NOON + MINUTE)])).toEqual([true, false]);
  });
});

test('a day is named above its first message, and not above a page that starts within it', () => {
  const rows = [sent('ada', NOON), sent('ada', NOON + DAY), sent('ada', NOON + DAY)];
  const days = (hasBefore: boolean) =>
    timelineItems(rows, { hasStart: true, hasBefore, me: 'ada' }).flatMap((item) =>
      'day' in item ? [item.day] : [],
    );
  expect(days(false)).toEqual([NOON, NOON + DAY, undefined]);
  expect(days(true)).toEqual([undefined, NOON + DAY, undefined]);
});

test('the start of the group is shown only when everything above is loaded', () => {
  const types = (hasBefore: boolean) =>
    timelineItems([sent('ada', NOON)], { hasStart: true, hasBefore, me: 'ada' }).map(
      ({ type }) => type,
    );
  expect(types(false)).toEqual(['start', 'message']);
  expect(types(true)).toEqual(['message']);
});
