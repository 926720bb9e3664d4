import { filesInWords } from '../../../protocol/files-in-words.ts';
import { THREADS_IN_ENTRY, UNREAD_IN_STATE, UNREAD_SHOWN } from '../../../protocol/limits.ts';
import { mentionOf } from '../../../protocol/mentions.ts';
import type { Member, User } from '../../../protocol/models.ts';
import type { InboxEntry } from '../../../protocol/rest.ts';
import type { RoomStore } from '../rows/room-store.ts';
import type { ShownMessage } from '../rows/timeline-store.ts';
import { memberWhoMay } from './permissions.ts';

/** What a user's list has of the group. A direct group is hidden while it is empty, or until the user gets a message. */
export type Listing =
  | { state: 'shown'; entry: InboxEntry }
  | { state: 'hidden' }
  | { state: 'not_a_member' };

/** What this user's list has of the group now. */
export function listing(store: RoomStore, userId: string): Listing {
  const member = memberWhoMay(store, userId, 'read');
  if (!member.ok) return { state: 'not_a_member' };
  const isHidden =
    store.group().kind === 'direct' &&
    store.messages.newestWrittenSeq() <= store.preferences.find(userId).hiddenSeq;
  return isHidden
    ? { state: 'hidden' }
    : { state: 'shown', entry: inboxEntry(store, member.value) };
}

/** The group as this member's list shows it, counted over the messages themselves. */
export function inboxEntry(store: RoomStore, { userId, role }: Member): InboxEntry {
  const group = store.group();
  const { readSeq } = store.cursors.cursor(userId);
  const { unread, mentions } = store.messages.timeline.countUnread(
    userId,
    readSeq,
    UNREAD_IN_STATE,
  );
  const { level, mutedUntil } = store.preferences.find(userId);
  const last = store.messages.timeline.newestShown();
  return {
    group,
    role,
    readSeq,
    unread: Math.min(unread, UNREAD_SHOWN),
    mentions: group.kind === 'direct' ? unread : mentions,
    threads: store.follows.unread(userId, THREADS_IN_ENTRY),
    lastThreadReplyAt: store.follows.lastReplyAt(userId),
    level,
    ...(mutedUntil !== null && { mutedUntil }),
    ...(last && { last: lastMessage(store, last) }),
    ...(group.kind === 'direct' && { people: others(store, userId) }),
  };
}

function lastMessage(
  store: RoomStore,
  { userId, content, at, seq, mentions, attachments }: ShownMessage,
): InboxEntry['last'] {
  const nameOf = (id: string) => store.members.find(id)?.user.name;
  const name = nameOf(userId);
  // A list knows few people. Most messages mention nobody, and carry nothing more.
  const mentioned = mentions.flatMap((id) => {
    const their = content.includes(mentionOf(id)) ? nameOf(id) : undefined;
    return their === undefined ? [] : { id, name: their };
  });
  return {
    userId,
    ...(name !== undefined && { name }),
    preview: content || filesInWords(attachments),
    at,
    seq,
    ...(mentioned.length > 0 && { mentioned }),
  };
}

/** The people of a direct group without this user. */
function others(store: RoomStore, userId: string): User[] {
  return store.members.current().flatMap(({ user }) => (user.id === userId ? [] : user));
}
