import { CLOSE } from '../../../protocol/errors.ts';
import type { AnyEvent, Transport, TransportEvents } from './transport.ts';

/**
 * A transport whose code is loaded when it is opened. If loading fails, it ends as one that did not reach the server.
 */
export function lateTransport<Event extends AnyEvent, Frame>(
  load: () => Promise<() => Transport<Frame>>,
  to: TransportEvents<Event>,
): Transport<Frame> {
  let transport: Transport<Frame> | undefined;
  let isClosed = false;
  load().then(
    (open) => {
      if (!isClosed) transport = open();
    },
    () => {
      if (!isClosed) to.ended({ code: CLOSE.unavailable, reason: '', wasOpen: false });
    },
  );
  return {
    send: (frame) => transport?.send(frame) ?? false,
    probe: (withinMs) => transport?.probe(withinMs),
    close() {
      isClosed = true;
      transport?.close();
    },
  };
}
