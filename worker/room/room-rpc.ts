import type { Result } from '../../protocol/errors.ts';
import type { Group, Member, Message, User, Visibility } from '../../protocol/models.ts';
import type { GroupChange, MessagePage } from '../../protocol/rest.ts';

/** What a Room needs to come into being. `id` is the Room's name; the same `id` again answers with the group that is there. */
export interface GroupCreation {
  id: string;
  name: string;
  topic: string;
  visibility: Visibility;
  createdBy: User;
  /** Others who are in it from the start, as members. */
  members: User[];
}

/** Where a page of the timeline lies: at most one of the three; without one, the newest. `around` is a seq or a message id. */
export interface PageQuery {
  /** The root of the thread whose replies are asked for, instead of the timeline. */
  parentId?: string | undefined;
  before?: number | undefined;
  after?: number | undefined;
  around?: number | string | undefined;
  limit: number;
}

/**
 * What the Worker asks of a Room. Every outcome is plain data; `unavailable` while the Room cannot load itself.
 * This interface only grows: during a deploy both versions talk.
 */
export interface RoomRpc {
  /** Makes the group, its members and its first system line. */
  create(creation: GroupCreation): Promise<Result<Group>>;
  /** The group as a member, or anybody if it is public, may see it. `not_found` for everyone else. */
  group(userId: string): Promise<Result<Group>>;
  /** `forbidden` without the right to. */
  change(userId: string, change: GroupChange): Promise<Result<Group>>;
  /** Joins a public group; joining twice is harmless. */
  join(user: User): Promise<Result<Group>>;
  /** `conflict` for the last owner; leaving twice is harmless. Closes the leaver's sockets. */
  leave(userId: string): Promise<Result<null>>;
  /** Current members, in the order they joined. */
  members(userId: string): Promise<Result<Member[]>>;
  /** `created` is false for a repeated id. Without `id` the Room makes one. */
  send(
    userId: string,
    message: { id?: string | undefined; content: string },
  ): Promise<Result<{ message: Message; created: boolean }>>;
  messages(userId: string, page: PageQuery): Promise<Result<MessagePage>>;
  message(userId: string, id: string): Promise<Result<Message>>;
  /** A profile changed: the copy in the members' list follows, and everyone connected hears of it. No effect for non-members. */
  updateProfile(user: User): Promise<Result<null>>;
  /** A session ended (or, without `sessionId`, the whole user): its sockets close with 4401 `revoked`, and it cannot come back. */
  revoke(who: { userId: string; sessionId?: string | undefined }): Promise<Result<null>>;
  /** Answers if Rooms run at all; touches no storage. */
  ping(): Promise<'pong'>;
}
