import type { ClientFrame } from '../../../protocol/client-frames.ts';
import type { ReceivedEvent } from './parse-frame.ts';

/** How a transport ended: a close code of protocol.md, or any other for a line that broke. */
export interface End {
  code: number;
  reason: string;
  /** How long the server says to wait, ms. */
  waitMs?: number | undefined;
  /** Whether the server was reached at all. */
  wasOpen: boolean;
}

/** What a transport tells. Nothing after `ended`, nor after it was closed. */
export interface TransportEvents {
  /** Frames can be sent. Right after it comes the group's state, unless nothing has changed since `place`. */
  live(): void;
  /** There was nothing to be told: the client is at the present. */
  upToDate(): void;
  /** The server gave a sign of life. */
  heard(): void;
  /** The events of one frame, in order. */
  received(events: readonly ReceivedEvent[]): void;
  ended(end: End): void;
}

/** What carries a group's events and frames for as long as it holds: a socket or, where those are blocked, requests. */
export interface Transport {
  /** Returns whether the frame was sent or will be. One that was not taken stays with the caller. */
  send(frame: ClientFrame): boolean;
  /** Asks the server for a sign of life; without one the transport ends. */
  probe(): void;
  /** Ends it; it tells nothing more. */
  close(): void;
}

/** A client's position: it has applied every change up to rev `since` of the `epoch`, and none above. */
export interface Position {
  since: number;
  epoch: string;
}
