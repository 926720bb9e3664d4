import type { Result } from '../../protocol/errors.ts';
import type { FileChange } from '../../protocol/file-requests.ts';
import type { SentFile } from '../../protocol/files.ts';
import type {
  FileMetadata,
  FileReference,
  Group,
  Member,
  MemberRole,
  Message,
  Reaction,
  User,
  Visibility,
} from '../../protocol/models.ts';
import type { ReadBefore } from '../../protocol/reading.ts';
import type { InboxEntry, MessagePage } from '../../protocol/rest.ts';
import type { GroupChange, PreferenceChange, ThreadChange } from '../../protocol/rest-requests.ts';
import type { ServerEvent } from '../../protocol/server-events.ts';
import type { FollowedThread, ThreadState } from '../../protocol/threads.ts';
import type { FilePlace, FileQuery } from '../file-query.ts';
import type { MemberPage, MemberQuery } from '../member-query.ts';
import type { Asker } from '../revoked-sessions.ts';
import type { ThreadPlace, ThreadQuery } from '../thread-place.ts';

/** A profile as the directory has it. A higher `profileAt` is a newer version; Workers of earlier versions do not send it. */
export type Profile = User & { profileAt?: number | undefined };

/** A group to create. `id` is the Room's name; a repeated `id` is answered with the group that is there. */
export interface GroupCreation {
  id: string;
  /** A named group unless it is `direct`; Workers of earlier versions do not send it. */
  kind?: Group['kind'] | undefined;
  name: string;
  topic: string;
  visibility: Visibility;
  createdBy: Profile;
  /** The first members besides the creator. */
  members: Profile[];
}

/**
 * Which page of messages to read. At most one of `before`, `after` and `around` is set; without any, the newest page. They
 * are seqs; `around` may be the id of a message.
 */
export interface PageQuery {
  /** Pages through the replies of this root instead of the timeline. */
  parentId?: string | undefined;
  before?: number | undefined;
  after?: number | undefined;
  around?: number | string | undefined;
  limit: number;
}

/** By what someone joins who was invited. */
export interface Invitation {
  /** Who made it. */
  invitedBy: string;
  /** When it was made, ms UTC. */
  invitedAt: number;
  role: 'member' | 'guest';
}

/** What a client or follower has applied: the rev, and the epoch that it belongs to. */
export interface Position {
  since?: number | undefined;
  epoch?: string | undefined;
}

/** Followed threads with their places in the list of the group, and the users that they name. */
export interface ThreadPage {
  items: { place: ThreadPlace; thread: FollowedThread }[];
  users: User[];
}

/** A message as a client sends it. */
export interface Sending {
  id: string;
  content: string;
  parentId?: string | undefined;
  alsoToGroup?: boolean | undefined;
  /** Ids of files of this group that its author uploaded and did not send yet, in the order in which they are shown. */
  attachments?: string[] | undefined;
}

/** A finished upload. `id` names this group; `type` is a media type, `size` in bytes, `etag` that of the stored bytes. */
export interface NewFile extends Omit<FileMetadata, 'uploadedBy' | 'uploadedAt'> {
  id: string;
  userId: string;
  name: string;
  type: string;
  size: number;
  etag: string;
}

/** Sent files, the newest first, and the profiles of their uploaders. */
export interface FileListPage {
  items: SentFile[];
  users: User[];
  next?: FilePlace | undefined;
}

/**
 * Whether the user sends and sees read receipts. `version` counts how often they changed it: an answer may reach a Room after
 * the notice of a later change.
 */
export interface ReadReceiptsWish {
  isOn: boolean;
  version: number;
}

/** A group after it was marked as read, or that was undone: the user's entry, and how far they had read before. */
export interface MarkedRead {
  entry: InboxEntry;
  before?: ReadBefore | undefined;
}

/** A client without a socket asks for changes. `client` is a name that it makes up, one for each tab. */
export interface Poll {
  userId: string;
  sessionId: string;
  client: string;
  position: Position;
  waitMs: number;
}

/** The frames of a client without a socket, not parsed yet. */
export interface PolledFrames {
  userId: string;
  sessionId: string;
  client: string;
  frames: unknown[];
}

/**
 * What the Worker may call on a Room. Every outcome is plain data; `unavailable` while the Room cannot load its group from
 * D1. This interface only grows, because both versions talk to each other during a deployment.
 *
 * Where the last parameter is `sessionId`, the first says who asks, and a session that was ended is `unauthenticated`. Workers
 * of earlier versions do not send it.
 */
