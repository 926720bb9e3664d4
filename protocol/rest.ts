import * as z from 'zod/mini';
import { MessageContent } from './client-frames.ts';
import { Epoch, GroupId, MessageId, Rev, UserId } from './ids.ts';
import {
  GROUP_NAME_CHARACTERS,
  GROUP_TOPIC_CHARACTERS,
  PAGE_MAX,
  TIMELINE_PAGE,
} from './limits.ts';
import { Group, Member, MemberRole, Message, User, UserStatus, Visibility } from './models.ts';

/** `GET /api/config`: what the page needs before anybody is signed in. */
export const AppConfig = z
  .object({
    publishableKey: z.string(),
    proxyUrl: z.optional(z.string()),
    /** Names of people that anyone may continue as; only where the local stand-in runs. */
    demo: z.optional(z.array(z.string())),
    limits: z.record(z.string(), z.number()),
  })
  .register(z.globalRegistry, { id: 'AppConfig' });
export type AppConfig = z.infer<typeof AppConfig>;

const HealthCheck = z.object({
  status: z.enum(['ok', 'degraded', 'down']),
  ms: z.number(),
  detail: z.optional(z.string()),
});

/** `GET /api/health`. */
export const Health = z
  .object({
    status: z.enum(['ok', 'degraded', 'down']),
    version: z.string(),
    time: z.int(),
    checks: z.object({ http: HealthCheck, d1: HealthCheck, r2: HealthCheck, rooms: HealthCheck }),
  })
  .register(z.globalRegistry, { id: 'Health' });
export type Health = z.infer<typeof Health>;

const GroupName = z.string().check(
  z.trim(),
  z.minLength(1, { error: 'must not be empty' }),
  z.maxLength(GROUP_NAME_CHARACTERS, {
    error: `must be at most ${GROUP_NAME_CHARACTERS} characters`,
  }),
);
const GroupTopic = z.string().check(
  z.trim(),
  z.maxLength(GROUP_TOPIC_CHARACTERS, {
    error: `must be at most ${GROUP_TOPIC_CHARACTERS} characters`,
  }),
);

/** `POST /api/groups`. */
export const NewGroup = z
  .object({
    kind: z.literal('group'),
    name: GroupName,
    topic: z.optional(GroupTopic),
    visibility: Visibility,
    memberIds: z.optional(z.array(UserId).check(z.maxLength(100))),
  })
  .register(z.globalRegistry, { id: 'NewGroup' });
export type NewGroup = z.infer<typeof NewGroup>;

/** `PATCH /api/groups/:id`. */
export const GroupChange = z
  .object({
    name: z.optional(GroupName),
    topic: z.optional(GroupTopic),
    visibility: z.optional(Visibility),
  })
  .register(z.globalRegistry, { id: 'GroupChange' });
export type GroupChange = z.infer<typeof GroupChange>;

/** One of my groups, as `GET /api/groups` lists them. */
export const InboxEntry = z
  .object({
    group: Group,
    role: MemberRole,
    last: z.optional(z.object({ userId: UserId, preview: z.string(), at: z.int(), seq: Rev })),
  })
  .register(z.globalRegistry, { id: 'InboxEntry' });
export type InboxEntry = z.infer<typeof InboxEntry>;

/** A list, and what to pass as `cursor` for the rest of it. */
export const listOf = <T extends z.ZodMiniType>(item: T) =>
  z.object({ items: z.array(item), next: z.optional(z.string()) });
export const GroupList = listOf(Group);
export const InboxEntryList = listOf(InboxEntry);
export const MemberList = listOf(Member);
export const UserList = listOf(User);

/** `PATCH /api/users/me`; name and picture come from Clerk. `status: null` clears it. */
export const ProfileChange = z
  .object({
    status: z.optional(z.nullable(UserStatus)),
    handle: z.optional(
      z.string().check(
        z.regex(/^[a-z0-9][a-z0-9._-]{1,31}$/, {
          error: 'must be 2 to 32 lower-case letters, digits, dots, dashes or underscores',
        }),
      ),
    ),
  })
  .register(z.globalRegistry, { id: 'ProfileChange' });
export type ProfileChange = z.infer<typeof ProfileChange>;

/** `POST /api/messages`. */
export const NewMessage = z
  .object({
    groupId: GroupId,
    id: z.optional(MessageId),
    content: MessageContent,
  })
  .register(z.globalRegistry, { id: 'NewMessage' });
export type NewMessage = z.infer<typeof NewMessage>;

/** Which page of a timeline: at most one of the three; without one, the newest. */
export const MessagePageQuery = z.object({
  groupId: GroupId,
  before: z.optional(z.coerce.number().check(z.int(), z.nonnegative())),
  after: z.optional(z.coerce.number().check(z.int(), z.nonnegative())),
  around: z.optional(z.union([MessageId, z.coerce.number().check(z.int(), z.nonnegative())])),
  limit: z._default(
    z.coerce.number().check(z.int(), z.minimum(1), z.maximum(PAGE_MAX)),
    TIMELINE_PAGE,
  ),
});
export type MessagePageQuery = z.infer<typeof MessagePageQuery>;

/** `GET /api/messages`: by `seq`, oldest first; `rev` is the Room's counter when the rows were read. */
export const MessagePage = z
  .object({
    messages: z.array(Message),
    users: z.array(User),
    hasBefore: z.boolean(),
    hasAfter: z.boolean(),
    rev: Rev,
    epoch: Epoch,
  })
  .register(z.globalRegistry, { id: 'MessagePage' });
export type MessagePage = z.infer<typeof MessagePage>;
