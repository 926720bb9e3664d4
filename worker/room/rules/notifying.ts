import { filesInWords } from '../../../protocol/files-in-words.ts';
import { oneLine } from '../../../protocol/markdown/one-line.ts';
import { parse } from '../../../protocol/markdown/parse.ts';
import { EVERYONE } from '../../../protocol/mentions.ts';
import { isMuted } from '../../../protocol/muting.ts';
import type { MessageNotification, NotificationReason } from '../../../protocol/notifications.ts';
import type { WrittenMessage } from '../rows/message-store.ts';
import type { Preference } from '../rows/preference-store.ts';
import type { RoomStore } from '../rows/room-store.ts';
import { memberWhoMay } from './permissions.ts';

/** How much of a message a notification shows. */
const BODY_CHARACTERS = 200;

/** What decides whether a message notifies a member. */
export interface Situation {
  userId: string;
  isDirect: boolean;
  preference: Pick<Preference, 'level' | 'mutedUntil'>;
  /** Whether the member follows the thread of this reply. */
  follows(rootSeq: number): boolean;
  /** Ms UTC. */
  now: number;
}

/** Why a message notifies a member; undefined if it does not. In a muted group nothing does. */
export function reasonFor(
  message: WrittenMessage,
  { userId, isDirect, preference, follows, now }: Situation,
): NotificationReason | undefined {
  const { level, mutedUntil } = preference;
  if (message.userId === userId) return undefined;
  if (isMuted({ level, mutedUntil: mutedUntil ?? 0 }, now)) return undefined;
  if (isDirect) return 'direct';
  if (
    message.mentionsAll ||
    message.mentions.includes(userId) ||
    message.mentionedHere.includes(userId)
  )
    return 'mention';
  if (level !== 'all') return undefined;
  const { rootSeq, isInTimeline } = message;
  const concerns = isInTimeline || (rootSeq !== undefined && follows(rootSeq));
  return concerns ? 'message' : undefined;
}

/** The newest of these messages that a member has not read and that notifies them. `written` is newest first. */
export function newestNotifying(
  store: RoomStore,
  userId: string,
  written: readonly WrittenMessage[],
  now: number,
): MessageNotification | undefined {
  if (written.length === 0 || !memberWhoMay(store, userId, 'read').ok) return undefined;
  const { readSeq } = store.cursors.cursor(userId);
  const situation: Situation = {
    userId,
    isDirect: store.group().kind === 'direct',
    preference: store.preferences.find(userId),
    follows: (rootSeq) => store.follows.find(userId, rootSeq)?.following === true,
    now,
  };
  for (const message of written) {
    const { seq, rootSeq, isInTimeline } = message;
    const readTo = rootSeq === undefined ? 0 : (store.follows.find(userId, rootSeq)?.readSeq ?? 0);
    if (seq <= readTo || (isInTimeline && seq <= readSeq)) continue;
    const reason = reasonFor(message, situation);
    if (reason) return notificationOf(store, userId, message, reason);
  }
  return undefined;
}

/** The message as this member is shown it. */
function notificationOf(
  store: RoomStore,
  userId: string,
  message: WrittenMessage,
  reason: NotificationReason,
): MessageNotification {
  const nameOf = (id: string) => store.members.find(id)?.user.name;
  const name = (id: string) => (EVERYONE.has(id) ? id : nameOf(id));
  const { id, seq, parentId, isInTimeline, content, createdAt, attachments } = message;
  const text = oneLine(parse(content), name) || filesInWords(attachments);
  return {
    groupId: store.groupId,
    messageId: id,
    seq,
    ...(parentId !== undefined && !isInTimeline && { parentId }),
    reason,
    title: titleOf(store, userId, nameOf(message.userId) ?? 'Someone', reason),
    body: text.slice(0, BODY_CHARACTERS).toWellFormed(),
    at: createdAt,
  };
}

function titleOf(
  store: RoomStore,
  userId: string,
  author: string,
  reason: NotificationReason,
): string {
  const { kind, name } = store.group();
  if (kind === 'group') {
    return reason === 'mention' ? `${author} mentioned you in ${name}` : `${author} in ${name}`;
  }
  const others = store.members
    .current()
    .flatMap(({ user }) => (user.id === userId || user.name === author ? [] : user.name));
  return [author, ...others].join(', ');
}
