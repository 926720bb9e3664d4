import * as z from 'zod/mini';
import { ERRORS } from '../../../protocol/error-table.ts';
import { CLOSE, type Failure, type Result } from '../../../protocol/errors.ts';
import { POLL_FRAMES, POLL_WAIT_S } from '../../../protocol/limits.ts';
import { request } from '../../api/request.ts';
import type { AnyEvent, Position, Transport, TransportEvents } from './transport.ts';

/** A response may take this much longer than it was held, ms, on a slow network. */
const LATE_MS = 15_000;

/** Each event is parsed alone. A response without a body means that nothing has changed. */
const Answer = z.nullable(z.array(z.unknown()));

/** What long polling needs from its surroundings. */
export interface PollParts<Event extends AnyEvent> {
  /** Where `changes` and `frames` are. */
  path: string;
  /** Identifies this tab, so that the server buffers its ephemeral events between polls. */
  client: string;
  /** The client's position; undefined before the first state. */
  position(): Position | undefined;
  getToken(options?: { fresh?: boolean }): Promise<string | undefined>;
  /** Parses the events of one answer. */
  parse(events: readonly unknown[]): Event[];
  /** What may be applied at once of an event that answers a frame. */
  settling(event: Event): Event[];
}

/** A frame with a `ref` is sent once, and the event that answers it has the same one. */
interface AnyFrame {
  ref?: string | undefined;
}

/**
 * Long polling, for networks that block WebSockets: one request waits for changes, another one sends frames. The
 * responses to frames never move the position.
 */
export class PollTransport<Event extends AnyEvent, Frame extends AnyFrame>
  implements Transport<Frame>
{
  readonly #parts: PollParts<Event>;
  readonly #to: TransportEvents<Event>;
  readonly #abort = new AbortController();
  #queue: Frame[] = [];
  #flying: readonly Frame[] = [];
  #isLive = false;

  constructor(parts: PollParts<Event>, to: TransportEvents<Event>) {
    this.#parts = parts;
    this.#to = to;
    void this.#follow();
  }

  /** Does not send a pending frame twice: unlike a socket, a request is answered or ends the transport. */
  send(frame: Frame): boolean {
    if (!this.#isLive || this.#abort.signal.aborted) return false;
    const isOnItsWay = [...this.#flying, ...this.#queue].some(
      ({ ref }) => ref !== undefined && ref === frame.ref,
    );
    if (isOnItsWay) return true;
    this.#queue.push(frame);
    if (this.#flying.length === 0) void this.#post();
    return true;
  }

  probe(): void {
    // A request is always waiting, and has a time limit of its own.
  }

  close(): void {
    this.#abort.abort();
  }

  async #follow(): Promise<void> {
    // The first request is answered at once, which proves that polling works.
    let waitS = 0;
    for (;;) {
      const answer = await this.#ask(`changes?${this.#query(waitS)}`);
      if (!answer) return;
      if (!this.#isLive) {
        this.#isLive = true;
        this.#to.live();
        if (!answer.events) this.#to.upToDate();
      }
      if (answer.events) this.#to.received(answer.events);
      waitS = POLL_WAIT_S;
    }
  }

  #query(waitS: number): URLSearchParams {
    const { position, client } = this.#parts;
    const { since, epoch } = position() ?? {};
    return new URLSearchParams({
      client,
      wait: String(waitS),
      ...(epoch !== undefined && { since: String(since), epoch }),
    });
  }

  async #post(): Promise<void> {
    while (this.#queue.length > 0) {
      this.#flying = this.#queue.splice(0, POLL_FRAMES);
      const { client, settling } = this.#parts;
      const answer = await this.#ask('frames', {
        method: 'POST',
        body: { client, frames: this.#flying },
      });
      if (!answer) return;
      this.#flying = [];
      this.#to.received((answer.events ?? []).flatMap((event) => settling(event)));
    }
  }

  /** Undefined if the transport has ended, which is then reported. */
  async #ask(
    what: string,
    how: { method?: 'POST'; body?: unknown } = {},
  ): Promise<{ events: Event[] | null } | undefined> {
    const { signal } = this.#abort;
    const { path, parse } = this.#parts;
    const answer = await request(this.#parts, {
      ...how,
      path: `${path}/${what}`,
      // The connection tries again by itself, from the client's position at that time.
      isRepeatable: false,
      answer: Answer,
      signal,
      withinMs: POLL_WAIT_S * 1_000 + LATE_MS,
    }).catch((error: unknown): Result<null> => {
      if (signal.aborted) return { ok: true, value: null };
      throw error;
    });
    if (signal.aborted) return undefined;
    if (!answer.ok) {
      this.#end(answer.failure);
      return undefined;
    }
    this.#to.heard();
    return { events: answer.value && parse(answer.value) };
  }

  #end({ code, detail, retryAfterMs }: Failure): void {
    this.close();
    const closeCode = ERRORS[code].close ?? CLOSE.unavailable;
    const wasOpen = this.#isLive || code !== 'unavailable';
    this.#to.ended({ code: closeCode, reason: detail, wasOpen, waitMs: retryAfterMs });
  }
}
