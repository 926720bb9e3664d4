import type { Result } from '../../protocol/errors.ts';
import type { Storage } from '../../protocol/files.ts';
import type { InboxEvent } from '../../protocol/inbox.ts';
import type { Group, PresenceState } from '../../protocol/models.ts';
import type { MessageNotification } from '../../protocol/notifications.ts';
import type { PushHealth, PushSubscription } from '../../protocol/push.ts';
import type { InboxEntry } from '../../protocol/rest.ts';
import type { SettingsChange, UserSettings } from '../../protocol/settings.ts';
import type { Poll, PolledFrames, Profile, ReadReceiptsWish } from '../room/room-rpc.ts';

/** The answer of an Inbox to a Room. Without a listener it has noted that the group changed, and the Room need not call again. */
export interface Received extends Wishes {
  isListening: boolean;
}

/** What the user of an Inbox wants of a Room. Inboxes of earlier versions do not say it. */
export interface Wishes {
  /** The Room notifies the Inbox of messages that stay unread, although no client is open. */
  wantsPushes?: boolean | undefined;
  readReceipts?: ReadReceiptsWish | undefined;
}

/** A group in which a user follows threads, with the times of the last replies, ms UTC; `MAX_SAFE_INTEGER` if not known. */
export interface ThreadGroup {
  groupId: string;
  /** In the threads that have unread replies; undefined if none has. */
  unreadAt?: number | undefined;
  /** In all followed threads. */
  lastReplyAt: number;
  /** Only its unread threads are listed. */
  isArchived: boolean;
}

/**
 * What Rooms and the Worker may call on the Inbox of one user, which is addressed by the user's id. This interface only
 * grows, because both versions talk to each other during a deployment.
 */
export interface InboxRpc {
  /** Opens a socket for the identity in `IDENTITY_HEADER`. A refused socket is closed with the code that says why. */
  fetch(upgrade: Request): Promise<Response>;
  /**
   * The events since the client's position, for clients without a socket: at once or as soon as there is one; null if there
   * is none within the time that the client can wait. `inbox_state` first if the position is not known here.
   */
  changes(poll: Poll): Promise<Result<InboxEvent[] | null>>;
  /** Handles the frames of a client without a socket. Returns the errors of those that failed. */
  frames(sent: PolledFrames): Promise<Result<InboxEvent[]>>;
  /** A Room's group, as it is for this user now. `counter` is the Room's. `written` is a new message that notifies them. */
  update(entry: InboxEntry, counter: number, written?: MessageNotification): Promise<Received>;
  /** A direct group is hidden from the user's list until its next message. `counter` is the Room's. */
  hide(groupId: string, counter: number): Promise<Received>;
  /** The user is not a member of this group any more, or it was deleted. */
  remove(groupId: string): Promise<Received>;
  /** A message that notifies the user has been unread for a while: it is pushed, unless they are active at a client. */
  notify(unread: MessageNotification): Promise<Wishes>;
  /** Sends what notifies the user to this browser, too. `unavailable` if the deployment sends no pushes. */
  subscribePush(subscription: PushSubscription, sessionId: string): Promise<Result<PushHealth>>;
  /** Removing a subscription twice is harmless. */
  unsubscribePush(id: string): Promise<Result<null>>;
  /** `not_found` for a subscription that the user has not, or that the browser has ended. */
  pushHealth(id: string): Promise<Result<PushHealth>>;
  /** Sends a push that says that pushes work. `not_found` as above; `unavailable` with the reason if it failed. */
  testPush(id: string): Promise<Result<PushHealth>>;
  /** `unauthenticated` if this session was ended. */
  admit(sessionId: string): Promise<Result<null>>;
  /**
   * All groups of the user as their Rooms have them, newest activity first. `unavailable` if a Room cannot be asked,
   * `unauthenticated` if the session was ended.
   */
  entries(sessionId?: string): Promise<Result<InboxEntry[]>>;
  /**
   * In which groups the user follows threads, those included that have one with unread replies. `isComplete` is false if a
   * Room could not be asked. Fails as `entries` does.
   */
  threadGroups(sessionId: string): Promise<Result<{ groups: ThreadGroup[]; isComplete: boolean }>>;
  /** The user's profile has changed. All of their Rooms learn it soon, also if some do not answer now. */
  updateProfile(user: Profile): Promise<Result<null>>;
  /**
   * The Inbox of `userId`, whose user is in this state, asks how this user is, and is notified of changes for 15 minutes. Only
   * Inboxes whose users have a direct group of two do so.
   */
  watch(userId: string, state: PresenceState): Promise<PresenceState>;
  /** `userId` is in another state now. Without a listener the calling Inbox need not tell more until it is asked. */
  hear(userId: string, state: PresenceState): Promise<Received>;
  /** What the user has set for their account. */
  settings(): Promise<UserSettings>;
  /** Changes it, and tells all of the user's clients. */
  changeSettings(change: SettingsChange): Promise<UserSettings>;
  /**
   * Makes a group of the user a favourite, or moves one: before another, else to the end. Returns all favourites in their
   * order. `not_found` for a group that the user is not in, `conflict` above `FAVOURITES`.
   */
  putFavourite(groupId: string, before?: string): Promise<Result<string[]>>;
  /** Removing a favourite twice is harmless. */
  removeFavourite(groupId: string): Promise<Result<string[]>>;
  /** Counts people whom the user adds to groups; `rate_limited` above `PEOPLE_ADDED_PER_HOUR`, and then nothing is counted. */
  spendPeopleAdded(people: number): Promise<Result<null>>;
  /**
   * Counts a group that the user creates with these people; `rate_limited` above `GROUPS_PER_HOUR`, `DIRECT_GROUPS_PER_HOUR`
   * or, for a named group, `PEOPLE_ADDED_PER_HOUR`, and then nothing is counted.
   */
  spendGroup(kind: Group['kind'], people: number): Promise<Result<null>>;
  /** Counts a change of the user's own profile; `rate_limited` above `PROFILE_CHANGES_PER_HOUR`, and then it is not counted. */
  spendProfileChange(): Promise<Result<null>>;
  /** Counts an invitation that the user makes; `rate_limited` above `INVITES_PER_HOUR`, and then it is not counted. */
  spendInvite(): Promise<Result<null>>;
  /**
   * Counts a file of `size` bytes that the user uploads; a repeat counts it once, with its last size. `too_large` if all of the
   * user's files would take more than `STORAGE_PER_USER`, and then nothing is counted.
   */
  reserveStorage(fileId: string, size: number, sessionId?: string): Promise<Result<null>>;
  /** These files take no storage any more. Twice is harmless. */
  releaseStorage(fileIds: string[]): Promise<Result<null>>;
  /** What the files of the user take, and may take. */
  storage(): Promise<Storage>;
  /** The user's account was deleted: all of their Rooms erase their files soon, also if some do not answer now. */
  eraseFiles(): Promise<Result<null>>;
  /**
   * Ends a session or, without `sessionId`, all of the user's: its sockets close with 4401 `revoked` and cannot reopen, here
   * and soon in all of their Rooms.
   */
  revoke(sessionId?: string): Promise<Result<null>>;
}