export interface RoomRpc {
  /** Opens a socket for the identity in `IDENTITY_HEADER`. A refused socket is closed with the code that says why. */
  fetch(upgrade: Request): Promise<Response>;
  /** Creates the group and its members; a named group also has a first system line. A direct group is created only once. */
  create(creation: GroupCreation): Promise<Result<Group>>;
  /** The group, for its members and, if it is public, for everyone. `not_found` for everyone else. */
  group(userId: string, sessionId?: string): Promise<Result<Group>>;
  /** `forbidden` if the user's role does not allow it. */
  change(userId: string, change: GroupChange, sessionId?: string): Promise<Result<Group>>;
  /** Joins a public group; joining twice is harmless. */
  join(user: Profile, sessionId?: string): Promise<Result<Group>>;
  /** Whether the user may make a new invitation, or list and revoke the existing ones. */
  mayInvite(userId: string, which: 'new' | 'existing', sessionId?: string): Promise<Result<null>>;
  /**
   * Joins a group by an invitation; joining twice is harmless. `not_found` if the person who made it may not invite any more,
   * `forbidden` for someone who has left the group since, unless it is public.
   */
  joinInvited(user: Profile, invitation: Invitation, sessionId?: string): Promise<Result<Group>>;
  /**
   * `conflict` for the last owner; leaving twice is harmless. Closes the leaver's sockets. A direct group is only hidden from
   * the user's list until its next message.
   */
  leave(userId: string, sessionId?: string): Promise<Result<null>>;
  /** Adds people. `forbidden` if the user's role does not allow it; `conflict` if the group would be too large. */
  addMembers(
    userId: string,
    people: Profile[],
    role: 'member' | 'guest',
    sessionId?: string,
  ): Promise<Result<Group>>;
  /** Removes someone, and closes their sockets. `forbidden` by role, `not_found` for someone who was never a member. */
  removeMember(userId: string, memberId: string, sessionId?: string): Promise<Result<null>>;
  /** `forbidden` by role; `conflict` for the last owner. */
  setRole(
    userId: string,
    memberId: string,
    role: MemberRole,
    sessionId?: string,
  ): Promise<Result<Member>>;
  /** Erases the group for everyone, for good, and closes all sockets. Only owners may. */
  deleteGroup(userId: string, sessionId?: string): Promise<Result<null>>;
  /** Current members, in the order they joined. */
  members(userId: string, sessionId?: string): Promise<Result<Member[]>>;
  /** A page of the current members, by role and then by name. */
  memberPage(userId: string, query: MemberQuery, sessionId?: string): Promise<Result<MemberPage>>;
  /** `created` is false for a repeated id. Without `id` the Room creates one. */
  send(
    userId: string,
    message: Omit<Sending, 'id'> & { id?: string | undefined },
    sessionId?: string,
  ): Promise<Result<{ message: Message; created: boolean }>>;
  /** Without `attachments` the files of the message stay. Workers of earlier versions do not send it. */
  edit(
    userId: string,
    id: string,
    content: string,
    sessionId?: string,
    attachments?: string[],
  ): Promise<Result<Message>>;
  /** Deleting twice is harmless. */
  delete(userId: string, id: string, sessionId?: string): Promise<Result<null>>;
  react(
    userId: string,
    reaction: { id: string; emoji: string; op: 'add' | 'remove' },
    sessionId?: string,
  ): Promise<Result<Message>>;
  pin(userId: string, id: string, pinned: boolean, sessionId?: string): Promise<Result<Message>>;
  /** All reactions to a message with all their users, by emoji. */
  reactions(userId: string, id: string, sessionId?: string): Promise<Result<Reaction[]>>;
  /** Pinned messages, the latest pin first, and the profiles that they refer to. */
  pins(userId: string, sessionId?: string): Promise<Result<{ messages: Message[]; users: User[] }>>;
  /**
   * The group's entry in the user's list, none while a direct group is hidden, and the Room's counter. From now on the Room
   * notifies the user's Inbox of changes. `wantsPushes` and `readReceipts`: as for `setWantsPushes` and `setReadReceipts`;
   * Inboxes of earlier versions do not say it.
   */
  subscribe(
    userId: string,
    wantsPushes?: boolean,
    readReceipts?: ReadReceiptsWish,
  ): Promise<Result<{ entry?: InboxEntry | undefined; counter: number }>>;
  /** Whether the user's Inbox is called about messages that stay unread, although no client is open. */
  setWantsPushes(userId: string, wantsPushes: boolean): Promise<Result<null>>;
  /** Whether others see what the user has read, and the user what they have. An older version than the known one is ignored. */
  setReadReceipts(userId: string, wish: ReadReceiptsWish): Promise<Result<null>>;
  /** Sets what the user is notified of. */
  setPreference(
    userId: string,
    change: PreferenceChange,
    sessionId?: string,
  ): Promise<Result<InboxEntry>>;
  /** The threads that the user follows, unread ones first. */
  threads(userId: string, query: ThreadQuery, sessionId?: string): Promise<Result<ThreadPage>>;
  /** One thread, whether or not the user follows it. `not_found` for the id of a reply or an unknown one. */
  thread(userId: string, id: string, sessionId?: string): Promise<Result<ThreadState>>;
  /** Follows or leaves a thread, and moves its read cursor forward. `not_found` as above. */
  changeThread(
    userId: string,
    id: string,
    change: ThreadChange,
    sessionId?: string,
  ): Promise<Result<ThreadState>>;
  /**
   * Marks everything up to `seq` as read, also in the threads that the user follows. Returns the user's entry as it is then,
   * and how far they had read before; that is undefined if nothing was unread.
   */
  markRead(userId: string, seq: number, sessionId?: string): Promise<Result<MarkedRead>>;
  /** Undoes `markRead`. A cursor that has moved since then stays. */
  undoRead(userId: string, before: ReadBefore, sessionId?: string): Promise<Result<MarkedRead>>;
  /** As `threads`, for Workers of earlier versions. `next` is the offset of the next page. */
  followedThreads(
    userId: string,
    page: { limit: number; offset: number },
    sessionId?: string,
  ): Promise<Result<{ items: FollowedThread[]; next?: number }>>;
  /**
   * The changes since the position of a client whose network blocks WebSockets, followed by the ephemeral events that it
   * missed. Waits up to `waitMs` for a change; null without one.
   */
  changes(poll: Poll): Promise<Result<ServerEvent[] | null>>;
  /** Handles the frames of a client without a socket. Returns the events that settle them: changes and errors. */
  frames(sent: PolledFrames): Promise<Result<ServerEvent[]>>;
  messages(userId: string, page: PageQuery, sessionId?: string): Promise<Result<MessagePage>>;
  message(userId: string, id: string, sessionId?: string): Promise<Result<Message>>;
  /** Whether the user may upload files, which is whether they may send: fails as `send` does. */
  mayUpload(userId: string, sessionId?: string): Promise<Result<null>>;
  /**
   * Takes a finished upload, which waits for its message for `UPLOAD_KEPT_MS`. A repeat of the id is answered with the file that
   * is there. Fails as `mayUpload` does; `not_found` if the file was removed meanwhile: then its bytes are to be deleted.
   */
  addFile(file: NewFile): Promise<Result<FileReference>>;
  /** A file, for members; one that was not sent yet only for its uploader. `not_found` also once it is gone. */
  file(
    userId: string,
    id: string,
    sessionId?: string,
  ): Promise<Result<{ file: FileReference; etag: string }>>;
  /** Renames or describes a file that its uploader did not send yet. `conflict` for a sent one, else as `file`. */
  changeFile(
    userId: string,
    id: string,
    change: FileChange,
    sessionId?: string,
  ): Promise<Result<FileReference>>;
  /** Removes a file that its uploader did not send yet; twice is harmless. `conflict` for a sent one. */
  removeFile(userId: string, id: string, sessionId?: string): Promise<Result<null>>;
  /** Sent files, the newest message first. */
  files(userId: string, query: FileQuery, sessionId?: string): Promise<Result<FileListPage>>;
  /** Those of these files that the Room knows: all others are orphans. Files whose bytes it is about to erase are among them. */
  knownFiles(ids: string[]): Promise<Result<string[]>>;
  /** Writes these files to D1 again, which lacks them. Returns those that the Room has and does not erase. */
  mirrorFiles(ids: string[]): Promise<Result<string[]>>;
  /** Erases all files of a user whose account was deleted. Their messages keep the text; those without any are deleted. */
  eraseFilesOf(userId: string): Promise<Result<null>>;
  /** Updates the Room's copy of a profile and publishes it. No effect for non-members, or if the copy is newer. */
  updateProfile(user: Profile): Promise<Result<null>>;
  /** Ends a session or, without `sessionId`, all of a user's: its sockets close with 4401 `revoked` and cannot reopen. */
  revoke(who: Asker): Promise<Result<null>>;
  /** Answers if Rooms run at all. Reads no storage. */
  ping(): Promise<'pong'>;
}
