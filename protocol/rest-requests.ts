import * as z from 'zod/mini';
import { Attachments, hasContent } from './attachments.ts';
import { MessageContent, visible, wellFormed } from './client-frames.ts';
import { TimeZone } from './do-not-disturb.ts';
import { FileId, GroupId, MessageId, Rev, UserId } from './ids.ts';
import {
  DIRECT_OTHERS,
  GROUP_NAME_CHARACTERS,
  GROUP_TOPIC_CHARACTERS,
  INVITE_DAYS,
  INVITE_DAYS_MAX,
  INVITE_USES_MAX,
  PAGE_MAX,
  QUERY_CHARACTERS,
  TIMELINE_PAGE,
} from './limits.ts';
import { MemberRole, NotificationLevel, UserStatus, Visibility } from './models.ts';
import { cleanLine } from './text.ts';

const GroupName = z.string().check(
  z.overwrite(cleanLine),
  visible,
  z.maxLength(GROUP_NAME_CHARACTERS, {
    error: `must be at most ${GROUP_NAME_CHARACTERS} characters`,
  }),
  wellFormed,
);
const GroupTopic = z.string().check(
  z.overwrite(cleanLine),
  z.maxLength(GROUP_TOPIC_CHARACTERS, {
    error: `must be at most ${GROUP_TOPIC_CHARACTERS} characters`,
  }),
  wellFormed,
);

/** A group with a name, for people who may change. */
export const NewNamedGroup = z.object({
  kind: z.literal('group'),
  name: GroupName,
  topic: z.optional(GroupTopic),
  visibility: Visibility,
  memberIds: z.optional(z.array(UserId).check(z.maxLength(100))),
});
export type NewNamedGroup = z.infer<typeof NewNamedGroup>;

/** The direct group of these people and the caller. */
export const NewDirectGroup = z.object({
  kind: z.literal('direct'),
  memberIds: z.array(UserId).check(
    z.minLength(1, { error: 'must name at least one person' }),
    z.maxLength(DIRECT_OTHERS, { error: `must be at most ${DIRECT_OTHERS} people` }),
    z.refine((ids) => new Set(ids).size === ids.length, {
      error: 'must name each person once',
    }),
  ),
});

/** The body of `POST /api/groups`. */
export const NewGroup = z.discriminatedUnion('kind', [NewNamedGroup, NewDirectGroup]);
export type NewGroup = z.infer<typeof NewGroup>;

/** The body of `PATCH /api/groups/:id`. `imageId` is a picture that the caller uploaded to the group and did not send; null removes it. */
export const GroupChange = z.object({
  name: z.optional(GroupName),
  topic: z.optional(GroupTopic),
  visibility: z.optional(Visibility),
  archived: z.optional(z.boolean()),
  imageId: z.optional(z.nullable(FileId)),
});
export type GroupChange = z.infer<typeof GroupChange>;

/** How many people one request may add to a group. */
const ADDED_AT_ONCE = 100;

/** The body of `POST /api/groups/:id/members`. People are added as members unless `role` makes them guests. */
export const NewMembers = z.object({
  userIds: z
    .array(UserId)
    .check(
      z.minLength(1, { error: 'must name at least one person' }),
      z.maxLength(ADDED_AT_ONCE, { error: `must be at most ${ADDED_AT_ONCE} people` }),
    ),
  role: z._default(z.enum(['member', 'guest']), 'member'),
});
export type NewMembers = z.infer<typeof NewMembers>;

const count = (most: number, what: string) =>
  z
    .int({ error: 'must be a whole number' })
    .check(
      z.minimum(1, { error: 'must be at least 1' }),
      z.maximum(most, { error: `must be at most ${most} ${what}` }),
    );

/** The body of `POST /api/groups/:id/invites`. Without `maxUses` any number of people can join until it expires. */
export const NewInvite = z.object({
  expiresInDays: z._default(count(INVITE_DAYS_MAX, 'days'), INVITE_DAYS),
  maxUses: z.optional(count(INVITE_USES_MAX, 'uses')),
});
export type NewInvite = z.infer<typeof NewInvite>;

/** The body of `PUT /api/groups/:id/members/:userId`. */
export const RoleChange = z.object({ role: MemberRole });
export type RoleChange = z.infer<typeof RoleChange>;

/** The body of `PATCH /api/groups/:id/preferences`. `mutedUntil` is ms UTC; null ends it. */
export const PreferenceChange = z.object({
  level: z.optional(NotificationLevel),
  mutedUntil: z.optional(z.nullable(z.int().check(z.nonnegative()))),
});
export type PreferenceChange = z.infer<typeof PreferenceChange>;

const NewStatus = z.extend(UserStatus, {
  emoji: UserStatus.shape.emoji.check(wellFormed),
  text: UserStatus.shape.text.check(z.overwrite(cleanLine), wellFormed),
});

