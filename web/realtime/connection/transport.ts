/** How a transport ended: a close code of `protocol/errors.ts`, or any other code for a broken connection. */
export interface End {
  code: number;
  reason: string;
  /** The wait that the server ordered, ms. */
  waitMs?: number | undefined;
  /** Whether the server was reached at all. */
  wasOpen: boolean;
}

/** What all events have. `retryAfterMs` of an `error` is the wait that the server orders before the next attempt. */
export interface AnyEvent {
  type: string;
  retryAfterMs?: number | undefined;
}

/** What a transport reports. Nothing after `ended`, or after it was closed. */
export interface TransportEvents<Event extends AnyEvent> {
  /** Frames can be sent. The state follows, unless nothing has changed since the client's position. */
  live(): void;
  /** The server had nothing new: the client is at the server's rev. */
  upToDate(): void;
  /** The server gave a sign of life. */
  heard(): void;
  /** The events of one frame, in order. */
  received(events: readonly Event[]): void;
  ended(end: End): void;
}

/** Carries events and frames for as long as it lasts: a socket or, where those are blocked, long polling. */
export interface Transport<Frame> {
  /** Returns whether the frame was sent or will be. The caller keeps a refused one. */
  send(frame: Frame): boolean;
  /** Asks the server for a sign of life; without one, in this time if it is given, the transport ends. */
  probe(withinMs?: number): void;
  /** Ends the transport, which reports nothing more. */
  close(): void;
}

/** A client's position: it has applied every change up to rev `since` of the `epoch`, and none above. */
export interface Position {
  since: number;
  epoch: string;
}
