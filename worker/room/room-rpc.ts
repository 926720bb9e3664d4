import type { Result } from '../../protocol/errors.ts';
import type { Group, Member, Message, Reaction, User, Visibility } from '../../protocol/models.ts';
import type { FollowedThread, MessagePage } from '../../protocol/rest.ts';
import type { GroupChange } from '../../protocol/rest-requests.ts';
import type { ServerEvent } from '../../protocol/server-events.ts';

/** A person as the directory knows them. The higher `profileAt` is the newer version; a Worker of before does not say it. */
export type Profile = User & { profileAt?: number | undefined };

/** What a Room needs to come into being. `id` is the Room's name; the same `id` again answers with the group that is there. */
export interface GroupCreation {
  id: string;
  name: string;
  topic: string;
  visibility: Visibility;
  createdBy: Profile;
  /** Others who are in it from the start, as members. */
  members: Profile[];
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

/** Where a follower stands: the rev it has seen, in which life of the Room. */
export interface Position {
  since?: number | undefined;
  epoch?: string | undefined;
}

/** A message as a person sends it. */
export interface Sending {
  id: string;
  content: string;
  parentId?: string | undefined;
  alsoToGroup?: boolean | undefined;
}

/** A client without a socket asks for what changed. `client` is its own name for itself, one a tab. */
export interface Poll {
  userId: string;
  sessionId: string;
  client: string;
  position: Position;
  waitMs: number;
}

/** What such a client says: frames as on a socket, not parsed yet. */
export interface PolledFrames {
  userId: string;
  sessionId: string;
  client: string;
  frames: unknown[];
}

/**
 * What the Worker asks of a Room. Every outcome is plain data; `unavailable` while the Room cannot load itself.
 * This interface only grows: during a deploy both versions talk.
 */
export interface RoomRpc {
  /** A socket of a member; the upgrade names who they are (`IDENTITY_HEADER`). A refused one is closed with its code. */
  fetch(upgrade: Request): Promise<Response>;
  /** Makes the group, its members and its first system line. */
  create(creation: GroupCreation): Promise<Result<Group>>;
  /** The group as a member, or anybody if it is public, may see it. `not_found` for everyone else. */
  group(userId: string): Promise<Result<Group>>;
  /** `forbidden` without the right to. */
  change(userId: string, change: GroupChange): Promise<Result<Group>>;
  /** Joins a public group; joining twice is harmless. */
  join(user: Profile): Promise<Result<Group>>;
  /** `conflict` for the last owner; leaving twice is harmless. Closes the leaver's sockets. */
  leave(userId: string): Promise<Result<null>>;
  /** Current members, in the order they joined. */
  members(userId: string): Promise<Result<Member[]>>;
  /** `created` is false for a repeated id. Without `id` the Room makes one. */
  send(
    userId: string,
    message: Omit<Sending, 'id'> & { id?: string | undefined },
  ): Promise<Result<{ message: Message; created: boolean }>>;
  edit(userId: string, id: string, content: string): Promise<Result<Message>>;
  /** Deleting twice is harmless. */
  delete(userId: string, id: string): Promise<Result<null>>;
  react(
    userId: string,
    reaction: { id: string; emoji: string; op: 'add' | 'remove' },
  ): Promise<Result<Message>>;
  pin(userId: string, id: string, pinned: boolean): Promise<Result<Message>>;
  /** Everyone who reacted to a message, by emoji. */
  reactions(userId: string, id: string): Promise<Result<Reaction[]>>;
  /** Pinned messages, the latest first, and the people they name. */
  pins(userId: string): Promise<Result<{ messages: Message[]; users: User[] }>>;
  /** Threads that the caller follows, unread ones first. `next` is the offset of the rest. */
  followedThreads(
    userId: string,
    page: { limit: number; offset: number },
  ): Promise<Result<{ items: FollowedThread[]; next?: number }>>;
  /**
   * Where WebSockets are blocked: what changed since the client's position, followed by what it missed of the moment.
   * Waits up to `waitMs` for something durable to change; null if nothing did.
   */
  changes(poll: Poll): Promise<Result<ServerEvent[] | null>>;
  /** Frames of such a client; gives the events that settle them. */
  frames(sent: PolledFrames): Promise<Result<ServerEvent[]>>;
  messages(userId: string, page: PageQuery): Promise<Result<MessagePage>>;
  message(userId: string, id: string): Promise<Result<Message>>;
  /** A profile changed: the copy in the members' list follows, and everyone connected hears of it, unless it holds a newer one. No effect for non-members. */
  updateProfile(user: Profile): Promise<Result<null>>;
  /** A session ended (or, without `sessionId`, the whole user): its sockets close with 4401 `revoked`, and it cannot come back. */
  revoke(who: { userId: string; sessionId?: string | undefined }): Promise<Result<null>>;
  /** Answers if Rooms run at all; touches no storage. */
  ping(): Promise<'pong'>;
}