/** The body of `PATCH /api/users/me`. Clients set the time zone. Name and picture come from Clerk. `status: null` clears the status. */
export const ProfileChange = z.object({
  status: z.optional(z.nullable(NewStatus)),
  timeZone: z.optional(TimeZone),
  handle: z.optional(
    z.string().check(
      z.regex(/^[a-z0-9][a-z0-9._-]{1,31}$/, {
        error: 'must be 2 to 32 lower-case letters, digits, dots, dashes or underscores',
      }),
    ),
  ),
});
export type ProfileChange = z.infer<typeof ProfileChange>;

/** The body of `POST /api/messages`. */
export const NewMessage = z
  .object({
    groupId: GroupId,
    id: z.optional(MessageId),
    content: MessageContent,
    parentId: z.optional(MessageId),
    alsoToGroup: z.optional(z.boolean()),
    attachments: z.optional(Attachments),
  })
  .check(hasContent);
export type NewMessage = z.infer<typeof NewMessage>;

/** The body of `PATCH /api/messages/:id`. Without `attachments` the files stay; without text they must be listed. */
export const MessageEdit = z
  .object({ content: MessageContent, attachments: z.optional(Attachments) })
  .check(hasContent);
export type MessageEdit = z.infer<typeof MessageEdit>;

/** A `seq` in a query string. Coercion would turn text that is not a number into 0 or NaN. */
export const Seq = z.pipe(
  z.string().check(z.regex(/^\d{1,15}$/, { error: 'must be a seq: a whole number' })),
  z.transform((text: string) => Number(text)),
);

const Limit = z.coerce
  .number()
  .check(
    z.int({ error: 'must be a whole number' }),
    z.minimum(1, { error: 'must be at least 1' }),
    z.maximum(PAGE_MAX, { error: `must be at most ${PAGE_MAX}` }),
  );

/** The number of items of a page, 1 to `PAGE_MAX`. */
export const PageLimit = z._default(Limit, TIMELINE_PAGE);

/**
 * The query of `GET /api/messages`: a page of the timeline, or of the replies to `parentId`. At most one of `before`,
 * `after` and `around` is set; without one, the newest page.
 */
export const MessagePageQuery = z
  .object({
    groupId: GroupId,
    parentId: z.optional(MessageId),
    before: z.optional(Seq),
    after: z.optional(Seq),
    around: z.optional(z.union([MessageId, Seq], { error: 'must be a seq or a message id' })),
    limit: PageLimit,
  })
  .check(
    z.refine(
      ({ before, after, around }) =>
        [before, after, around].filter((bound) => bound !== undefined).length <= 1,
      { path: ['around'], error: 'give at most one of before, after and around' },
    ),
  );
export type MessagePageQuery = z.infer<typeof MessagePageQuery>;

/** The query of every route below `/api/messages/:id`. */
export const MessageQuery = z.object({ groupId: GroupId });

/** The query of `GET /api/threads`: the threads of one group, or of all groups that I am in. */
export const ThreadListQuery = z.object({
  groupId: z.optional(GroupId),
  cursor: z.optional(z.string()),
  limit: PageLimit,
});
export type ThreadListQuery = z.infer<typeof ThreadListQuery>;

/** The body of `PATCH /api/threads/:id`. `readSeq`: I have read the thread up to this message; it only moves forward. */
export const ThreadChange = z.object({
  following: z.optional(z.boolean()),
  readSeq: z.optional(Rev),
});
export type ThreadChange = z.infer<typeof ThreadChange>;

/** User ids in a query string: `ids=a,b`. */
const IdList = z.pipe(
  z.pipe(
    z.string(),
    z.transform((text: string) => text.split(',')),
  ),
  z.array(UserId).check(z.maxLength(PAGE_MAX, { error: `must be at most ${PAGE_MAX} ids` })),
);

/** The query of `GET /api/users`: users by id, or by a search. */
export const UserListQuery = z
  .object({
    query: z.optional(z.string().check(z.trim(), z.maxLength(QUERY_CHARACTERS))),
    ids: z.optional(IdList),
    cursor: z.optional(z.string()),
    limit: PageLimit,
  })
  .check(
    z.refine(({ query, ids }) => query === undefined || ids === undefined, {
      path: ['ids'],
      error: 'give either ids or query',
    }),
  );
export type UserListQuery = z.infer<typeof UserListQuery>;

/**
 * The query of `GET /api/groups/:id/members`. With any of these the answer is a page; `query` is the beginning of a name. A page
 * has 50 members unless `limit` says otherwise.
 */
export const MemberListQuery = z.object({
  query: z.optional(z.string().check(z.trim(), z.maxLength(QUERY_CHARACTERS))),
  cursor: z.optional(z.string()),
  limit: z.optional(Limit),
});

/** The query of `GET /api/groups/public`. */
export const PublicGroupQuery = z.object({
  query: z.optional(z.string().check(z.trim(), z.maxLength(QUERY_CHARACTERS))),
  cursor: z.optional(z.string()),
  limit: PageLimit,
});
export type PublicGroupQuery = z.infer<typeof PublicGroupQuery>;

/** The header that makes a request safe to repeat where a repeat would create a second object. */
export const IdempotencyKey = z
  .string()
  .check(z.regex(/^[\x21-\x7e]{1,255}$/, { error: 'must be 1 to 255 visible ASCII characters' }));
