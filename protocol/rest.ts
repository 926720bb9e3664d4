import * as z from 'zod/mini';
import { Epoch, Rev, UserId } from './ids.ts';
import { Group, Member, MemberRole, Message, Reaction, User } from './models.ts';
import { named } from './named.ts';

/** `GET /api/config`: what the page needs before anybody is signed in. */
export const AppConfig = z.object({
  publishableKey: z.string(),
  proxyUrl: z.optional(z.string()),
  /** Names of people that anyone may continue as; only where the local stand-in runs. */
  demo: z.optional(z.array(z.string())),
  limits: named(z.number()),
});
export type AppConfig = z.infer<typeof AppConfig>;

const HealthCheck = z.object({
  status: z.enum(['ok', 'degraded', 'down']),
  ms: z.number(),
  detail: z.optional(z.string()),
});

/** `GET /api/health`. */
export const Health = z.object({
  status: z.enum(['ok', 'degraded', 'down']),
  version: z.string(),
  time: z.int(),
  checks: z.object({ http: HealthCheck, d1: HealthCheck, r2: HealthCheck, rooms: HealthCheck }),
});
export type Health = z.infer<typeof Health>;

/** One of my groups, as `GET /api/groups` lists them. */
export const InboxEntry = z.object({
  group: Group,
  role: MemberRole,
  last: z.optional(z.object({ userId: UserId, preview: z.string(), at: z.int(), seq: Rev })),
});
export type InboxEntry = z.infer<typeof InboxEntry>;

/** A list, and what to pass as `cursor` for the rest of it. */
export const listOf = <T extends z.ZodMiniType>(item: T) =>
  z.object({ items: z.array(item), next: z.optional(z.string()) });
export const GroupList = listOf(Group);
export const InboxEntryList = listOf(InboxEntry);
export const MemberList = listOf(Member);
export const UserList = listOf(User);

/** `GET /api/messages`: by `seq`, oldest first; `rev` is the Room's counter when the rows were read. */
export const MessagePage = z.object({
  messages: z.array(Message),
  users: z.array(User),
  hasBefore: z.boolean(),
  hasAfter: z.boolean(),
  rev: Rev,
  epoch: Epoch,
});
export type MessagePage = z.infer<typeof MessagePage>;

/** `GET /api/messages/:id/reactions`: with everybody who reacted. */
export const ReactionList = listOf(Reaction);

/** `GET /api/groups/:id/pins`: the latest pin first, and the people whom the messages name. */
export const PinList = z.object({ items: z.array(Message), users: z.array(User) });
export type PinList = z.infer<typeof PinList>;

/** A thread that I follow; `unread` replies are counted to 100. */
export const FollowedThread = z.object({ root: Message, unread: z.int(), lastReplyAt: z.int() });
export type FollowedThread = z.infer<typeof FollowedThread>;

/** `GET /api/threads`: unread ones first, then the latest reply. */
export const ThreadList = listOf(FollowedThread);
