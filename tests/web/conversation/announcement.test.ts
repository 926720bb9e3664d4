import { describe, expect, test } from 'vitest';
import type { Message } from '../../../protocol/models.ts';
import { announcement } from '../../../web/features/conversation/list/announcement.tsx';
import { arrivalsAfter } from '../../../web/features/conversation/list/use-arrivals.ts';
import type { TimelineRow } from '../../../web/realtime/group-view.ts';
import { fileAt, messageAt } from '../../support/group-events.ts';

let seq = 0;

function sent(userId: string, more: Partial<Message> = {}): TimelineRow {
  seq += 1;
  const message = messageAt(seq, { userId, ...more });
  return { state: 'sent', key: message.id, message, author: undefined };
}

describe('a screen reader announcement', () => {
  const grace = {
    id: 'grace',
    name: 'Grace',
    handle: 'grace',
    imageUrl: '',
    role: 'member',
  } as const;
  const userOf = (userId: string) => (userId === grace.id ? grace : undefined);

  test("contains author and text, of other users' messages only", () => {
    const start = seq;
    const rows = [
      sent('grace', { content: 'hello, <@grace>' }),
      sent('ada'),
      sent('grace', { content: '', system: { kind: 'left' } }),
    ].map((row): TimelineRow => (row.state === 'sent' ? { ...row, author: grace } : row));
    expect(announcement(arrivalsAfter(rows, start, 'ada'), userOf)).toBe('Grace: hello, @Grace');
    expect(announcement(arrivalsAfter(rows, seq, 'ada'), userOf)).toBe('');
  });

  test('names files, after the text or alone', () => {
    const start = seq;
    const attachments = ['lake.jpg', 'notes.txt'].map((name) => fileAt(name));
    const rows = [
      sent('grace', { content: 'Look', attachments }),
      sent('grace', { content: '', attachments: attachments.slice(0, 1) }),
    ].map((row): TimelineRow => (row.state === 'sent' ? { ...row, author: grace } : row));
    expect(announcement(arrivalsAfter(rows, start, 'ada'), userOf)).toBe(
      'Grace: Look, 📷 lake.jpg and 1 more. Grace: 📷 lake.jpg',
    );
  });

  test('is a count when there are many messages', () => {
    const start = seq;
    const rows = Array.from({ length: 5 }, () => sent('grace'));
    expect(announcement(arrivalsAfter(rows, start, 'ada'), userOf)).toBe('5 new messages');
  });
});
