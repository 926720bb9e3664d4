import { fetchMessage, fetchMessagePage, fetchReactions } from '../api/messages.ts';
import { fetchUsers } from '../api/people.ts';
import type { SignedIn } from '../session/session.ts';
import { CacheRestore } from './cache/cache-restore.ts';
import { CacheWriter } from './cache/cache-writer.ts';
import { type GroupCache, groupCache } from './cache/group-cache.ts';
import { browserClock, type Clock } from './clock.ts';
import type { Connection } from './connection/connection.ts';
import { openLine } from './connection/open-connection.ts';
import type { ReceivedEvent } from './connection/parse-frame.ts';
import { pageWake, type Wake } from './connection/wake.ts';
import type { ClosedView, GroupView } from './group-view.ts';
import { type OutboxStore, outboxStore } from './outbox/store.ts';
import type { GroupReplica } from './replica/group-replica.ts';
import { Signals } from './signals/signals.ts';
import { keptUntold } from './signals/untold.ts';
import { pageUsage, type Usage } from './signals/usage.ts';
import { GroupSync } from './sync/group-sync.ts';
import { Paging } from './sync/paging.ts';
import { UnknownUsers } from './sync/unknown-users.ts';
import { GroupViewBuilder } from './view/build-view.ts';
import { Visit } from './visit/visit.ts';
import { Watchers } from './watchers.ts';

/** Whoever is shown the group no longer for one of these has nothing of it on this machine either. */
const LOSES_ALL: ReadonlySet<ClosedView['reason']> = new Set([
  'forbidden',
  'not_found',
  'forgotten',
]);

/** What a room is opened with: whose and which, and its surroundings where they are not those of the page. */
export interface RoomParts {
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

/** A group that this page follows: its parts, what passes between them, and when it begins and ends. */
export class FollowedGroup {
  readonly groupSync: GroupSync;
  readonly signals: Signals;
  readonly paging: Paging;
  readonly visit: Visit;
  readonly #parts: RoomParts;
  readonly #watchers = new Watchers();
  readonly #earlier: CacheRestore;
  readonly #keeper: CacheWriter;
  readonly #unknownUsers: UnknownUsers;
  readonly #viewBuilder: GroupViewBuilder;
  readonly #connection: Connection;
  #view: GroupView | undefined;
  #closed: ClosedView | undefined;
  #unwatch: (() => void) | undefined;
  #isOpen = false;

