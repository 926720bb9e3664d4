import { THREADS_IN_ENTRY, UNREAD_IN_STATE, UNREAD_SHOWN } from '../../../protocol/limits.ts';
import type { Member } from '../../../protocol/models.ts';
import type { InboxEntry } from '../../../protocol/rest.ts';
import type { RoomStore } from '../rows/room-store.ts';

/** The group as this member's list shows it, counted over the messages themselves. */
export function inboxEntry(store: RoomStore, { userId, role }: Member): InboxEntry {
  const group = store.group();
  const { readSeq } = store.cursors.cursor(userId);
  const { unread, mentions } = store.messages.countUnread(userId, readSeq, UNREAD_IN_STATE);
  const { level, mutedUntil } = store.preferences.find(userId);
  const last = store.messages.newestShown();
  return {
    group,
    role,
    readSeq,
    unread: Math.min(unread, UNREAD_SHOWN),
    mentions: group.kind === 'direct' ? unread : mentions,
    threads: store.follows.unread(userId, THREADS_IN_ENTRY),
    level,
    ...(mutedUntil !== null && { mutedUntil }),
    ...(last && {
      last: { userId: last.userId, preview: last.content, at: last.at, seq: last.seq },
    }),
  };
}
