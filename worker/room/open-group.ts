import type { MessageNotification } from '../../protocol/notifications.ts';
import type {
  DurableEvent,
  EphemeralEvent,
  ReceiptUpdateEvent,
} from '../../protocol/server-events.ts';
import { Agenda, type ObjectAlarm } from '../agenda.ts';
import type { Clock } from '../clock.ts';
import { Collector } from '../collector.ts';
import type { Received, Wishes } from '../inbox/inbox-rpc.ts';
import { RevokedSessions } from '../revoked-sessions.ts';
import type { Audience } from '../sockets/audience.ts';
import type { Broadcast } from '../sockets/broadcast.ts';
import type { Connections } from '../sockets/connections.ts';
import { Pollers } from '../sockets/pollers.ts';
import type { ObjectSql } from '../sql.ts';
import { MissedEvents } from './ephemeral/missed-events.ts';
import { Presence } from './ephemeral/presence.ts';
import { PresenceUpdates } from './ephemeral/presence-updates.ts';
import { Settling } from './ephemeral/settling.ts';
import { Typing } from './ephemeral/typing.ts';
import { Feeds } from './followers/feeds.ts';
import { FileErasure } from './followers/file-erasure.ts';
import { Mirror } from './followers/mirror.ts';
import { News } from './followers/news.ts';
import { Notifications } from './followers/notifications.ts';
import { ThreadEdits } from './followers/thread-edits.ts';
import { DepartureStore } from './rows/departure-store.ts';
import { RoomStore } from './rows/room-store.ts';
import { Conversation } from './rules/conversation.ts';
import { Files } from './rules/files.ts';
import { GroupSettings } from './rules/group-settings.ts';
import { type Listing, listing } from './rules/inbox-entry.ts';
import { MarkRead } from './rules/mark-read.ts';
import { Membership } from './rules/membership.ts';
import { newestNotifying } from './rules/notifying.ts';
import { memberWhoMay } from './rules/permissions.ts';
import { Preferences } from './rules/preferences.ts';
import { ReadReceipts } from './rules/read-receipts.ts';
import { asItIsNow, Receipts } from './rules/receipts.ts';
import type { EphemeralState } from './rules/thread-state.ts';
import { Threads } from './rules/threads.ts';
import { Writer } from './rules/writer.ts';

/**
 * Everything that a Room does later without a request, in the order in which it does it. Tasks that need only the Room come
 * first: a hanging D1 must not keep sockets open whose lease has ended. `settle` is what a Room does once after it was busy: it
 * looks for dead sockets, and D1 gets the cursors that have moved.
 */
export const TASKS = ['departures', 'settle', 'mirror', 'erase', 'files', 'notifications'] as const;
export type Task = (typeof TASKS)[number];
/** What there is to write to D1, and which sockets are dead, needs no row that says so. */
const UNSTORED = ['settle', 'mirror'] as const satisfies Task[];

/** How many of the newest messages a notification is chosen from: ten seconds of a very busy group. */
const NOTIFYING_AMONG = 500;

/** The parts of a Room whose storage holds a group. */
export interface OpenGroup {
  store: RoomStore;
  settings: GroupSettings;
  membership: Membership;
  conversation: Conversation;
  files: Files;
  threads: Threads;
  preferences: Preferences;
  receipts: Receipts;
  readReceipts: ReadReceipts;
  markRead: MarkRead;
  presence: Presence;
  typing: Typing;
  pollers: Pollers;
  missedEvents: MissedEvents;
  mirror: Mirror;
  settling: Settling;
  fileErasure: FileErasure;
  revoked: RevokedSessions;
  feeds: Feeds;
  news: News;
  notifications: Notifications;
  agenda: Agenda<Task>;
  clock: Clock;
  /** What is true now and stored nowhere, for the state of a client that watches these users. */
  ephemeral(watching: readonly string[]): EphemeralState;
  publishEphemeral(event: EphemeralEvent, to?: Audience): void;
  /** Runs `work` with all of its commits in one transaction (`Writer.batch`). */
  batch<T>(work: () => T): T;
  /** Runs `work` and returns the changes that it made: they settle the frames of a client that polls. */
  changesOf(work: () => void): DurableEvent[];
}

