import type { ClientFrame, FrameOf } from '../../protocol/client-frames.ts';
import { PING, PING_EVERY_MS } from '../../protocol/limits.ts';
import { MessagePage } from '../../protocol/rest.ts';
import type { ErrorEvent, ServerEvent } from '../../protocol/server-events.ts';
import { isPlaced, ModelReplica } from './model-replica.ts';
import type { Person } from './person.ts';
import type { TestSocket } from './test-socket.ts';

/** The position that a client sends when it connects. */
export type Standing = 'where it is' | 'nowhere' | 'with another epoch' | 'ahead of the Room';

/** How far ahead of the Room a wrong position is, in revs. */
const AHEAD = 5_000_000;

/** What the model did to the Room, from which its clients know what they may receive. */
export interface RoomHistory {
  groupId: string;
  /** The number of evictions. Each may lose events that were not sent yet, which shows as a gap. */
  evictions: number;
}

/**
 * One client of a user in one group: it keeps a replica, requests what is missing, sends unacknowledged messages again,
 * and checks what every connection must guarantee.
 */
export class ModelClient {
  readonly name: string;
  readonly person: Person;
  readonly #room: RoomHistory;
  replica = new ModelReplica();
  /** Every sent frame, so that one can be repeated. */
  readonly sent: ClientFrame[] = [];
  readonly acknowledged = new Set<string>();
  readonly errors: ErrorEvent[] = [];
  /** Code and reason of the last close. */
  closedWith = '';
  readonly #unacknowledged = new Map<string, FrameOf<'message'>>();
  #socket: TestSocket | undefined;
  /** The current connection; events of an earlier one are ignored. */
  #connection: symbol | undefined;
  #broken: unknown;
  /** The highest rev received on this connection; undefined before its first state. */
  #lastRev: number | undefined;
  #gapsLeft = 0;
  #evictionsKnown = 0;
  #statesDue = 0;
  #isPagingTimeline = false;

  constructor(person: Person, device: string, room: RoomHistory) {
    this.person = person;
    this.name = `${person.name}'s ${device}`;
    this.#room = room;
  }

  get isOpen(): boolean {
    return this.#socket !== undefined;
  }