  constructor(parts: RoomParts) {
    const { groupId, session, clock = browserClock, cache = groupCache } = parts;
    const { userId } = session;
    const around = {
      userId,
      groupId,
      clock,
      cache,
      replica: () => this.replica,
      isLive: () => this.isLive,
      isClosed: () => this.#closed !== undefined,
      changed: () => this.changed(),
      fetchMessage: (id: string) => fetchMessage(session, groupId, id),
    };
    this.#parts = parts;
    this.groupSync = new GroupSync({
      ...around,
      store: parts.store ?? outboxStore,
      send: (frame) => this.#connection.send(frame),
      fetchReactions: (id) => fetchReactions(session, groupId, id),
      passed: (event) => this.visit.passed(event),
      adopted: (state) => this.visit.adopted(state),
      doubted: () => this.#connection.probe(),
    });
    this.signals = new Signals({
      ...around,
      send: (frame) => this.#connection.send(frame),
      untold: keptUntold(userId, groupId),
    });
    this.paging = new Paging({
      ...around,
      fetchPage: (asked) => fetchMessagePage(session, groupId, asked),
      openThread: (parentId) => this.openThread(parentId),
      until: (isSo) => this.#watchers.until(() => isSo() || this.#closed !== undefined),
    });
    this.visit = new Visit({
      ...around,
      me: userId,
      paging: this.paging,
      knowsReads: () => ['live', 'offline'].includes(this.#connection.view.state),
      askForState: () => this.groupSync.askForState(),
    });
    this.#earlier = new CacheRestore(around);
    this.#keeper = new CacheWriter({
      ...around,
      heardAt: () => this.#connection.heardAt,
      fill: (count) => this.paging.fill(count),
    });
    this.#unknownUsers = new UnknownUsers({
      clock,
      fetchUsers: (ids) => fetchUsers(session, ids),
      met: (users) => {
        this.replica.people.meet(users);
        this.changed();
      },
    });
    this.#viewBuilder = new GroupViewBuilder({
      me: userId,
      groupSync: this.groupSync,
      paging: this.paging,
      divider: this.visit.divider,
      wishes: this.signals.wishes,
      userOf: (id) => {
        const user = this.replica.people.user(id);
        if (!user) this.#unknownUsers.missed(id);
        return user;
      },
    });
    this.#connection = openLine({
      session,
      groupId,
      origin: parts.origin ?? location.origin,
      clock,
      wake: parts.wake ?? pageWake,
      random: parts.random ?? Math.random,
      ready: () => this.#earlier.restore(),
      place: () => this.replica.place,
      heardBefore: () => this.#earlier.heardAt,
      received: (events) => this.#receive(events),
      upToDate: () => {
        this.groupSync.connected();
        this.#connected();
      },
      changed: () => this.#connectionChanged(),
      closed: (view) => this.#stop(view),
      tooLarge: () => this.groupSync.outbox.refuseTooLarge(),
    });
  }

  get replica(): GroupReplica {
    return this.groupSync.replica;
  }

  get isLive(): boolean {
    return this.#connection.view.state === 'live';
  }

  /** Whether what this machine kept of the group is deleted: a wish that comes late would be kept for ever. */
  get isLost(): boolean {
    return this.#closed !== undefined && LOSES_ALL.has(this.#closed.reason);
  }

  /** The group as it is now: the same object until something changes. */
  get view(): GroupView {
    this.#view ??= {
      ...this.#viewBuilder.build(this.visit.thread),
      connection: this.#connection.view,
      ...(this.#closed && { closed: this.#closed }),
    };
    return this.#view;
  }

  /** Something of the view has changed; it is built again when it is next read. */
  changed(): void {
    this.#view = undefined;
    this.#watchers.tell();
  }

  /** Follows the group from now on, and calls back when it changes, until the answer is called. */
  watch(listener: () => void): () => void {
    const unwatch = this.#watchers.watch(listener);
    if (!this.#isOpen) this.#open();
    if (!this.visit.isOn) {
      if (this.isLive) this.#keeper.visited();
      this.visit.begin();
    }
    return unwatch;
  }

  openThread(parentId: string): void {
    if (this.visit.thread?.parentId === parentId) return;
    this.groupSync.openThread(parentId);
    this.visit.openThread(parentId);
    this.changed();
  }

  closeThread(): void {
    const { thread } = this.visit;
    if (thread) this.signals.typing.stop(thread.parentId);
    this.visit.closeThread();
    this.groupSync.closeThread();
    this.changed();
  }

  /** Connects at once: also after it was closed, because the reason may be gone. */
  reconnect(): void {
    if (!this.#closed) {
      this.#connection.reconnect();
      return;
    }
    this.#closed = undefined;
    this.#connection.open();
    this.changed();
  }

  /** Nobody looks at it any more. It goes on for whoever comes back. */
  leave(): void {
    this.signals.leave();
    this.#keeper.left();
    this.visit.end();
    this.paging.jumpToNewest(undefined);
    this.changed();
  }

  /** The person is forgotten on this machine. */
  forget(): void {
    this.#connection.close();
    this.#stop({ reason: 'forgotten' });
  }

  /** Ends its line and its timers. */
  close(): void {
    this.#keeper.keep();
    this.#keeper.left();
    this.#unwatch?.();
    this.#connection.close();
    this.groupSync.close();
    this.signals.close();
    this.#unknownUsers.close();
  }

  #open(): void {
    const { usage = pageUsage } = this.#parts;
    this.#isOpen = true;
    this.signals.activity.used();
    this.#unwatch = usage.watch({
      used: () => this.signals.activity.used(),
      hidden: () => {
        this.signals.reads.flush();
        this.#keeper.keep();
      },
      left: () => this.groupSync.outbox.leavePage(),
    });
    void this.groupSync.outbox.open();
    this.#connection.open();
  }

  #receive(events: readonly ReceivedEvent[]): void {
    this.groupSync.receive(events);
    // The server closes the socket, too; but how soon a browser says so hangs on the line.
    if (this.replica.people.hasLeft(this.#parts.session.userId)) {
      this.#connection.close();
      this.#stop({ reason: 'forbidden' });
      return;
    }
    this.signals.received(events);
    this.#seekLost();
    if (events.some((event) => event.type === 'thread_state' && event.parentId === null)) {
      this.#connected();
    }
    this.#keeper.changed();
    this.changed();
  }

  /** Loads again what a reset took away from who looked at it. */
  #seekLost(): void {
    void this.paging.seek(undefined);
    const { thread } = this.replica;
    if (thread?.isLoaded) void this.paging.seek(thread.parentId);
  }

  /** The line is live, and the replica at the present. */
  #connected(): void {
    this.signals.connected();
    this.#unknownUsers.forgive();
    if (this.visit.isOn) this.#keeper.visited();
    this.visit.resume();
  }

  #connectionChanged(): void {
    if (!this.isLive) {
      this.groupSync.disconnect();
      this.signals.disconnected();
    }
    if (this.#connection.view.state === 'offline') this.visit.resume();
    this.changed();
  }

  #stop(view: ClosedView): void {
    this.#closed = view;
    this.signals.disconnected();
    if (LOSES_ALL.has(view.reason)) {
      this.#keeper.forget();
      this.signals.forget();
      void this.groupSync.forget();
    } else {
      this.groupSync.disconnect();
    }
    this.changed();
  }
}
