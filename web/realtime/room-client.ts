import { api } from '../api/api.ts';
import type { SignedIn } from '../session/session.ts';
import { browserClock, type Clock } from './clock.ts';
import { Connection } from './connection.ts';
import { Follower } from './follower.ts';
import { type OutboxStore, outboxStore } from './outbox-store.ts';
import type { ReceivedEvent } from './parse-frame.ts';
import type { ClosedView, RoomClient, RoomView } from './room-view.ts';
import { socketAddress } from './socket-address.ts';
import { TimelineRows } from './timeline-rows.ts';
import { pageWake, type Wake } from './wake.ts';

/** After a page could not be had, so long until the next try: a list that is at its top asks again at once. */
const PAGE_AGAIN_MS = 2_000;

/** What a room is opened with: whose and which, and its surroundings where they are not those of the page. */
export interface RoomParts {
  groupId: string;
  session: SignedIn;
  /** Where the server is, `http://…` or `https://…`. */
  origin?: string;
  store?: OutboxStore;
  clock?: Clock;
  wake?: Wake;
  /** 0 to 1. */
  random?: () => number;
}

/** Follows a group from the first subscriber on until `close`. */
export function openRoom(parts: RoomParts): RoomClient {
  return new OpenRoom(parts);
}

/** A group that this page follows, its socket and what was written, shown as one `RoomView`. */
class OpenRoom implements RoomClient {
  readonly #parts: RoomParts;
  readonly #clock: Clock;
  readonly #follower: Follower;
  readonly #connection: Connection;
  readonly #rows = new TimelineRows();
  readonly #listeners = new Set<() => void>();
  #view: RoomView | undefined;
  #closed: ClosedView | undefined;
  #isLoadingBefore = false;
  #isOpen = false;
  #isTelling = false;

  constructor(parts: RoomParts) {
    const { groupId, session, origin = location.origin, clock = browserClock } = parts;
    this.#parts = parts;
    this.#clock = clock;
    this.#follower = new Follower({
      userId: session.userId,
      groupId,
      store: parts.store ?? outboxStore,
      clock,
      send: (frame) => this.#connection.send(frame),
      changed: () => this.#change(),
      doubted: () => this.#connection.probe(),
    });
    this.#connection = new Connection({
      address: () => socketAddress(origin, groupId, this.#follower.replica.place),
      getToken: session.getToken,
      clock,
      wake: parts.wake ?? pageWake,
      random: parts.random ?? Math.random,
      received: (events) => this.#receive(events),
      changed: () => {
        if (this.#connection.view.state !== 'live') this.#follower.disconnect();
        this.#change();
      },
      closed: (view) => this.#stop(view),
      revoked: () => void session.signOut(),
      tooLarge: () => this.#follower.outbox.refuseTooLarge(),
    });
  }

  getView(): RoomView {
    this.#view ??= this.#look();
    return this.#view;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    if (!this.#isOpen) {
      this.#isOpen = true;
      void this.#follower.outbox.open();
      this.#connection.open();
    }
    return () => this.#listeners.delete(listener);
  }

  send(content: string): Promise<void> {
    return this.#follower.outbox.add(content);
  }

  retry(id: string): void {
    this.#follower.outbox.retry(id);
  }

  discard(id: string): string | undefined {
    return this.#follower.outbox.discard(id);
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

  async loadBefore(): Promise<void> {
    const { replica } = this.#follower;
    if (this.#isLoadingBefore || this.#closed) return;
    const fetch = replica.startPage();
    if (!fetch) return;
    this.#isLoadingBefore = true;
    this.#change();
    const { session, groupId } = this.#parts;
    const page = await api.messagesBefore(session, groupId, fetch.before);
    if (page.ok) {
      replica.joinPage(fetch, page.value);
    } else {
      replica.abandonPage(fetch);
      await new Promise<void>((resolve) => this.#clock.after(PAGE_AGAIN_MS, resolve));
    }
    this.#isLoadingBefore = false;
    this.#change();
  }

  close(): void {
    this.#connection.close();
    this.#follower.close();
  }

  #receive(events: readonly ReceivedEvent[]): void {
    this.#follower.receive(events);
    // The server closes the socket, too; but how soon a browser says so hangs on the line.
    if (this.#follower.replica.people.hasLeft(this.#parts.session.userId)) {
      this.#connection.close();
      this.#stop({ reason: 'forbidden' });
    }
    this.#change();
  }

  #stop(view: ClosedView): void {
    this.#closed = view;
    if (view.reason === 'forbidden' || view.reason === 'not_found') void this.#follower.forget();
    else this.#follower.disconnect();
    this.#change();
  }

  /** The view is made anew when it is next asked for; listeners hear once of all that changes in one turn. */
  #change(): void {
    this.#view = undefined;
    if (this.#isTelling) return;
    this.#isTelling = true;
    queueMicrotask(() => {
      this.#isTelling = false;
      for (const listener of this.#listeners) listener();
    });
  }

  #look(): RoomView {
    const { group, me, people, window, newVersion } = this.#follower.replica;
    const { unsent } = this.#follower.outbox;
    const { userId } = this.#parts.session;
    return {
      connection: this.#connection.view,
      ...(this.#closed && { closed: this.#closed }),
      ...(group && { group }),
      ...(me && { me }),
      members: people.members,
      rows: this.#rows.build(window.messages, unsent, userId, (id) => people.user(id)),
      hasBefore: window.hasBefore,
      loadingBefore: this.#isLoadingBefore,
      newVersion,
    };
  }
}
