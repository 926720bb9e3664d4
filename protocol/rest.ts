import * as z from 'zod/mini';
import { Epoch, MessageId, Rev, UserId } from './ids.ts';
import {
  Group,
  Member,
  MemberRole,
  Message,
  NotificationLevel,
  PresenceState,
  Reaction,
  User,
} from './models.ts';

/** A group as one member's list shows it: what is new for them, and the last message. */
export const InboxEntry = z.object({
  group: Group,
  role: MemberRole,
  /** My read cursor in the timeline. */
  readSeq: Rev,
  /** Messages of others in the timeline after `readSeq`, without deleted ones, counted to `UNREAD_SHOWN`. */
  unread: z.int(),
  /** Those of them that mention me; in a direct group all of them. */
  mentions: z.int(),
  /** The threads that I follow and that have unread replies, the latest reply first; Rooms of earlier versions do not say when. */
  threads: z.array(
    z.object({ parentId: MessageId, unread: z.int(), lastReplyAt: z.optional(z.int()) }),
  ),
  /** When a thread that I follow got its last reply, read or not, ms UTC; 0 without one. Rooms of earlier versions do not send it. */
  lastThreadReplyAt: z.optional(z.int()),
  /** The threads that I follow in which a message was edited or deleted lately, and the rev of the last such change. */
  changedThreads: z.optional(z.array(z.object({ parentId: MessageId, rev: Rev }))),
  level: NotificationLevel,
  mutedUntil: z.optional(z.int()),
  /** The newest message; `name` is its author's. Rooms of earlier versions do not send it. */
  last: z.optional(
    z.object({
      userId: UserId,
      name: z.optional(z.string()),
      preview: z.string(),
      at: z.int(),
      seq: Rev,
      /** The people whom the preview mentions, if it does. */
      mentioned: z.optional(z.array(z.object({ id: UserId, name: z.string() }))),
    }),
  ),
  /** The others in a direct group, which has no name of its own. */
  people: z.optional(z.array(User)),
  /** The other person's in a direct group of two, where it is known. */
  presence: z.optional(PresenceState),
  /** The place of a favourite among my favourites, from 0. Only my Inbox knows it. */
  favourite: z.optional(z.int()),
});
export type InboxEntry = z.infer<typeof InboxEntry>;

/** A page of a list. `next` goes back as `cursor` and requests the next page. */
const listOf = <T extends z.ZodMiniType>(item: T) =>
  z.object({ items: z.array(item), next: z.optional(z.string()) });
/** The answer of `GET /api/groups/public`. */
export const GroupList = listOf(Group);
/** The answer of `GET /api/groups`. */
export const InboxEntryList = listOf(InboxEntry);
/** The answer of `GET /api/groups/:id/members`. */
export const MemberList = listOf(Member);
/** The answer of `GET /api/users`. */
export const UserList = listOf(User);

/** The answer of `GET /api/messages`, ordered by `seq`. `rev` is the Room's counter when it read the rows. */
export const MessagePage = z.object({
  messages: z.array(Message),
  users: z.array(User),
  hasBefore: z.boolean(),
  hasAfter: z.boolean(),
  rev: Rev,
  epoch: Epoch,
});
export type MessagePage = z.infer<typeof MessagePage>;

/** The answer of `GET /api/messages/:id/reactions`. Each reaction lists all of its users. */
export const ReactionList = listOf(Reaction);

/** The answer of `GET /api/groups/:id/pins`: the latest pin first, and the users that the messages name. */
export const PinList = z.object({ items: z.array(Message), users: z.array(User) });
export type PinList = z.infer<typeof PinList>;
