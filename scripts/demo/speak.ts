import { createHash } from 'node:crypto';
import { mentionOf } from '../../protocol/mentions.ts';
import { Message } from '../../protocol/models.ts';
import type { ApiAnswer, Person } from '../../tests/support/person.ts';
import { DEMO_NAMES, type DemoMessage, type DemoName, type DemoReply } from './demo-group.ts';

/** The demo people, signed in. */
export type DemoPeople = Readonly<Record<DemoName, Person>>;

const NAMED = new RegExp(`@(all|${DEMO_NAMES.join('|')})\\b`, 'g');

/**
 * Sends messages, one after the other, with their reactions, replies and pins; returns the seq of the last one. `key` names
 * them among those of their group.
 */
export async function speak(
  people: DemoPeople,
  groupId: string,
  key: string,
  messages: readonly (DemoMessage | DemoReply)[],
  parentId?: string,
): Promise<number> {
  let lastSeq = 0;
  for (const [index, message] of messages.entries()) {
    const place = `${key}/${index}`;
    const id = messageId(groupId, place);
    const { by, text, reactions = {} } = message;
    const alsoToGroup = 'alsoToGroup' in message;
    const sent = await done(
      people[by].api('POST', '/api/messages', {
        groupId,
        id,
        content: withMentions(text, people),
        ...(parentId !== undefined && { parentId, alsoToGroup }),
      }),
    );
    lastSeq = sent.as(Message).seq;
    for (const [emoji, names] of Object.entries(reactions)) {
      const path = `/api/messages/${id}/reactions/${encodeURIComponent(emoji)}?groupId=${groupId}`;
      for (const name of names) await done(people[name].api('PUT', path));
    }
    if ('replies' in message && message.replies) {
      lastSeq = await speak(people, groupId, place, message.replies, id);
    }
    if ('pinnedBy' in message && message.pinnedBy) {
      const path = `/api/messages/${id}/pin?groupId=${groupId}`;
      await done(people[message.pinnedBy].api('PUT', path));
    }
  }
  return lastSeq;
}

/** Moves the read cursors of these people in a group. */
export async function readUpTo(
  seq: number,
  groupId: string,
  readers: readonly Person[],
): Promise<void> {
  // A client that knows of no manual move: sent again after a user has marked something as unread, it changes nothing.
  const frame = { type: 'thread_read', seq, mark: 0 };
  const body = { client: 'demo', frames: [frame] };
  for (const reader of readers) {
    await done(reader.api('POST', `/api/groups/${groupId}/frames`, body));
  }
}

/** Waits for an answer. Throws if the server refused. */
export async function done(answer: Promise<ApiAnswer>): Promise<ApiAnswer> {
  const arrived = await answer;
  if (arrived.status >= 400) throw new Error(JSON.stringify(arrived.body));
  return arrived;
}

/** The id of a message: always the same for the same place, so that sending it again creates no second one. */
function messageId(groupId: string, place: string): string {
  const hex = createHash('sha256').update(`${groupId}/${place}`).digest('hex');
  // The form of a UUIDv7.
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `7${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

function withMentions(text: string, people: DemoPeople): string {
  return text.replace(NAMED, (_, name: string) => {
    const demo = DEMO_NAMES.find((it) => it === name);
    return mentionOf(demo === undefined ? name : people[demo].userId);
  });
}
