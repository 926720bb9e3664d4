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
function headers(rows: TimelineRow[]): boolean[] {
  return timelineItems(rows, { hasStart: true, hasBefore: false, me: 'ada' }).flatMap((item) =>
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

test('a day is named above its first message', () => {
  const rows = [sent('ada', NOON), sent('ada', NOON + DAY), sent('ada', NOON + DAY)];
  const items = timelineItems(rows, { hasStart: true, hasBefore: false, me: 'ada' });
  const days = items.flatMap((item) => ('day' in item ? [item.day] : []));
  expect(days).toEqual([NOON, NOON + DAY, undefined]);
});

describe('the oldest loaded message', () => {
  const joined = sent('grace', NOON, { content: '', system: { kind: 'joined' } });
  const rows = [
    sent('ada', NOON - DAY),
    sent('ada', NOON),
    sent('ada', NOON + MINUTE),
    sent('ada', NOON + 2 * MINUTE),
    joined,
    sent('ada', NOON + 3 * MINUTE),
    sent('grace', NOON + 4 * MINUTE),
  ];
  const itemsFrom = (from: number, targetId?: string) =>
    timelineItems(rows.slice(from), { hasStart: true, hasBefore: from > 0, me: 'ada', targetId });

  test('waits for the one above it, so that no row changes when that is loaded', () => {
    const all = itemsFrom(0);
    for (let from = 1; from < rows.length - 1; from += 1) {
      const items = itemsFrom(from);
      expect(items.length).toBeGreaterThan(0);
      expect(items).toEqual(all.slice(-items.length));
    }
  });

  test('does not wait if it stands alone, or the list scrolls to it', () => {
    const keys = (from: number, targetId?: string) =>
      itemsFrom(from, targetId).map(({ key }) => key);
    expect(keys(6)).toEqual([rows[6]?.key]);
    expect(keys(5)).toEqual([rows[6]?.key]);
    expect(keys(5, rows[5]?.key)).toEqual([rows[5]?.key, rows[6]?.key]);
  });

  test('does not wait if it is not sent yet', () => {
    const items = timelineItems([unsent(NOON), { ...unsent(NOON), key: 'another' }], {
      hasStart: true,
      hasBefore: true,
      me: 'ada',
    });
    expect(items.map(({ key }) => key)).toEqual(['unsent', 'another']);
  });
});

test('the start of the group is shown only when everything above is loaded', () => {
  const types = (hasBefore: boolean) =>
    timelineItems([sent('ada', NOON)], { hasStart: true, hasBefore, me: 'ada' }).map(
      ({ type }) => type,
    );
  expect(types(false)).toEqual(['start', 'message']);
  expect(types(true)).toEqual(['message']);
});
