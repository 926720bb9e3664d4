import { v7 as uuidv7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import type { NotificationLevel } from '../../../protocol/models.ts';
import { newestNotifying } from '../../../worker/room/rules/notifying.ts';
import { type NodeRoom, nodeRoom, person } from '../../support/node-room.ts';

const ada = person('Ada').id;
const grace = person('Grace').id;
const NOW = Date.UTC(2026, 0, 1);

function say(room: NodeRoom, userId: string, content: string, parentId?: string) {
  const sent = room.conversation.send(userId, { id: uuidv7(), content, parentId });
  if (!sent.ok) throw new Error(sent.failure.detail);
  return sent.value.message;
}

/** What notifies Grace of the messages after `after`. */
function notifying(room: NodeRoom, after = 0) {
  const range = { after, upTo: Number.MAX_SAFE_INTEGER };
  return newestNotifying(room.store, grace, room.store.messages.written(range, 100), NOW);
}

function prefer(room: NodeRoom, level: NotificationLevel, mutedUntil: number | null = null) {
  room.store.preferences.put({
    userId: grace,
    level,
    mutedUntil,
    hiddenSeq: 0,
    readReceipts: true,
    receiptsVersion: 0,
  });
}

const CASES: [
  what: string,
  content: string,
  level: NotificationLevel,
  mutedUntil: number | null,
  reason: string | undefined,
][] = [
  ['any message', 'hello', 'all', null, 'message'],
  ['any message', 'hello', 'mentions', null, undefined],
  ['any message', 'hello', 'none', null, undefined],
  ['a mention', `<@${grace}>`, 'all', null, 'mention'],
  ['a mention', `<@${grace}>`, 'mentions', null, 'mention'],
  ['a mention', `<@${grace}>`, 'none', null, undefined],
  ['a mention', `<@${grace}>`, 'all', NOW + 1, undefined],
  ['a mention', `<@${grace}>`, 'all', NOW, 'mention'],
  ['@all', '<@all>', 'mentions', null, 'mention'],
  ['@here without her', '<@here>', 'mentions', null, undefined],
  ['a mention in code', `\`<@${grace}>\``, 'mentions', null, undefined],
  ['a mention of someone else', `<@${ada}>`, 'mentions', null, undefined],
];

describe('what notifies a member', () => {
  it.each(CASES)('%s (%s) at the level %s, muted until %s: %s', (...situation) => {
    const [, content, level, mutedUntil, reason] = situation;
    const room = nodeRoom(['Grace']);
    prefer(room, level, mutedUntil);
    say(room, ada, content);
    expect(notifying(room)?.reason).toBe(reason);
  });

  it('is the newest unread one that does, and never what they wrote', () => {
    const room = nodeRoom(['Grace']);
    prefer(room, 'mentions');
    const first = say(room, ada, `<@${grace}> one`);
    const second = say(room, ada, `<@${grace}> two`);
    say(room, ada, 'noise');
    say(room, grace, `<@${grace}> me`);
    expect(notifying(room)).toMatchObject({
      messageId: second.id,
      title: 'Ada mentioned you in Engines',
    });
    room.conversation.delete(ada, second.id);
    expect(notifying(room)?.messageId).toBe(first.id);
    const { mark } = room.store.cursors.cursor(grace);
    room.receipts.read(grace, { seq: first.seq, mark });
    expect(notifying(room)).toBeUndefined();
  });

  it('is a reply in a thread that they follow, until the thread is read', () => {
    const room = nodeRoom(['Grace']);
    const theirs = say(room, ada, 'not hers');
    const hers = say(room, grace, 'hers');
    const counter = room.store.counter();
    say(room, ada, 'answer to myself', theirs.id);
    expect(notifying(room, counter)).toBeUndefined();
    const reply = say(room, ada, 'answer to you', hers.id);
    expect(notifying(room, counter)).toMatchObject({
      messageId: reply.id,
      parentId: hers.id,
      reason: 'message',
    });
    const { mark } = room.store.cursors.cursor(grace);
    room.receipts.read(grace, { parentId: hers.id, seq: reply.seq, mark });
    expect(notifying(room, counter)).toBeUndefined();
  });

  it('is nothing for someone who has left', () => {
    const room = nodeRoom(['Grace']);
    say(room, ada, `<@${grace}>`);
    room.membership.leave(grace);
    expect(notifying(room)).toBeUndefined();
  });
});

describe('a notification', () => {
  it('has the words of the message in one line, with names and without marks, cut to 200 characters', () => {
    const room = nodeRoom(['Grace']);
    say(room, ada, `**Hi** <@${grace}>,\n\nsee \`code\` and <@all>`);
    expect(notifying(room)?.body).toBe('Hi @Grace, see code and @all');
    say(room, ada, `${'x'.repeat(199)}👍👍`);
    const body = notifying(room)?.body ?? '';
    expect(body).toHaveLength(200);
    expect(body.isWellFormed()).toBe(true);
  });
});
