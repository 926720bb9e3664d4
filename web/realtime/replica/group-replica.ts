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
import { isReplyForMe, type MyState, moved, withThread } from './my-cursors.ts';
import { People } from './people.ts';
import type { RowEvent } from './row-event.ts';
import { ThreadReplica } from './thread-replica.ts';

/** A page on its way. What changes meanwhile waits here, for the page may be older than that. */
export interface PageFetch {
  /** The thread that it is a page of; of the timeline without. */
  parentId: string | undefined;
  request: PageRequest;
  meanwhile: RowEvent[];
}

/** What a replica needs from its surroundings. */
export interface ReplicaParts {
  clock: Clock;
  /** Something changed by itself, because time passed. */
  changed(): void;
  /** Told of every change of rows when it is applied, whether the row is held or not. */
  applied(event: RowEvent): void;
}

/**
 * One group as this client knows it, at N: everything up to that rev and nothing above it. The rules are those of
 * architecture.md, "Rules that keep the promise", 5. It does no I/O; whoever owns it asks for what is missing.
 */
export class GroupReplica {
  readonly people = new People();
  readonly timeline = new MessageRange(isInTimeline);
  readonly ephemeral: Ephemeral;
  group: Group | undefined;
  me: MyState | undefined;
  /** A change came that this version does not understand. */
  newVersion = false;
  /** How often all that is asked for beside this has to be asked for anew: everything was forgotten. */
  resets = 0;
  /** Grows with every reply that came or went in a thread of mine, loaded or not: what is unread there may have changed. */
  replies = 0;
  /** The server went back behind N in one epoch, and whoever keeps this group has not been told. */
  isRolledBack = false;
  readonly #applied: (event: RowEvent) => void;
  #thread: ThreadReplica | undefined;
  readonly #sequence = new EventSequence((event) => this.#change(event));
  readonly #fetches = new Set<PageFetch>();

  constructor({ clock, changed, applied }: ReplicaParts) {
    this.ephemeral = new Ephemeral(clock, changed);
    this.#applied = applied;
  }

  /** N and the epoch it counts in, as a reconnecting client names them; undefined before the first state. */
  get position(): Position | undefined {
    return this.#sequence.position;
  }

  /** Whether a change is known to be missing: an event arrived that is not the next one. */
  get hasGap(): boolean {
    return this.#sequence.hasGap;
  }

  /** The thread that is open. */
  get thread(): ThreadReplica | undefined {
    return this.#thread;
  }

  /** The message wherever it is held. */
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

  /** Begins with the group as an earlier visit left it, at its N. */
  restore(cached: CachedGroup): void {
    this.group = cached.group;
    this.me = cached.me;
    this.people.restart(cached.members);
    this.people.learn(cached.users);
    this.timeline.restart(cached.messages, cached.hasBefore);
    this.#sequence.moveTo({ since: cached.since, epoch: cached.epoch });
  }

  /** Takes one event of the connection, in the order of arrival. */
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

  /** Takes a row as it stands on the server, at its own rev: that never moves N. */
  merge(message: Message): void {
    this.#pass({ type: 'row', message });
  }

  /** Begins to fetch a page: of the open thread, if `parentId` names it. */
  startPage(request: PageRequest, parentId?: string): PageFetch {
    const fetch = { request, parentId, meanwhile: [] };
    this.#fetches.add(fetch);
    return fetch;
  }

  /**
   * Joins the fetched page to what is held, and says whether it did. A page of another epoch, or one that a reset
   * overtook, is dropped: it no longer borders on what is held.
   */
  joinPage(fetch: PageFetch, page: MessagePage): boolean {
    if (!this.#fetches.delete(fetch) || page.epoch !== this.position?.epoch) return false;
    const range = this.range(fetch.parentId);
    if (!range) return false;
    this.people.learn(page.users);
    return range.join(fetch.request, page, fetch.meanwhile);
  }

  /** The page could not be had. */
  abandonPage(fetch: PageFetch): void {
    this.#fetches.delete(fetch);
  }

  /** The timeline, or the replies of the open thread if `parentId` names it; undefined for another thread. */
  range(parentId: string | undefined): MessageRange | undefined {
    if (parentId === undefined) return this.timeline;
    return this.#thread?.parentId === parentId ? this.#thread.replies : undefined;
  }

  /** What was set aside on a connection that is gone comes again with the answer to `since`. */
  disconnect(): void {
    this.#sequence.clear();
    this.ephemeral.typists.clear();
  }

  #change(event: OrderedEvent): void {
    switch (event.type) {
      case 'message': {
        const { userId, parentId, seq } = event.message;
        this.#pass(event);
        this.ephemeral.typists.set(userId, parentId ?? null, false);
        if (this.group) this.group = { ...this.group, lastSeq: seq };
        return;
      }
      case 'message_update':
      case 'message_delete':
      case 'reaction_update':
        this.#pass(event);
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
    // Over requests instead of a socket an answer can be overtaken by the next one. One that resets stands by itself: the
    // Room may have been set back, and knows nothing of what lies above its counter.
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

  /** Applies a change of rows everywhere: to what is held, to what is on its way, and to whoever wants to know. */
  #pass(event: RowEvent): void {
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