/** What a group needs from the platform. */
export interface GroupPlatform {
  sql: ObjectSql;
  database: D1Database;
  connections: Connections;
  broadcast: Broadcast;
  clock: Clock;
  newId: () => string;
  alarm: ObjectAlarm;
  /** Sends a user's Inbox what the user's list has of the group, and the new message that notifies them. */
  sendToInbox(userId: string, listing: Listing, written?: MessageNotification): Promise<Received>;
  /** Calls a user's Inbox about a message that stays unread. */
  notifyInbox(userId: string, unread: MessageNotification): Promise<Wishes>;
  /** Erases the bytes and all variants of files in R2. */
  eraseBytes(fileIds: string[]): Promise<void>;
  /** Tells the Inbox of a user that these files take no storage any more. Throws if it does not answer. */
  releaseStorage(userId: string, fileIds: string[]): Promise<void>;
  /** How long a message must be unread before that, ms. */
  notifyAfterMs: number;
  /** Called with the number of rows of each write to D1. */
  mirrored: (rows: number) => void;
  /** How long read cursors are collected before they are stored, ms. */
  collectCursorsMs: number;
  /** How long after its last activity a Room settles, ms. */
  settleAfterMs: number;
  /** How often a user may join by themselves. */
  joinsPerHour: number;
}

