import { assertNever } from '../../../protocol/assert-never.ts';
import type { Group, Message } from '../../../protocol/models.ts';
import type { MessagePage } from '../../../protocol/rest.ts';
import type { ThreadStateEvent } from '../../../protocol/server-events.ts';
import type { Clock } from '../clock.ts';
import type { ReceivedEvent } from '../connection/parse-frame.ts';
import type { Position } from '../connection/transport.ts';
import type { CachedGroup } from './cached-group.ts';
import { Ephemeral } from './ephemeral.ts';
import { EventSequence, type OrderedEvent } from './event-sequence.ts';
import { MessageRange, type PageRequest } from './message-range.ts';
import type { RowEvent } from './message-window.ts';
import { isReplyForMe, type MyState, moved, withThread } from './my-cursors.ts';
import { People } from './people.ts';
import { ThreadReplica } from './thread-replica.ts';

/** A page that is being fetched. It may be older than the changes that arrive meanwhile, which are applied to it. */
export interface PageFetch {
  /** The thread that the page belongs to; undefined for the timeline. */
  parentId: string | undefined;
  request: PageRequest;
  meanwhile: RowEvent[];
}

/** What a replica needs from its surroundings. */
export interface ReplicaParts {
  clock: Clock;
  /** The replica has changed after a timeout. */
  changed(): void;
  /** Called with every change of rows when it is applied, whether the row is held or not. */
  applied(event: RowEvent): void;
}

/**
 * One group as this client knows it, at its position: every change up to that rev and none above it (architecture.md,
 * "Rules that keep the promise", 5). It does no I/O; its owner asks for what is missing.
 */
export class GroupReplica {
  readonly people = new People();
  readonly timeline = new MessageRange(isInTimeline);
  readonly ephemeral: Ephemeral;
  group: Group | undefined;
  me: MyState | undefined;
  /** A change arrived that this version does not know. */
  newVersion = false;
  /** Grows with each reset, after which everything that was fetched over REST is out of date. */
  resets = 0;
  /**
   * Grows with every reply that was created or deleted in a thread of mine, loaded or not: its unread count may have
   * changed.
   */
  replies = 0;
  /** The server went back to a lower rev in the same epoch, and the cache has not been written since. */
  isRolledBack = false;
  readonly #applied: (event: RowEvent) => void;
  #thread: ThreadReplica | undefined;
  readonly #sequence = new EventSequence((event) => this.#change(event));
  readonly #fetches = new Set<PageFetch>();

  constructor({ clock, changed, applied }: ReplicaParts) {
    this.ephemeral = new Ephemeral(clock, changed);
    this.#applied = applied;
  }

  /** The client's position; undefined before the first state. */
  get position(): Position | undefined {
    return this.#sequence.position;
  }

  /** Whether changes are known to be missing: an event arrived whose rev is not the next one. */
  get hasGap(): boolean {
    return this.#sequence.hasGap;
  }

  /** The open thread. */
  get thread(): ThreadReplica | undefined {
    return this.#thread;
  }

  /** A message, if it is held anywhere. */
  row(id: string): Message | undefined {
    return this.timeline.row(id) ?? this.#thread?.row(id);
  }

