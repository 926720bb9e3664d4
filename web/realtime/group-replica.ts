import { assertNever } from '../../protocol/assert-never.ts';
import type { Group, MemberRole, Message } from '../../protocol/models.ts';
import type { MessagePage } from '../../protocol/rest.ts';
import type { DurableEvent, ThreadStateEvent } from '../../protocol/server-events.ts';
import { MessageWindow } from './message-window.ts';
import type { ReceivedEvent } from './parse-frame.ts';
import { People } from './people.ts';

/** A page of older messages on its way. Rows that pass by meanwhile wait here, for the page may be older than they are. */
export interface PageFetch {
  before: number;
  passedBy: Map<string, Message>;
}

/** What takes a place in the one order, whether it is understood or not. */
type Placed = DurableEvent | { type: 'strange'; rev: number };

/**
 * One group as this client knows it, at N: everything up to that rev and nothing above it. The rules are those of
 * architecture.md, "Rules that keep the promise", 5. It does no I/O; whoever owns it asks for what is missing.
 */
export class GroupReplica {
  readonly people = new People();
  readonly window = new MessageWindow();
  group: Group | undefined;
  me: { userId: string; role: MemberRole } | undefined;
  /** A change came that this version does not understand. */
  newVersion = false;
  #place: { since: number; epoch: string } | undefined;
  readonly #setAside = new Map<number, Placed>();
  #fetch: PageFetch | undefined;

  /** N and the epoch it counts in, as a reconnecting client names them; undefined before the first state. */
  get place(): { since: number; epoch: string } | undefined {
    return this.#place;
  }

  /** Whether a change is known to be missing: an event arrived that is not the next one. */
  get hasGap(): boolean {
    return this.#setAside.size > 0;
  }

  /** Takes one event of the socket, in the order of arrival. */
  apply(event: ReceivedEvent): void {
    switch (event.type) {
      case 'thread_state':
        if (event.parentId === null) this.#adopt(event);
        return;
      case 'message':
        if (event.repeat) this.#mergeMessage(event.message);
        else this.#follow(event);
        return;
      case 'member_update':
      case 'group_update':
        this.#follow(event);
        return;
      case 'strange':
        if (event.rev !== undefined) this.#follow({ type: 'strange', rev: event.rev });
        return;
      case 'error':
        return;
      default:
        assertNever(event);
    }
  }

  /** Begins to fetch the page below the window; undefined if there is none. */
  startPage(): PageFetch | undefined {
    const before = this.window.oldestSeq;
    if (!this.window.hasBefore || before === undefined) return undefined;
    this.#fetch = { before, passedBy: new Map() };
    return this.#fetch;
  }

  /**
   * Joins the fetched page to the window. A page of another epoch, or one that a reset overtook, is dropped: it no
   * longer borders on what is held.
   */
  joinPage(fetch: PageFetch, page: MessagePage): void {
    if (this.#fetch !== fetch) return;
    this.#fetch = undefined;
    if (page.epoch !== this.#place?.epoch) return;
    this.people.meet(page.users);
    this.window.extend(page.messages, page.hasBefore);
    for (const message of fetch.passedBy.values()) this.window.merge(message);
  }

  /** The page could not be had. */
  abandonPage(fetch: PageFetch): void {
    if (this.#fetch === fetch) this.#fetch = undefined;
  }

  /** What was set aside on a connection that is gone comes again with the answer to `since`. */
  disconnect(): void {
    this.#setAside.clear();
  }

  #follow(event: Placed): void {
    const place = this.#place;
    if (place && event.rev <= place.since) return;
    this.#setAside.set(event.rev, event);
    this.#drain();
  }

  /** Applies what was set aside as long as it is the next one. */
  #drain(): void {
    while (this.#place) {
      const rev = this.#place.since + 1;
      const next = this.#setAside.get(rev);
      if (!next) return;
      this.#setAside.delete(rev);
      this.#change(next);
      this.#place = { since: rev, epoch: this.#place.epoch };
    }
  }

  #change(event: Placed): void {
    switch (event.type) {
      case 'message':
        this.#mergeMessage(event.message);
        if (this.group) this.group = { ...this.group, lastSeq: event.message.seq };
        return;
      case 'member_update':
        this.people.merge(event.member);
        if (this.group) this.group = { ...this.group, memberCount: event.memberCount };
        if (this.me?.userId === event.member.userId) {
          this.me = { userId: event.member.userId, role: event.member.role };
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
    this.group = state.group;
    this.me = { userId: state.me.userId, role: state.me.role };
    this.people.meet(state.users);
    if (state.reset) {
      this.#fetch = undefined;
      this.people.restart(state.members);
      this.window.restart(state.messages, state.hasBefore);
    } else {
      for (const member of state.members) this.people.merge(member);
      for (const message of state.messages) this.#mergeMessage(message);
    }
    this.#place = { since: state.rev, epoch: state.epoch };
    for (const rev of this.#setAside.keys()) if (rev <= state.rev) this.#setAside.delete(rev);
  }

  #mergeMessage(message: Message): void {
    const passed = this.#fetch?.passedBy.get(message.id);
    if (!passed || passed.rev < message.rev) this.#fetch?.passedBy.set(message.id, message);
    this.window.merge(message);
  }
}
