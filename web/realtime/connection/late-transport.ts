import { CLOSE } from '../../../protocol/errors.ts';
import type { Carrier, CarrierEvents } from './transport.ts';

/** A carrier whose code is loaded when it is opened. Where that fails, it ends like one that reached nobody. */
export function lateCarrier(load: () => Promise<() => Carrier>, to: CarrierEvents): Carrier {
  let carrier: Carrier | undefined;
  let isClosed = false;
  load().then(
    (open) => {
      if (!isClosed) carrier = open();
    },
    () => {
      if (!isClosed) to.ended({ code: CLOSE.unavailable, reason: '', wasOpen: false });
    },
  );
  return {
    send: (frame) => carrier?.send(frame) ?? false,
    probe: () => carrier?.probe(),
    close() {
      isClosed = true;
      carrier?.close();
    },
  };
}