/** Connects the parts of a group: every change goes to the sockets, to the pollers, and to the mirror. */
export function openGroup(groupId: string, platform: GroupPlatform): OpenGroup {
  const { sql, database, connections, broadcast, clock, newId } = platform;
  const store = new RoomStore(sql, groupId);
  const agenda = new Agenda({ tasks: TASKS, unstored: UNSTORED }, sql, platform.alarm);
  const settling = new Settling(agenda, clock, platform.settleAfterMs);
  const mirror = new Mirror(store, database, { agenda, clock, written: platform.mirrored });
  const pollers = new Pollers(clock);
  const missedEvents = new MissedEvents(pollers, clock);
  const unread = (userId: string, range: { after: number; upTo: number }) =>
    newestNotifying(store, userId, store.messages.written(range, NOTIFYING_AMONG), clock());
  const news = new News({ lastSeq: () => store.messages.lastSeq(), unread });
  const isMember = (userId: string) => memberWhoMay(store, userId, 'read').ok;
  const threadEdits = new ThreadEdits(store, clock);
  const listed = (userId: string): Listing => {
    const all = listing(store, userId);
    const changedThreads = all.state === 'shown' ? threadEdits.of(userId) : undefined;
    return all.state === 'shown' && changedThreads
      ? { ...all, entry: { ...all.entry, changedThreads } }
      : all;
  };
  const sendNews = async (userId: string): Promise<Received> => {
    const lastSeq = store.messages.lastSeq();
    const received = await platform.sendToInbox(userId, listed(userId), news.of(userId));
    news.sent(userId, lastSeq);
    if (isMember(userId)) {
      const { wantsPushes, readReceipts: wish } = received;
      if (wantsPushes !== undefined) notifications.answered(userId, wantsPushes);
      if (wish) readReceipts.set(userId, wish);
    }
    return received;
  };
  const feeds = new Feeds({
    clock,
    groupId,
    fed: () => store.members.fed(),
    isMember,
    send: (userId) => sendNews(userId),
    setFed: (userId, isFed) => store.members.setFed(userId, isFed),
    after: (ms, run) => void setTimeout(run, ms),
  });
  const typing = new Typing(clock);
  let recorded: DurableEvent[] | undefined;

  const publishEphemeral = (event: EphemeralEvent, to?: Audience) => {
    missedEvents.note(event, to);
    broadcast.publish(event, to);
  };
  const readReceipts = new ReadReceipts(store, {
    publish: publishEphemeral,
    changed: () => mirror.moved(),
  });
  const cursorMoves = new Collector<{ event: ReceiptUpdateEvent; onlyTo?: string | undefined }>(
    clock,
    (earlier, later) => ({ ...later, event: { ...earlier.event, ...later.event } }),
    ({ event, onlyTo }) => {
      const move = asItIsNow(event, store.cursors.cursor(event.userId));
      if (onlyTo !== undefined) publishEphemeral(move, { onlyTo });
      // Decided only now: someone may have switched read receipts off while the move waited.
      else for (const { event, to } of readReceipts.shared(move)) publishEphemeral(event, to);
    },
  );
  const presence = new Presence({
    clock,
    departures: new DepartureStore(sql),
    clients: (userId) => [...connections.activities(userId), ...pollers.list(userId)],
    publish: (...change) => presenceUpdates.changed(...change),
    wakeAt: (at) => agenda.schedule('departures', at),
  });
  const presenceUpdates = new PresenceUpdates(RoomStore.holdsGroup(sql) && store.isLarge(), {
    clock,
    presence,
    isLarge: () => store.isLarge(),
    publish: publishEphemeral,
    publishWatched: (events) => {
      missedEvents.noteWatched(events);
      connections.sendWatched(events);
    },
  });
  const notifications = new Notifications(store.notify, {
    clock,
    groupId,
    afterMs: platform.notifyAfterMs,
    firstSentAfter: (seq) => store.messages.firstSentAfter(seq),
    newestUntil: (at) => store.messages.newestUntil(at),
    unread,
    isActive: (userId) => presence.isOnline(userId),
    notify: (userId, notification) => platform.notifyInbox(userId, notification),
    schedule: (at) => agenda.schedule('notifications', at),
  });
  const moveCursor = (event: ReceiptUpdateEvent, onlyTo?: string) => {
    if (event.readSeq !== undefined || event.mark !== undefined) feeds.changed(event.userId);
    cursorMoves.put(`${event.userId} ${event.parentId ?? ''} ${onlyTo ?? ''}`, { event, onlyTo });
  };
  const feed = (event: DurableEvent) => {
    threadEdits.note(event);
    // A reaction changes nothing in a list.
    if (event.type === 'reaction_update') return;
    if (event.type === 'member_update') {
      const { userId, leftAt } = event.member;
      feeds.membershipChanged(userId, leftAt === undefined);
      if (leftAt !== undefined) notifications.setWanting(userId, false);
    }
    // The entries of a direct group also have the profiles of its people.
    if (event.type !== 'member_update' || store.group().kind === 'direct') feeds.changed();
  };
  const writer = new Writer(store, {
    clock,
    newId,
    online: () => new Set(presence.list().map(({ userId }) => userId)),
    publish: (event) => {
      recorded?.push(event);
      // Clients take a message as the end of its author's typing: no other event says so.
      if (event.type === 'message') {
        typing.set(event.message.userId, event.message.parentId ?? null, false);
      }
      broadcast.publish(event);
      pollers.wake();
      mirror.changed();
      if (event.type === 'message') notifications.written();
      if (event.type === 'member_update') {
        // Someone who joins begins with a cursor.
        settling.active();
        presenceUpdates.resized();
      }
      feed(event);
    },
    mentioned: (userIds, seq) => {
      news.mentioned(userIds, seq);
      notifications.mentioned(userIds, seq);
    },
  });
  const threads = new Threads(store, (event) =>
    writer.afterCommit(() => {
      mirror.moved();
      moveCursor(event, event.userId);
    }),
  );
  const files = new Files(writer, {
    moved: () => mirror.moved(),
    waiting: () => fileErasure.waiting(),
    gone: () => fileErasure.gone(),
  });
  const fileErasure = new FileErasure(store, {
    clock,
    withdraw: (gone) => files.withdraw(gone),
    eraseBytes: (ids) => platform.eraseBytes(ids),
    eraseRows: (ids) => mirror.eraseFiles(ids),
    releaseStorage: (userId, ids) => platform.releaseStorage(userId, ids),
    schedule: (at) => agenda.schedule('files', at),
  });
  let savesCursors = false;
  const receipts = new Receipts(store, threads, {
    clock,
    publish: moveCursor,
    moved() {
      settling.active();
      if (savesCursors) return;
      savesCursors = true;
      setTimeout(() => {
        savesCursors = false;
        store.cursors.save();
      }, platform.collectCursorsMs);
    },
  });
  return {
    store,
    settings: new GroupSettings(writer, files),
    membership: new Membership(writer, platform.joinsPerHour),
    conversation: new Conversation(writer, threads, files),
    files,
    threads,
    preferences: new Preferences(store, (userId) => {
      mirror.moved();
      feeds.changed(userId);
    }),
    receipts,
    readReceipts,
    markRead: new MarkRead(store, receipts, threads),
    presence,
    typing,
    pollers,
    missedEvents,
    mirror,
    settling,
    fileErasure,
    revoked: new RevokedSessions(sql, clock),
    feeds,
    news,
    notifications,
    agenda,
    clock,
    ephemeral: (watching) => ({ ...presenceUpdates.stateFor(watching), typing: typing.list() }),
    publishEphemeral,
    batch: (work) => writer.batch(work),
    changesOf: (work) => {
      const changes: DurableEvent[] = [];
      recorded = changes;
      try {
        work();
      } finally {
        recorded = undefined;
      }
      return changes;
    },
  };
}
