import { ok, type Result } from '../../protocol/errors.ts';
import { fetchMessage, fetchMessagePage, pinMessage } from '../api/messages.ts';
import { fetchUsers } from '../api/people.ts';
import type { SignedIn } from '../session/session.ts';
import { CacheRestore } from './cache/cache-restore.ts';
import { CacheWriter } from './cache/cache-writer.ts';
import { type GroupCache, groupCache } from './cache/group-cache.ts';
import { browserClock, type Clock } from './clock.ts';
import { connectGroup, type GroupConnection } from './connection/connect-group.ts';
import type { ReceivedEvent } from './connection/parse-frame.ts';
import { pageWake, type Wake } from './connection/wake.ts';
import type { ClosedView } from './group-view.ts';
import { type OutboxStore, outboxStore } from './outbox/store.ts';
import { storedPendingSignals } from './signals/pending-signals.ts';
import { Signals } from './signals/signals.ts';
import { pageUsage, type Usage } from './signals/usage.ts';
import { GroupSync } from './sync/group-sync.ts';
import { Paging } from './sync/paging.ts';
import { UnknownUsers } from './sync/unknown-users.ts';
import { GroupViewBuilder } from './view/build-view.ts';
import { Visit } from './visit/visit.ts';

/** The user and the group, and the environment where it differs from the page's. */
export interface LiveGroupOptions {
  groupId: string;
  session: SignedIn;
  /** Where the server is, `http://…` or `https://…`. */
  origin?: string;
  store?: OutboxStore;
  cache?: GroupCache;
  clock?: Clock;
  wake?: Wake;
  usage?: Usage;
  /** 0 to 1. */
  random?: () => number;
}

/** What the parts call on the live group that owns them. */
export interface LiveGroupEvents {
  isClosed(): boolean;
  /** The view has changed. */
  changed(): void;
  openThread(parentId: string): void;
  /** Resolves when the condition holds or the group was closed. */
  until(condition: () => boolean): Promise<void>;
  /** The connection has stopped for good. */
  closed(view: ClosedView): void;
}

/** The parts of a live group. Each knows its neighbours only through the functions that it is given. */
export interface LiveGroupParts {
  /** Connects, and watches how the page is used until the returned function is called. */
  open(): () => void;
  /** Pins or unpins a message over REST; fails with the server's answer. */
  pin(id: string, pinned: boolean): Promise<Result<null>>;
  groupSync: GroupSync;
  signals: Signals;
  paging: Paging;
  visit: Visit;
  cacheWriter: CacheWriter;
  unknownUsers: UnknownUsers;
  viewBuilder: GroupViewBuilder;
  connection: GroupConnection;
}

/** Makes the parts of a live group and wires them together. Nothing connects before `open`. */
export function liveGroupParts(options: LiveGroupOptions, on: LiveGroupEvents): LiveGroupParts {
  const { groupId, session, clock = browserClock, cache = groupCache } = options;
  const { userId } = session;
  const shared = {
    userId,
    groupId,
    clock,
    cache,
    replica: () => groupSync.replica,
    isLive: () => connection.view.state === 'live',
    isClosed: on.isClosed,
    changed: on.changed,
    fetchMessage: (id: string) => fetchMessage(session, groupId, id),
  };
  const groupSync: GroupSync = new GroupSync({
    ...shared,
    store: options.store ?? outboxStore,
    send: (frame) => connection.send(frame),
    fetchReactions: async (id) => {
      const { fetchReactions } = await import('../api/reactions.ts');
      return fetchReactions(session, groupId, id);
    },
    applied: (event) => visit.applied(event),
    adopted: (state) => visit.adopted(state),
    answerLate: () => connection.probe(),
    // Without the code the message waits; what loads it next is the next visit or Retry.
    upload: (unsent) =>
      void import('./uploads/upload-message.ts').then(
        (upload) => upload.uploadMessage(session, unsent),
        () => undefined,
      ),
  });
  const signals = new Signals({
    ...shared,
    send: (frame) => connection.send(frame),
    pending: storedPendingSignals(userId, groupId),
  });
  const paging = new Paging({
    ...shared,
    fetchPage: (page) => fetchMessagePage(session, groupId, page),
    openThread: on.openThread,
    until: on.until,
  });
  const visit: Visit = new Visit({
    ...shared,
    me: userId,
    paging,
    knowsReads: () => ['live', 'offline'].includes(connection.view.state),
    askForState: () => groupSync.askForState(),
  });
  const cacheRestore = new CacheRestore(shared);
  const cacheWriter = new CacheWriter({
    ...shared,
    restored: () => cacheRestore.group,
    heardAt: () => connection.heardAt,
    fill: (count) => paging.fill(count),
  });
  const unknownUsers = new UnknownUsers({
    clock,
    fetchUsers: (ids) => fetchUsers(session, ids),
    found: (users) => {
      groupSync.replica.people.learn(users);
      cacheWriter.changed();
      on.changed();
    },
  });
  const viewBuilder = new GroupViewBuilder({
    me: userId,
    groupSync,
    paging,
    divider: visit.divider,
    follows: signals.follows,
    userOf: (id) => {
      const user = groupSync.replica.people.user(id);
      if (!user) unknownUsers.missing(id);
      return user;
    },
  });
  const connection: GroupConnection = connectGroup({
    session,
    groupId,
    origin: options.origin ?? location.origin,
    clock,
    wake: options.wake ?? pageWake,
    random: options.random ?? Math.random,
    ready: () => cacheRestore.restore(),
    position: () => groupSync.replica.position,
    heardBefore: () => cacheRestore.group?.heardAt,
    received,
    upToDate() {
      groupSync.connected();
      caughtUp();
    },
    changed() {
      if (!shared.isLive()) {
        groupSync.disconnect();
        signals.disconnected();
      }
      if (connection.view.state === 'offline') visit.resume();
      on.changed();
    },
    closed: on.closed,
    tooLarge: () => groupSync.outbox.refuseTooLarge(),
  });

  function received(events: readonly ReceivedEvent[]): void {
    groupSync.receive(events);
    // The server closes the socket too, but browsers differ in how soon they report it.
    if (groupSync.replica.people.hasLeft(userId)) {
      connection.close();
      on.closed({ reason: 'forbidden' });
      return;
    }
    signals.received(events);
    paging.seekLost();
    if (events.some((event) => event.type === 'thread_state' && event.parentId === null)) {
      caughtUp();
    }
    cacheWriter.changed();
    on.changed();
  }

  /** The connection is live, and the replica at the Room's rev. */
  function caughtUp(): void {
    signals.connected();
    unknownUsers.retryMissing();
    if (visit.isOn) cacheWriter.visited();
    visit.resume();
  }

  function open(): () => void {
    const { usage = pageUsage } = options;
    signals.activity.used();
    const unwatch = usage.watch({
      used: () => signals.activity.used(),
      hidden: () => {
        signals.reads.flush();
        cacheWriter.leaving();
      },
      left: () => groupSync.outbox.leavePage(),
    });
    void groupSync.outbox.open();
    connection.open();
    return unwatch;
  }

  async function pin(id: string, pinned: boolean): Promise<Result<null>> {
    const message = await pinMessage(session, groupId, id, pinned);
    if (!message.ok) return message;
    groupSync.replica.merge(message.value);
    on.changed();
    return ok(null);
  }

  return {
    open,
    pin,
    groupSync,
    signals,
    paging,
    visit,
    cacheWriter,
    unknownUsers,
    viewBuilder,
    connection,
  };
}
