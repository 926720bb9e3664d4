import { setTimeout as pause } from 'node:timers/promises';
import { WebSocket } from 'ws';
import * as z from 'zod/mini';
import { assertNever } from '../../protocol/assert-never.ts';
import type { ClientFrame } from '../../protocol/client-frames.ts';
import {
  deliveredEveryMs,
  LEASE_MS,
  LEASE_RENEW_AT,
  PING,
  PING_EVERY_MS,
} from '../../protocol/limits.ts';
import { ServerEvent } from '../../protocol/server-events.ts';
import type { Person } from '../../tests/support/person.ts';
import type { Turn } from './conversation.ts';

/** The wait before a lost connection is opened again. */
const RECONNECT_MS = 1_000;

const DELIVERED_EVERY_MS = deliveredEveryMs(1);

const Events = z.array(ServerEvent);

/** The outcome of a frame: done, or to be sent again after a wait. */
type Answer = { state: 'done' } | { state: 'again'; afterMs: number };

/** A person of a seeded group. Sends one frame at a time, and the next one when the Room has acknowledged it. */
export class Speaker {
  readonly #person: Person;
  readonly #address: string;
  #socket: WebSocket | undefined;
  #last: Promise<void> = Promise.resolve();
  #deliveredAt = 0;
  #open: { frame: Turn['frame']; answer: (answer: Answer) => void } | undefined;

  /** `url` is where Edgewise runs. */
  constructor(person: Person, url: string, groupId: string) {
    this.#person = person;
    this.#address = `${url.replace(/^http/, 'ws')}/api/groups/${groupId}/socket`;
  }

  /** Sends a frame. Resolves when the Room has applied it, rejects if the Room refuses it. */
  say(frame: Turn['frame']): Promise<void> {
    this.#last = this.#last.then(() => this.#settle(frame));
    return this.#last;
  }

  close(): void {
    this.#socket?.close();
  }

  async #settle(frame: Turn['frame']): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      const socket = await this.#connected();
      const { promise, resolve } = Promise.withResolvers<Answer>();
      this.#open = { frame, answer: resolve };
      send(socket, { ...frame, ref: frame.id });
      // The first try may have arrived. A repeated edit or reaction changes nothing, and no event would acknowledge it.
      if (attempt > 1 && frame.type !== 'message') return;
      const answer = await promise;
      if (answer.state === 'done') return;
      await pause(answer.afterMs);
    }
  }

  async #connected(): Promise<WebSocket> {
    if (this.#socket?.readyState === WebSocket.OPEN) return this.#socket;
    const protocols = ['edgewise.v1', `bearer.${await this.#person.token()}`];
    const socket = new WebSocket(this.#address, protocols);
    this.#socket = socket;
    const { promise, resolve } = Promise.withResolvers<void>();
    const timers = [
      setInterval(() => socket.readyState === WebSocket.OPEN && socket.send(PING), PING_EVERY_MS),
      setInterval(() => void this.#renew(socket), LEASE_MS * LEASE_RENEW_AT),
    ];
    socket.on('message', (data) => {
      const text = String(data);
      if (!text.startsWith('[')) return;
      for (const event of Events.parse(JSON.parse(text))) {
        if (event.type === 'thread_state') resolve();
        else this.#receive(event);
      }
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      for (const timer of timers) clearInterval(timer);
      resolve();
      this.#open?.answer({ state: 'again', afterMs: RECONNECT_MS });
    });
    await promise;
    return socket;
  }

  async #renew(socket: WebSocket): Promise<void> {
    const token = await this.#person.token();
    if (socket.readyState === WebSocket.OPEN) send(socket, { type: 'auth', token });
  }

  #receive(event: ServerEvent): void {
    if (event.type === 'message') this.#acknowledge(event.rev);
    const open = this.#open;
    if (!open) return;
    if (event.type === 'error' && event.ref === open.frame.id) {
      if (event.code !== 'rate_limited')
        throw new Error(`The server refused a frame: ${event.message}`);
      open.answer({ state: 'again', afterMs: event.retryAfterMs ?? RECONNECT_MS });
    }
    if (this.#isDoneBy(event, open.frame)) open.answer({ state: 'done' });
  }

  /** Every client must acknowledge what it has applied, or the Room closes it as stuck. */
  #acknowledge(seq: number): void {
    if (!this.#socket || performance.now() - this.#deliveredAt < DELIVERED_EVERY_MS) return;
    this.#deliveredAt = performance.now();
    send(this.#socket, { type: 'thread_delivered', seq });
  }

  #isDoneBy(event: ServerEvent, frame: Turn['frame']): boolean {
    switch (frame.type) {
      case 'message':
        return event.type === 'message' && event.message.id === frame.id;
      case 'edit_message':
        return event.type === 'message_update' && event.message.id === frame.id;
      case 'reaction':
        return (
          event.type === 'reaction_update' &&
          event.id === frame.id &&
          event.emoji === frame.emoji &&
          event.userId === this.#person.userId
        );
      default:
        return assertNever(frame);
    }
  }
}

function send(socket: WebSocket, frame: ClientFrame): void {
  if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(frame));
}