  async open(standing: Standing): Promise<void> {
    this.hangUp();
    const { n: since, epoch = 'none' } = this.replica;
    const position = {
      'where it is': this.replica.epoch === undefined ? {} : { since, epoch },
      nowhere: {},
      'with another epoch': { since, epoch: 'another' },
      'ahead of the Room': { since: since + AHEAD, epoch },
    }[standing];
    this.#lastRev = undefined;
    this.#statesDue = 1;
    this.#gapsLeft = 0;
    this.#evictionsKnown = this.#room.evictions;
    const connection = Symbol(this.name);
    this.#connection = connection;
    const received = (events: readonly ServerEvent[]) => {
      if (this.#connection === connection) this.#receive(events);
    };
    const socket = await this.person.connect(this.#room.groupId, { ...position, received });
    this.#socket = socket;
    // As every client does: the Room closes a silent one, and on a slow machine the run is long enough for that.
    const heartbeat = setInterval(() => socket.sendText(PING), PING_EVERY_MS);
    void socket.closed.then(({ code, reason }) => {
      clearInterval(heartbeat);
      this.closedWith = `${code} ${reason}`;
      if (this.#connection === connection) this.hangUp();
    });
    await this.#untilAnswered();
    for (const frame of this.#unacknowledged.values()) socket.send(frame);
  }

  /** Drops the connection without a close frame. */
  hangUp(): void {
    const socket = this.#socket;
    this.#socket = undefined;
    this.#connection = undefined;
    this.replica.disconnect();
    socket?.terminate();
  }

  /** Drops everything, as the client of a former member must. */
  forget(): void {
    this.hangUp();
    this.replica = new ModelReplica();
    this.#unacknowledged.clear();
  }

  say(frame: ClientFrame): void {
    this.sent.push(frame);
    if (frame.type === 'message' && !this.acknowledged.has(frame.id)) {
      this.#unacknowledged.set(frame.id, frame);
    }
    if (frame.type === 'thread_sync' && frame.parentId === undefined) this.#statesDue++;
    this.#socket?.send(frame);
  }

  /** Waits until the Room has handled every sent frame and this client is at its rev. */
  async settle(): Promise<void> {
    this.check();
    if (!this.isOpen) return;
    this.#askForMissing();
    await this.#untilAnswered();
  }

  /** Fetches a page over REST while the socket stays live: of the timeline below the loaded range, or of a thread. */
  async fetchPage(parentId?: string): Promise<void> {
    const isTimeline = parentId === undefined;
    const { floor } = this.replica;
    if (isTimeline && (this.#isPagingTimeline || floor === 0 || !Number.isFinite(floor))) return;
    const { replica } = this;
    const expected = replica.expectPage(isTimeline);
    if (isTimeline) this.#isPagingTimeline = true;
    const place = isTimeline ? `before=${floor}&limit=20` : `parentId=${parentId}`;
    const answer = await this.person.api(
      'GET',
      `/api/messages?groupId=${this.#room.groupId}&${place}`,
    );
    if (isTimeline) this.#isPagingTimeline = false;
    replica.takePage(expected, answer.status === 200 ? answer.as(MessagePage) : undefined);
  }

  /** Throws the first error since the last call. */
  check(): void {
    if (this.#broken !== undefined) throw this.#broken;
  }

  #receive(events: readonly ServerEvent[]): void {
    try {
      for (const event of events) this.#take(event);
    } catch (error) {
      this.#broken ??= new Error(`${this.name} received an impossible event`, { cause: error });
    }
  }

  #take(event: ServerEvent): void {
    if (event.type === 'error') {
      this.#refused(event);
      return;
    }
    this.#checkOrder(event);
    this.replica.apply(event);
    if (event.type === 'thread_state') {
      if (event.parentId === null) this.#statesDue = Math.max(0, this.#statesDue - 1);
      for (const message of event.messages) this.#heard(message.id);
    }
    if (event.type === 'message') this.#heard(event.message.id);
    if (this.replica.hasGap && this.#statesDue === 0) this.#askForMissing();
  }

  #heard(id: string): void {
    if (this.#unacknowledged.delete(id)) this.acknowledged.add(id);
  }

  #refused(error: ErrorEvent): void {
    this.errors.push(error);
    if (error.id !== undefined) this.#unacknowledged.delete(error.id);
  }

  /** Expects the state first, and each rev once and one more than the last, except for gaps by evictions. */
  #checkOrder(event: ServerEvent): void {
    if (event.type === 'thread_state' && event.parentId === null) {
      if (
        this.#lastRev !== undefined &&
        event.epoch === this.replica.epoch &&
        event.rev < this.#lastRev
      )
        throw new Error(`a state at ${event.rev} after ${this.#lastRev}`);
      this.#lastRev = event.rev;
      return;
    }
    if (this.#lastRev === undefined) throw new Error(`${event.type} arrived before the state`);
    if (!isPlaced(event)) return;
    if (event.rev <= this.#lastRev) throw new Error(`${event.rev} arrived after ${this.#lastRev}`);
    if (event.rev > this.#lastRev + 1) this.#gap(event.rev);
    this.#lastRev = event.rev;
  }

  #gap(rev: number): void {
    this.#gapsLeft += this.#room.evictions - this.#evictionsKnown;
    this.#evictionsKnown = this.#room.evictions;
    if (this.#gapsLeft === 0) throw new Error(`${rev} arrived after ${this.#lastRev}`);
    this.#gapsLeft--;
  }

  #askForMissing(): void {
    const { n: since, epoch = 'none' } = this.replica;
    this.#statesDue++;
    this.#socket?.send({ type: 'thread_sync', since, epoch });
  }

  async #untilAnswered(): Promise<void> {
    const connection = this.#connection;
    while (this.#statesDue > 0 && this.#connection === connection) {
      // A Room may close a socket instead of answering; then this client has to reconnect.
      await this.#socket?.next('thread_state').catch((error: unknown) => {
        if (this.#connection === connection) throw error;
      });
    }
    this.check();
  }
}
