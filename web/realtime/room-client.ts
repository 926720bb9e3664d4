import { fail } from '../../protocol/errors.ts';
import { api } from '../api/api.ts';
import type { SignedIn } from '../session/session.ts';
import { browserClock, type Clock } from './clock.ts';
import { Connection } from './connection.ts';
import { GroupReplica } from './group-replica.ts';
import { Outbox } from './outbox.ts';
import { type OutboxStore, outboxStore } from './outbox-store.ts';
import type { ReceivedEvent } from './parse-frame.ts';
import type { ClosedView, RoomClient, RoomView } from './room-view.ts';
import { TimelineRows } from './timeline-rows.ts';
import { pageWake, type Wake } from './wake.ts';

/** Without an answer for so long, what is missing is asked for again (architecture.md, rule 5). */
const SYNC_AGAIN_MS = 5_000;
/** After a page could not be had, so long until the next try: a list that is at its top asks again at once. */
const PAGE_AGAIN_MS = 2_000;

/** What a room needs from the page. */
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

/** A group that this page follows: its replica, its socket and its outbox, shown as one `RoomView`. */
class OpenRoom implements RoomClient {
  readonly #groupId: string;
  readonly #session: SignedIn;
  readonly #clock: Clock;
  readonly #replica = new GroupReplica();
  readonly #rows = new TimelineRows();
  readonly #outbox: Outbox;
  readonly #connection: Connection;
  readonly #listeners = new Set<() => void>();
  #view: RoomView | undefined;
  #closed: ClosedView | undefined;
  #isLoadingBefore = false;
  #isOpen = false;
  #isTelling = false;
  #cancelSync: (() => void) | undefined;

  constructor(parts: Required<RoomParts>) {
    const { groupId, session, clock, store } = parts;
    this.#groupId = groupId;
    this.#session = session;
    this.#clock = clock;
    this.#outbox = new Outbox({
      userId: session.userId,
      groupId,
      store,
      clock,
      transmit: (frame) => this.#connection.send(frame),
      changed: () => this.#change(),
      doubted: () => this.#connection.probe(),
    });
    this.#connection = new Connection({
      address: () => socketAddress(parts.origin, groupId, this.#replica.place),
      getToken: session.getToken,
      clock,
      wake: parts.wake,
      random: parts.random,
      received: (events) => this.#receive(events),
      changed: () => this.#followConnection(),
      closed: (view) => this.#stop(view),
      revoked: () => void session.signOut(),
      tooLarge: () => this.#outbox.refuseFlying(TOO_LARGE),
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
      void this.#outbox.open();
      this.#connection.open();
    }
    return () => this.#listeners.delete(listener);
  }

  send(content: string): Promise<void> {
    return this.#outbox.add(content);
  }

  retry(id: string): void {
    this.#outbox.retry(id);
  }

  discard(id: string): string | undefined {
    return this.#outbox.discard(id);
  }

  reconnect(): void {
    this.#connection.reconnect();
  }

  async loadBefore(): Promise<void> {
    if (this.#isLoadingBefore || this.#closed) return;
    const fetch = this.#replica.startPage();
    if (!fetch) return;
    this.#isLoadingBefore = true;
    this.#change();
    const page = await api.messagesBefore(this.#session, this.#groupId, fetch.before);
    if (page.ok) {
      this.#replica.joinPage(fetch, page.value);
    } else {
      this.#replica.abandonPage(fetch);
      await new Promise<void>((resolve) => this.#clock.after(PAGE_AGAIN_MS, resolve));
    }
    this.#isLoadingBefore = false;
    this.#change();
  }

  close(): void {
    this.#cancelSync?.();
    this.#connection.close();
    this.#outbox.close();
  }

  #receive(events: readonly ReceivedEvent[]): void {
    for (const event of events) {
      this.#replica.apply(event);
      if (event.type === 'error') this.#outbox.refuse(event);
      if (event.type === 'message') this.#outbox.acknowledge(event.message.id);
      if (event.type === 'thread_state' && event.parentId === null) {
        for (const message of event.messages) this.#outbox.acknowledge(message.id);
        this.#cancelSync?.();
        this.#cancelSync = undefined;
        this.#outbox.connected();
      }
    }
    if (this.#replica.hasGap) this.#askForMissing();
    this.#change();
  }

  /** One question at a time; asked again if the answer does not come. */
  #askForMissing(): void {
    if (this.#cancelSync) return;
    this.#cancelSync = this.#clock.after(SYNC_AGAIN_MS, () => {
      this.#cancelSync = undefined;
      if (this.#replica.hasGap) this.#askForMissing();
    });
    this.#connection.send({ type: 'thread_sync', ...this.#replica.place });
  }

  #followConnection(): void {
    if (this.#connection.view.state !== 'live') {
      this.#cancelSync?.();
      this.#cancelSync = undefined;
      this.#replica.disconnect();
      this.#outbox.disconnected();
    }
    this.#change();
  }

  #stop(view: ClosedView): void {
    this.#closed = view;
    this.#outbox.disconnected();
    if (view.reason === 'forbidden' || view.reason === 'not_found') void this.#outbox.forget();
    this.#change();
  }

  /** The view is made anew when it is next asked for; listeners hear of all that changes in one turn once. */
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
    const { group, me, people, window, newVersion } = this.#replica;
    const { userId } = this.#session;
    return {
      connection: this.#connection.view,
      ...(this.#closed && { closed: this.#closed }),
      ...(group && { group }),
      ...(me && { me }),
      members: people.members,
      rows: this.#rows.build(window.messages, this.#outbox.unsent, userId, (id) => people.user(id)),
      hasBefore: window.hasBefore,
      loadingBefore: this.#isLoadingBefore,
      newVersion,
    };
  }
}

const { failure: TOO_LARGE } = fail('too_large', 'This message is too large. Shorten it.');

/** The group's socket; with what this client already has, the server answers with the rest. */
function socketAddress(
  origin: string,
  groupId: string,
  place: { since: number; epoch: string } | undefined,
): string {
  const url = new URL(`/api/groups/${groupId}/socket`, origin.replace(/^http/, 'ws'));
  if (place) {
    url.searchParams.set('since', String(place.since));
    url.searchParams.set('epoch', place.epoch);
  }
  return url.href;
}

/** Follows a group from the first subscriber on until `close`. */
export function openRoom(parts: RoomParts): RoomClient {
  return new OpenRoom({
    origin: location.origin,
    store: outboxStore,
    clock: browserClock,
    wake: pageWake,
    random: Math.random,
    ...parts,
  });
}
