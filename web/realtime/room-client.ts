import { ok, type Result } from '../../protocol/errors.ts';
import { api } from '../api/api.ts';
import type { SignedIn } from '../session/session.ts';
import { browserClock, type Clock } from './clock.ts';
import type { Connection } from './connection.ts';
import { Divider } from './divider.ts';
import { Follower } from './follower.ts';
import { type GroupCache, groupCache } from './group-cache.ts';
import { GroupKeeper } from './group-keeper.ts';
import type { GroupReplica } from './group-replica.ts';
import { threadIn } from './my-place.ts';
import { openLine } from './open-line.ts';
import type { ChangeWish } from './outbox-row.ts';
import { type OutboxStore, outboxStore } from './outbox-store.ts';
import { Paging } from './paging.ts';
import type { ReceivedEvent } from './parse-frame.ts';
import { type OpenedThread, RoomPicture } from './room-picture.ts';
import type { ClosedView, RoomClient, RoomView } from './room-view.ts';
import type { RowEvent } from './row-event.ts';
import { Signals } from './signals.ts';
import { Strangers } from './strangers.ts';
import { pageUsage, type Usage } from './usage.ts';
import { pageWake, type Wake } from './wake.ts';

/** What an earlier visit left is waited for so long: a database that hangs must not keep the group closed. */
const RESTORE_WITHIN_MS = 1_000;

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

/** Follows a group from the first subscriber on until `close`. */
export function openRoom(parts: RoomParts): RoomClient {
  return new OpenRoom(parts);
}

/** A group that this page follows: the line to it, what is known of it and what was written, shown as one `RoomView`. */
class OpenRoom implements RoomClient {
  readonly #parts: RoomParts;
  readonly #clock: Clock;
  readonly #follower: Follower;
  readonly #connection: Connection;
  readonly #signals: Signals;
  readonly #paging: Paging;
  readonly #divider: Divider;
  readonly #strangers: Strangers;
  readonly #keeper: GroupKeeper;
  readonly #picture: RoomPicture;
  readonly #listeners = new Set<() => void>();
  readonly #waiting = new Set<{ isSo: () => boolean; resolve: () => void }>();
  #view: RoomView | undefined;
  #closed: ClosedView | undefined;
  #thread: OpenedThread | undefined;
  #heardBefore: number | undefined;
  #restored: Promise<void> | undefined;
  #unwatch: (() => void) | undefined;
  #isOpen = false;
  #isVisited = false;
  #isTelling = false;

