import { v7 as uuidv7 } from 'uuid';
import { WebSocket } from 'ws';
import { CLOSE } from '../../protocol/errors.ts';
import { deliveredEveryMs, PING, PING_EVERY_MS } from '../../protocol/limits.ts';
import type { Message } from '../../protocol/models.ts';
import type { ErrorEvent, ServerEvent, ThreadStateEvent } from '../../protocol/server-events.ts';
import type { Person } from '../support/person.ts';

/** Compression and validation of every frame would distort the measurement. */
const PLAIN = { perMessageDeflate: false, skipUTF8Validation: true };
/** Used if the server names no time to wait: doubling, with full jitter. */
const BACKOFF_MS = 500;
const BACKOFF_MOST_MS = 30_000;

/** What the clients of one group share. */
export interface CrowdParts {
  url: string;
  groupId: string;
  parse: (data: Buffer) => readonly ServerEvent[];
  toldToWait: () => void;
  closed: (code: number) => void;
}

/**
 * A client that offers more than the Room can take, and cooperates: it waits when asked to, reconnects when it may, and
 * sends unacknowledged messages again, one at a time, before newer ones.
 */
export class OverloadClient {
  readonly person: Person;
  readonly #parts: CrowdParts;
  /** The current connection; events and retries of an earlier one are ignored. */
  #connection: symbol | undefined;
  /** Unacknowledged messages, oldest first. */
  readonly #unsaid = new Map<string, string>();
  readonly acknowledged = new Set<string>();
  /** Its timeline, from some seq on without a gap. */
  held: Message[] = [];
  #n = 0;
  #epoch = '';
  #socket: WebSocket | undefined;
  #isCareful = false;
  #waitUntil = 0;
  #failures = 0;
  #orderedMs: number | undefined;
  #deliveredAt = 0;
  #memberCount = 0;
  #comingBack: NodeJS.Timeout | undefined;
  #resumed: (() => void) | undefined;

  constructor(person: Person, parts: CrowdParts) {
    this.person = person;
    this.#parts = parts;
  }

  get unsaid(): number {
    return this.#unsaid.size;
  }

  /** Opens the socket; resolves with the state. */
  async open(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#resumed = resolve;
    await this.#connect();
    await promise;
  }

  /** Reconnects, so that its timeline is what resuming gave it. */
  async resume(): Promise<void> {
    this.#leave();
    await this.open();
  }

  end(): void {
    this.#leave();
  }

  #leave(): void {
    clearTimeout(this.#comingBack);
    this.#connection = undefined;
    this.#socket?.terminate();
  }

  /** Adds a message: it is sent at once, unless older ones come first. */
  offer(content: string): void {
    const id = uuidv7();
    this.#unsaid.set(id, content);
    if (!this.#isCareful) this.#say(id, content);
  }

  async #connect(): Promise<void> {
    const { url, groupId, parse } = this.#parts;
    const connection = Symbol(this.person.name);
    this.#connection = connection;
    const token = await this.person.token();
    if (this.#connection !== connection) return;
    const position = this.#epoch === '' ? '' : `?since=${this.#n}&epoch=${this.#epoch}`;
    const address = `${url.replace(/^http/, 'ws')}/api/groups/${groupId}/socket${position}`;
    const socket = new WebSocket(address, ['edgewise.v1', `bearer.${token}`], {
      ...PLAIN,
      origin: url,
    });
    this.#socket = socket;
    this.#isCareful = true;
    socket.on('message', (data: Buffer) => {
      if (this.#connection === connection) for (const event of parse(data)) this.#take(event);
    });
    socket.on('error', () => undefined);
    const alive = setInterval(
      () => socket.readyState === WebSocket.OPEN && socket.send(PING),
      PING_EVERY_MS,
    );
    socket.on('close', (code: number) => {
      clearInterval(alive);
      if (this.#connection === connection) this.#closed(code);
    });
  }

  #closed(code: number): void {
    this.#parts.closed(code);
    const backoffMs = Math.min(BACKOFF_MS * 2 ** this.#failures, BACKOFF_MOST_MS) * Math.random();
    const waitMs = code === CLOSE.tooMany ? (this.#orderedMs ?? backoffMs) : backoffMs;
    this.#failures++;
    this.#isCareful = true;
    this.#comingBack = setTimeout(() => void this.#connect(), waitMs);
  }

  #take(event: ServerEvent): void {
    if (event.type === 'error') this.#refused(event);
    if (event.type === 'thread_state') this.#adopt(event);
    if (event.type === 'message') {
      if (event.rev === this.#n + 1 && !event.repeat) this.#follow(event.message);
      else if (event.rev > this.#n && !event.repeat)
        throw new Error(`${event.rev} came after ${this.#n}`);
      this.#heard(event.message.id);
    }
  }

  #follow(message: Message): void {
    this.#n = message.rev;
    this.held.push(message);
    if (performance.now() - this.#deliveredAt < deliveredEveryMs(this.#memberCount)) return;
    this.#deliveredAt = performance.now();
    this.#socket?.send(JSON.stringify({ type: 'thread_delivered', seq: this.#n }));
  }

  #adopt(state: ThreadStateEvent): void {
    if (state.reset) this.held = [];
    this.held.push(...state.messages);
    this.#n = state.rev;
    this.#epoch = state.epoch;
    this.#memberCount = state.group.memberCount;
    this.#failures = 0;
    for (const message of state.messages) this.#heard(message.id);
    this.#resumed?.();
    this.#sayOldest();
  }

  /** Sends the next message after the previous acknowledgement; once none is left, it sends freely again. */
  #heard(id: string): void {
    const [oldest] = this.#unsaid.keys();
    if (!this.#unsaid.delete(id)) return;
    this.acknowledged.add(id);
    if (this.#isCareful && oldest === id && Date.now() >= this.#waitUntil) this.#sayOldest();
  }

  #refused({ code, retryAfterMs = 0 }: ErrorEvent): void {
    if (code !== 'rate_limited') throw new Error(`refused with ${code}`);
    this.#parts.toldToWait();
    this.#orderedMs = retryAfterMs;
    this.#isCareful = true;
    if (Date.now() < this.#waitUntil) return;
    this.#waitUntil = Date.now() + retryAfterMs;
    setTimeout(() => this.#sayOldest(), retryAfterMs);
  }

  #sayOldest(): void {
    const [oldest] = this.#unsaid;
    if (oldest) this.#say(...oldest);
    else this.#isCareful = false;
  }

  #say(id: string, content: string): void {
    if (this.#socket?.readyState !== WebSocket.OPEN) return;
    this.#socket.send(JSON.stringify({ type: 'message', id, content }));
  }
}