  openThread(parentId: string): void {
    if (this.#thread?.parentId === parentId) return;
    this.#thread = new ThreadReplica(parentId, this.row(parentId));
  }

  closeThread(): void {
    this.#thread = undefined;
  }

  /** Starts with a cached group, at its position. */
  restore(cached: CachedGroup): void {
    this.group = cached.group;
    this.me = cached.me;
    this.people.restart(cached.members);
    this.people.learn(cached.users);
    this.timeline.restart(cached.messages, cached.hasBefore);
    this.#sequence.moveTo({ since: cached.since, epoch: cached.epoch });
  }

  /** Applies one received event. Events are passed in the order of arrival. */
  apply(event: ReceivedEvent): void {
    switch (event.type) {
      case 'thread_state':
        if (event.parentId === null) this.#adopt(event);
        else this.#adoptThread(event.parentId, event);
        return;
      case 'message':
        if (event.repeat) this.merge(event.message);
        else this.#sequence.take(event);
        return;
      case 'message_update':
      case 'message_delete':
      case 'reaction_update':
      case 'member_update':
      case 'group_update':
        this.#sequence.take(event);
        return;
      case 'strange':
        if (event.rev !== undefined) this.#sequence.take({ type: 'strange', rev: event.rev });
        return;
      case 'thread_typing_update':
        this.ephemeral.typists.set(event.userId, event.parentId, event.typing);
        return;
      case 'presence_update':
        this.ephemeral.setPresence(event.userId, event.state);
        return;
      case 'presence_count':
        this.ephemeral.setPresentCount(event.count);
        return;
      case 'receipt_update':
        this.ephemeral.moveReceipt(event);
        if (this.me?.userId === event.userId) this.me = moved(this.me, event);
        return;
      case 'error':
        return;
      default:
        assertNever(event);
    }
  }

  /** Merges a row by its rev, without moving the position. */
  merge(message: Message): void {
    this.#changeRows({ type: 'row', message });
  }

  /** Begins to fetch a page: of the open thread if `parentId` names it. */
  startPage(request: PageRequest, parentId?: string): PageFetch {
    const fetch = { request, parentId, meanwhile: [] };
    this.#fetches.add(fetch);
    return fetch;
  }

  /**
   * Joins a fetched page to the held messages; returns whether it did. A page of another epoch, or from before a reset,
   * is dropped: it does not border on what is held.
   */
  joinPage(fetch: PageFetch, page: MessagePage): boolean {
    if (!this.#fetches.delete(fetch) || page.epoch !== this.position?.epoch) return false;
    const range = this.range(fetch.parentId);
    if (!range) return false;
    this.people.learn(page.users);
    return range.join(fetch.request, page, fetch.meanwhile);
  }

  /** The page could not be fetched. */
  abandonPage(fetch: PageFetch): void {
    this.#fetches.delete(fetch);
  }

  /** The timeline, or the replies of the open thread if `parentId` names it; undefined for another thread. */
  range(parentId: string | undefined): MessageRange | undefined {
    if (parentId === undefined) return this.timeline;
    return this.#thread?.parentId === parentId ? this.#thread.replies : undefined;
  }

  /** The connection is lost. The next state contains the changes that were set aside. */
  disconnect(): void {
    this.#sequence.clear();
    this.ephemeral.typists.clear();
  }

  #change(event: OrderedEvent): void {
    switch (event.type) {
      case 'message': {
        const { userId, parentId, seq } = event.message;
        this.#changeRows(event);
        this.ephemeral.typists.set(userId, parentId ?? null, false);
        if (this.group) this.group = { ...this.group, lastSeq: seq };
        return;
      }
      case 'message_update':
      case 'message_delete':
      case 'reaction_update':
        this.#changeRows(event);
        return;
      case 'member_update':
        this.people.merge(event.member);
        if (this.group) this.group = { ...this.group, memberCount: event.memberCount };
        if (this.me?.userId === event.member.userId) {
          this.me = { ...this.me, role: event.member.role };
        }
        return;
      case 'group_update':
        this.group = event.group;
        return;
      case 'strange':
        this.newVersion = true;
        return;
      default:
        assertNever(event);
    }
  }

  #adopt(state: ThreadStateEvent): void {
    const isOlder = state.epoch === this.position?.epoch && state.rev < this.position.since;
    // When polling, a response can be overtaken by the next one. A state that resets is taken all the same: the Room
    // may have been rolled back, and no longer has what lies above its counter.
    if (isOlder && !state.reset) return;
    this.group = state.group;
    this.me = state.me;
    this.ephemeral.adopt(state);
    this.people.learn(state.users);
    if (state.reset) {
      this.resets += 1;
      this.isRolledBack ||= isOlder;
      this.#sequence.clear();
      this.#fetches.clear();
      this.#thread?.forget();
      this.people.restart(state.members);
      this.timeline.restart(state.messages, state.hasBefore);
    } else {
      for (const member of state.members) this.people.merge(member);
    }
    for (const message of state.messages) this.merge(message);
    this.#sequence.moveTo({ since: state.rev, epoch: state.epoch });
  }

  #adoptThread(parentId: string, state: ThreadStateEvent): void {
    if (state.epoch !== this.position?.epoch || this.#thread?.parentId !== parentId) return;
    const [mine] = state.me.readThreads;
    if (this.me && mine) this.me = withThread(this.me, mine);
    this.people.learn(state.users);
    for (const member of state.members) this.people.merge(member);
    for (const message of state.messages) this.merge(message);
    this.#thread.adopt(state.messages, state.hasBefore);
  }

  /** Applies a change of rows to the held messages and to the pages that are being fetched, and reports it. */
  #changeRows(event: RowEvent): void {
    this.timeline.apply(event);
    this.#thread?.apply(event);
    for (const fetch of this.#fetches) fetch.meanwhile.push(event);
    if (this.me && isReplyForMe(this.me, event)) this.replies += 1;
    this.#applied(event);
  }
}

function isInTimeline(message: Message): boolean {
  return message.parentId === undefined || message.alsoToGroup === true;
}
