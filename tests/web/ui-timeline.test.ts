import { describe, expect, test } from 'vitest';
import type { Message } from '../../protocol/models.ts';
import { announcement } from '../../web/features/conversation/list/announcement.ts';
import { timelineItems } from '../../web/features/conversation/list/timeline-items.ts';
import { arrivalsAfter } from '../../web/features/conversation/list/use-arrivals.ts';
import { systemText } from '../../web/features/conversation/message/system-row.tsx';
import type { TimelineRow } from '../../web/realtime/group-view.ts';
import { initials } from '../../web/ui/people/avatar.tsx';
import { dayAndTimeOf, dayLabel, sinceOf, timeOf } from '../../web/ui/words/moment.ts';

const NOON = new Date(2026, 2, 3, 12).getTime();
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

let seq = 0;

function sent(userId: string, createdAt: number, more: Partial<Message> = {}): TimelineRow {
  seq += 1;
  const message: Message = {
    id: `message-${seq}`,
    groupId: 'group',
    seq,
    rev: seq,
    userId,
    content: `text ${seq}`,
    createdAt,
    ...more,
  };
  return { state: 'sent', key: message.id, message, author: undefined };
}

function unsent(createdAt: number): TimelineRow {
  return { state: 'sending', key: 'unsent', content: 'on its way', createdAt, author: undefined };
}

/** Who has a header, in order. */
function headers(rows: TimelineRow[], hasBefore = false): boolean[] {
  return timelineItems(rows, { hasStart: true, hasBefore, me: 'ada' }).flatMap((item) =>
    item.type === 'message' ? [item.hasHeader] : [],
  );
}

describe('a header', () => {
  test('is shared by what one author writes within 5 minutes', () => {
    const rows = [
      sent('ada', NOON),
      sent('ada', NOON + 4 * MINUTE),
      sent('ada', NOON + 9 * MINUTE),
    ];
    expect(headers(rows)).toEqual([true, false, true]);
  });

  test('is not shared by two authors, nor across midnight, nor across a line of the Room', () => {
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

  test('is shared by what I sent and what is still on its way', () => {
    expect(headers([sent('ada', NOON), unsent(NOON + MINUTE)])).toEqual([true, false]);
  });
});

describe('a day', () => {
  test('is named where it begins, and not above a page that is only a part of it', () => {
    const rows = [sent('ada', NOON), sent('ada', NOON + DAY), sent('ada', NOON + DAY)];
    const days = (hasBefore: boolean) =>
      timelineItems(rows, { hasStart: true, hasBefore, me: 'ada' }).flatMap((item) =>
        'day' in item ? [item.day] : [],
      );
    expect(days(false)).toEqual([NOON, NOON + DAY, undefined]);
    expect(days(true)).toEqual([undefined, NOON + DAY, undefined]);
  });

  test('is today, yesterday, a weekday, or has its year', () => {
    expect(dayLabel(NOON, NOON)).toBe('Today');
    expect(dayLabel(NOON - DAY, NOON)).toBe('Yesterday');
    expect(dayLabel(NOON - 3 * DAY, NOON)).toMatch(/Saturday/);
    expect(dayLabel(NOON - 400 * DAY, NOON)).toMatch(/2025/);
  });
});

test('the beginning of the group is shown only when everything above is there', () => {
  const types = (hasBefore: boolean) =>
    timelineItems([sent('ada', NOON)], { hasStart: true, hasBefore, me: 'ada' }).map(
      ({ type }) => type,
    );
  expect(types(false)).toEqual(['start', 'message']);
  expect(types(true)).toEqual(['message']);
});

describe('an announcement', () => {
  const grace = {
    id: 'grace',
    name: 'Grace',
    handle: 'grace',
    imageUrl: '',
    role: 'member',
  } as const;
  const userOf = (userId: string) => (userId === grace.id ? grace : undefined);

  test('names who said what, of others only', () => {
    const start = seq;
    const rows = [
      sent('grace', NOON, { content: 'hello, <@grace>' }),
      sent('ada', NOON),
      sent('grace', NOON, { content: '', system: { kind: 'left' } }),
    ].map((row): TimelineRow => (row.state === 'sent' ? { ...row, author: grace } : row));
    expect(announcement(arrivalsAfter(rows, start, 'ada'), userOf)).toBe('Grace: hello, @Grace');
    expect(announcement(arrivalsAfter(rows, seq, 'ada'), userOf)).toBe('');
  });

  test('counts when it would go on for long', () => {
    const start = seq;
    const rows = Array.from({ length: 5 }, () => sent('grace', NOON));
    expect(announcement(arrivalsAfter(rows, start, 'ada'), userOf)).toBe('5 new messages');
  });
});

test('a line of a kind that this page does not know is shown as nothing', () => {
  expect(systemText({ kind: 'pinned_by_moonlight' })).toBeUndefined();
  expect(systemText({ kind: 'topic', text: '' })).toBe('removed the topic');
});

test.each([
  ['Ada', 'A'],
  ['ada lovelace', 'AL'],
  ['Rear Admiral Grace Hopper', 'RH'],
  ['  ', '?'],
  ['🎉 party', '🎉P'],
])('%j has the initials %j', (name, expected) => {
  expect(initials(name)).toBe(expected);
});

describe('a moment in a sentence', () => {
  test('names the day as a sentence does', () => {
    expect(dayAndTimeOf(NOON, NOON)).toBe(`today ${timeOf(NOON)}`);
    const lastWeek = NOON - 7 * DAY;
    expect(dayAndTimeOf(lastWeek, NOON)).toBe(`${dayLabel(lastWeek, NOON)} ${timeOf(NOON)}`);
  });

  test('is a time alone only if it was today: offline since a time of another day is longer', () => {
    expect(sinceOf(NOON - MINUTE, NOON)).toBe(timeOf(NOON - MINUTE));
    expect(sinceOf(NOON - DAY, NOON)).toBe(`yesterday ${timeOf(NOON)}`);
  });
});