  constructor(parts: RoomParts) {
    const { groupId, session, clock = browserClock } = parts;
    const { userId } = session;
    const fetchMessage = (id: string) => api.message(session, groupId, id);
    const replica = () => this.#replica;
    const changed = () => this.#change();
    this.#parts = parts;
    this.#clock = clock;
    this.#divider = new Divider(userId);
    this.#follower = new Follower({
      userId,
      groupId,
      store: parts.store ?? outboxStore,
      clock,
      send: (frame) => this.#connection.send(frame),
      fetchMessage,
      fetchReactions: (id) => api.reactions(session, groupId, id),
      passed: (event) => this.#arrived(event),
      adopted: ({ me, rev }) => this.#divider.counted(me, rev),
      changed,
      doubted: () => this.#connection.probe(),
    });
    this.#signals = new Signals({
      clock,
      replica,
      isLive: () => this.#isLive,
      send: (frame) => this.#connection.send(frame),
    });
    this.#paging = new Paging({
      clock,
      replica,
      fetchPage: (asked) => api.messages(session, groupId, asked),
      fetchMessage,
      openThread: (parentId) => this.openThread(parentId),
      until: (isSo) => this.#until(isSo),
      isClosed: () => this.#closed !== undefined,
      changed,
    });
    this.#strangers = new Strangers({
      clock,
      fetchUsers: (ids) => api.usersOf(session, ids),
      met: (users) => {
        this.#replica.people.meet(users);
        this.#change();
      },
    });
    this.#keeper = new GroupKeeper({
      clock,
      cache: parts.cache ?? groupCache,
      replica,
      heardAt: () => this.#connection.heardAt,
      isLive: () => this.#isLive,
      fill: (count) => this.#paging.fill(count),
    });
    this.#picture = new RoomPicture({
      me: userId,
      follower: this.#follower,
      paging: this.#paging,
      divider: this.#divider,
      wishes: this.#signals.wishes,
      userOf: (id) => {
        const user = this.#replica.people.user(id);
        if (!user) this.#strangers.missed(id);
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
      ready: () => this.#restore(),
      place: () => this.#replica.place,
      heardBefore: () => this.#heardBefore,
      received: (events) => this.#receive(events),
      upToDate: () => {
        this.#follower.connected();
        this.#connected();
      },
      changed: () => this.#connectionChanged(),
      closed: (view) => this.#stop(view),
      tooLarge: () => this.#follower.outbox.refuseTooLarge(),
    });
  }

  getView(): RoomView {
    this.#view ??= {
      ...this.#picture.draw(this.#thread),
      connection: this.#connection.view,
      ...(this.#closed && { closed: this.#closed }),
    };
    return this.#view;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    if (!this.#isOpen) this.#open();
    if (!this.#isVisited) {
      this.#isVisited = true;
      if (this.#isLive) this.#keeper.visited();
      this.#openDivider();
    }
    return () => this.#listeners.delete(listener);
  }

  async send(content: string, thread?: { parentId: string; alsoToGroup: boolean }): Promise<void> {
    if (this.#isLost) return;
    this.#signals.typing.stop(thread?.parentId ?? null);
    if (thread) {
      this.clearDivider(thread.parentId);
      this.#paging.jumpToNewest(thread.parentId);
    } else {
      this.#divider.clear();
      this.#paging.jumpToNewest(undefined);
    }
    await this.#follower.outbox.add({ type: 'message', content, ...thread }, { wasDraft: true });
  }

  retry(id: string): void {
    this.#follower.outbox.retry(id);
  }

  discard(id: string): string | undefined {
    return this.#follower.outbox.discard(id);
  }

  edit(id: string, content: string): void {
    this.#want({ type: 'edit', messageId: id, content });
  }

  remove(id: string): void {
    this.#want({ type: 'delete', messageId: id });
  }

  react(id: string, emoji: string, op: 'add' | 'remove'): void {
    this.#want({ type: 'reaction', messageId: id, emoji, op });
  }

  hasReacted(id: string, emoji: string): Promise<boolean> {
    return this.#follower.hasReacted(id, emoji);
  }

  retryChange(id: string): void {
    this.#follower.outbox.retryChanges(id);
  }

  dropChange(id: string): void {
    this.#follower.outbox.dropChanges(id);
  }

  async pin(id: string, pinned: boolean): Promise<Result<null>> {
    const { session, groupId } = this.#parts;
    const message = await api.pin(session, groupId, id, pinned);
    if (!message.ok) return message;
    this.#replica.merge(message.value);
    this.#change();
    return ok(null);
  }

  follow(parentId: string, following: boolean): void {
    this.#signals.wishes.follow(parentId, following);
    this.#change();
  }

  typing(parentId: string | null, isTyping: boolean): void {
    if (!this.#isLive) return;
    if (isTyping) this.#signals.typing.type(parentId);
    else this.#signals.typing.stop(parentId);
  }

  read(seq: number, parentId?: string): void {
    this.#signals.reads.read(seq, parentId);
  }

  markRead(seq: number, parentId?: string): void {
    this.#signals.reads.markRead(seq, parentId);
  }

  markUnread(seq: number, parentId?: string): void {
    this.#signals.reads.markUnread(seq, parentId);
    if (parentId === undefined) this.#divider.place(seq);
    this.#change();
  }

  clearDivider(parentId?: string): void {
    if (parentId === undefined) this.#divider.clear();
    else if (this.#thread?.parentId === parentId)
      this.#thread = { ...this.#thread, isCleared: true };
    this.#change();
  }

  setWatching(isWatching: boolean): void {
    this.#divider.setWatching(isWatching);
  }

  lookAt(seq: number | undefined, parentId?: string): void {
    this.#replica.stretch(parentId)?.lookAt(seq);
  }

  jumpTo(messageId: string): Promise<void> {
    return this.#paging.jumpTo(messageId);
  }

  returnTo(messageId: string, parentId?: string): boolean {
    return this.#paging.returnTo(messageId, parentId);
  }

  async jumpToDivider(): Promise<void> {
    const { afterSeq } = this.#divider;
    if (afterSeq !== undefined) await this.#paging.jumpToSeq(afterSeq + 1);
  }

  async jumpToNewest(parentId?: string): Promise<void> {
    this.#paging.jumpToNewest(parentId);
  }

  loadBefore(parentId?: string): Promise<void> {
    return this.#paging.load('before', parentId);
  }

  loadAfter(parentId?: string): Promise<void> {
    return this.#paging.load('after', parentId);
  }

  openThread(parentId: string): void {
    if (this.#thread?.parentId === parentId) return;
    this.#thread = { parentId, readSeq: undefined };
    this.#follower.openThread(parentId);
    this.#beginThread();
    this.#change();
  }

  closeThread(): void {
    if (this.#thread) this.#signals.typing.stop(this.#thread.parentId);
    this.#thread = undefined;
    this.#follower.closeThread();
    this.#change();
  }

  reconnect(): void {
    if (this.#closed) {
      this.#closed = undefined;
      this.#connection.open();
      this.#change();
    } else {
      this.#connection.reconnect();
    }
  }

  leave(): void {
    this.#isVisited = false;
    this.#signals.leave();
    this.#keeper.left();
    this.#divider.leave();
    this.#paging.jumpToNewest(undefined);
    this.#change();
  }

  forget(): void {
    this.#connection.close();
    this.#stop({ reason: 'forgotten' });
  }

  close(): void {
    this.#keeper.keep();
    this.#keeper.left();
    this.#unwatch?.();
    this.#connection.close();
    this.#follower.close();
    this.#signals.close();
    this.#strangers.close();
  }

  get #replica(): GroupReplica {
    return this.#follower.replica;
  }

  get #isLive(): boolean {
    return this.#connection.view.state === 'live';
  }

  /** Whether what this machine kept of the group is deleted: a wish that comes late would be kept for ever. */
  get #isLost(): boolean {
    return this.#closed !== undefined && LOSES_ALL.has(this.#closed.reason);
  }

  #want(wish: ChangeWish): void {
    if (!this.#isLost) this.#follower.outbox.change(wish);
  }

  #open(): void {
    const { usage = pageUsage } = this.#parts;
    this.#isOpen = true;
    this.#signals.activity.used();
    this.#unwatch = usage.watch({
      used: () => this.#signals.activity.used(),
      hidden: () => {
        this.#signals.reads.flush();
        this.#keeper.keep();
      },
    });
    void this.#follower.outbox.open();
    this.#connection.open();
  }

  /** Takes up the group as an earlier visit left it. */
  #restore(): Promise<void> {
    const { cache = groupCache, session, groupId } = this.#parts;
    this.#restored ??= Promise.race([
      cache.read(session.userId, groupId),
      new Promise<undefined>((resolve) => {
        this.#clock.after(RESTORE_WITHIN_MS, () => resolve(undefined));
      }),
    ]).then((cached) => {
      if (!cached || this.#replica.place || this.#closed) return;
      this.#heardBefore = cached.heardAt;
      this.#replica.restore(cached);
      this.#change();
    });
    return this.#restored;
  }

  #receive(events: readonly ReceivedEvent[]): void {
    this.#follower.receive(events);
    // The server closes the socket, too; but how soon a browser says so hangs on the line.
    if (this.#replica.people.hasLeft(this.#parts.session.userId)) {
      this.#connection.close();
      this.#stop({ reason: 'forbidden' });
      return;
    }
    this.#signals.received(events);
    // A reset has taken away what somebody looked at.
    void this.#paging.seek(undefined);
    const { thread } = this.#replica;
    if (thread?.isLoaded) void this.#paging.seek(thread.parentId);
    if (events.some((event) => event.type === 'thread_state' && event.parentId === null)) {
      this.#connected();
    }
    this.#keeper.changed();
    this.#change();
  }

  /** The line is live, and the replica at the present. */
  #connected(): void {
    this.#signals.connected();
    this.#strangers.forgive();
    if (this.#isVisited) this.#keeper.visited();
    this.#openDivider();
  }

  #connectionChanged(): void {
    if (!this.#isLive) {
      this.#follower.disconnect();
      this.#signals.disconnected();
    }
    if (this.#connection.view.state === 'offline') this.#openDivider();
    this.#change();
  }

  /** Whether it is known, or cannot be known now, what was read elsewhere meanwhile. */
  get #knowsReads(): boolean {
    const { state } = this.#connection.view;
    return state === 'live' || state === 'offline';
  }

  /** Notes how far the open thread was read when it was opened: an address can name it before anything is known. */
  #beginThread(): void {
    const { me, group } = this.#replica;
    if (!this.#thread || this.#thread.readSeq !== undefined || !me || !this.#knowsReads) return;
    const { parentId } = this.#thread;
    // What I have nothing to do with is not unread to me.
    const readSeq = threadIn(me, parentId)?.readSeq ?? group?.lastSeq ?? 0;
    this.#thread = { ...this.#thread, readSeq };
  }

  /** Begins a visit, once it is known what is new. */
  #openDivider(): void {
    this.#beginThread();
    const { me, timeline } = this.#replica;
    if (!this.#isVisited || !me || !this.#knowsReads) return;
    const isNew = this.#divider.open(me.readSeq, timeline.present.messages);
    // Since the last state was told I have read on. Asked once: what another device reads meanwhile changes the count again.
    if (isNew && !this.#divider.isCounted(timeline.present)) this.#follower.askForState();
    void this.#reachDivider();
  }

  /** Loads what leads up to the divider or, if that is too far, what says since when there is something new. */
  async #reachDivider(): Promise<void> {
    const { afterSeq } = this.#divider;
    if (afterSeq === undefined) return;
    await this.#paging.reachBack(afterSeq);
    if (this.#divider.view(this.#replica.timeline.present)?.since !== undefined) return;
    this.#divider.follows(await this.#paging.peekAfter(afterSeq));
    this.#change();
  }

  #arrived(event: RowEvent): void {
    if (event.type !== 'message' && event.type !== 'row') return;
    const { parentId, alsoToGroup } = event.message;
    if (parentId === undefined || alsoToGroup) this.#divider.arrived(event.message);
  }

  #stop(view: ClosedView): void {
    this.#closed = view;
    this.#signals.disconnected();
    if (LOSES_ALL.has(view.reason)) {
      this.#keeper.forget();
      void this.#follower.forget();
    } else {
      this.#follower.disconnect();
    }
    this.#change();
  }

  /** Resolves when this is so, or the room is closed. */
  #until(isSo: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.add({ isSo, resolve });
      this.#change();
    });
  }

  /** The view is made anew when it is next asked for; listeners hear once of all that changes in one turn. */
  #change(): void {
    this.#view = undefined;
    if (this.#isTelling) return;
    this.#isTelling = true;
    queueMicrotask(() => {
      this.#isTelling = false;
      for (const waiting of this.#waiting) {
        if (!waiting.isSo() && !this.#closed) continue;
        this.#waiting.delete(waiting);
        waiting.resolve();
      }
      for (const listener of this.#listeners) listener();
    });
  }
}
