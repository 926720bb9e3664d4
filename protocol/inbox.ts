import * as z from 'zod/mini';
import { AuthFrame, PresenceFrame } from './client-frames.ts';
import { Epoch, GroupId, UserId } from './ids.ts';
import { PresenceState, User } from './models.ts';
import { MessageNotification } from './notifications.ts';
import { InboxEntry } from './rest.ts';
import { ErrorEvent } from './server-events.ts';
import { UserSettings } from './settings.ts';

/** The number of an event on its connection. Each is one more than the last; a client that misses one reconnects. */
const n = z.int();

/** The first event of every connection: all of my groups. */
export const InboxStateEvent = z.object({
  type: z.literal('inbox_state'),
  n,
  user: User,
  groups: z.array(InboxEntry),
  /** On a long poll: a client's position is this, and the `n` of its last event. */
  epoch: z.optional(Epoch),
});
export type InboxStateEvent = z.infer<typeof InboxStateEvent>;

// Field by field: the functions that derive a schema from another would enlarge the page.
const { shape } = InboxEntry;

/** What changed in one of my groups, or the whole entry of a new one. A field that ended is null. */
export const InboxUpdate = z.object({
  groupId: GroupId,
  group: z.optional(shape.group),
  role: z.optional(shape.role),
  readSeq: z.optional(shape.readSeq),
  unread: z.optional(shape.unread),
  mentions: z.optional(shape.mentions),
  threads: z.optional(shape.threads),
  lastThreadReplyAt: shape.lastThreadReplyAt,
  changedThreads: shape.changedThreads,
  level: z.optional(shape.level),
  mutedUntil: z.optional(z.nullable(shape.mutedUntil)),
  last: z.optional(z.nullable(shape.last)),
  people: z.optional(shape.people),
  presence: z.optional(z.nullable(shape.presence)),
  favourite: z.optional(z.nullable(shape.favourite)),
});
export type InboxUpdate = z.infer<typeof InboxUpdate>;

export const InboxUpdateEvent = z.object({
  type: z.literal('inbox_update'),
  n,
  entry: InboxUpdate,
});
export type InboxUpdateEvent = z.infer<typeof InboxUpdateEvent>;

/** I am not a member of this group any more, or it was deleted. */
export const InboxRemoveEvent = z.object({ type: z.literal('inbox_remove'), n, groupId: GroupId });

/** My profile has changed. */
export const UserUpdateEvent = z.object({ type: z.literal('user_update'), n, user: User });

/** A message that notifies me, while a client of mine is open. Sent once. */
export const NotificationEvent = z.object({
  type: z.literal('notification'),
  n,
  notification: MessageNotification,
});

/** Someone with whom I have a direct group of two is in another state now, or I am. */
export const InboxPresenceEvent = z.object({
  type: z.literal('presence_update'),
  n,
  userId: UserId,
  state: PresenceState,
});

/** What I have set for my account has changed, on any of my devices. */
export const SettingsUpdateEvent = z.object({
  type: z.literal('settings_update'),
  n,
  settings: UserSettings,
});

/** An event that the server sends on a user's socket. A frame is an array of events. */
export const InboxEvent = z.discriminatedUnion('type', [
  InboxStateEvent,
  InboxUpdateEvent,
  InboxRemoveEvent,
  UserUpdateEvent,
  NotificationEvent,
  InboxPresenceEvent,
  SettingsUpdateEvent,
  z.object({ ...ErrorEvent.shape, n: z.optional(n) }),
]);
export type InboxEvent = z.infer<typeof InboxEvent>;

/** An event before it has a number. */
export type InboxNews = WithoutNumber<InboxEvent>;
type WithoutNumber<Event> = Event extends unknown ? Omit<Event, 'n'> : never;

/** A frame that a client sends on its user's socket. */
export const InboxFrame = z.discriminatedUnion('type', [AuthFrame, PresenceFrame]);
export type InboxFrame = z.infer<typeof InboxFrame>;
