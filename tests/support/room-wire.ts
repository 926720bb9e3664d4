import type { ClientFrame } from '../../protocol/client-frames.ts';
import type { ServerEvent } from '../../protocol/server-events.ts';
import { type Caller, handleFrame, sendState } from '../../worker/room/frames/handle-frame.ts';
import type { Position } from '../../worker/room/room-rpc.ts';
import { errorEvent } from '../../worker/sockets/frame-text.ts';
import type { NodeRoom } from './node-room.ts';

/** A user's socket to a Room. Events and frames stay on the wire until the test delivers them. */
export interface RoomWire {
  /** Events in transit to the client, oldest first. A test may remove or repeat them. */
  toClient: ServerEvent[];
  /** Frames in transit to the Room, oldest first. */
  toRoom: ClientFrame[];
  isOpen(): boolean;
  /** Opens the socket at this position: the state is the first event on the wire. */
  open(position: Position): void;
  /** Closes the socket and drops everything on the wire. */
  cut(): void;
  /** Lets the Room handle the oldest frame. */
  handleNext(): void;
  /** Puts all new events of the Room on the wire. */
  flush(): void;
}

/** A wire between the Room and one of its members. */
export function roomWire(room: NodeRoom, userId: string): RoomWire {
  let isOpen = false;
  let sent = 0;
  let flushed = 0;
  const wire: RoomWire = {
    toClient: [],
    toRoom: [],
    isOpen: () => isOpen,
    open(position) {
      wire.cut();
      // As in the Room, earlier events are flushed before the socket is added.
      wire.flush();
      isOpen = true;
      sendState(room, caller, position);
      const [first] = wire.toClient;
      if (first?.type !== 'thread_state')
        throw new Error(`${first?.type} arrived before the state`);
    },
    cut() {
      isOpen = false;
      wire.toClient = [];
      wire.toRoom = [];
    },
    handleNext() {
      const frame = wire.toRoom.shift();
      if (frame && isOpen) handle(frame);
    },
    flush() {
      const moments = room.ephemeralEvents
        .slice(flushed)
        .filter(({ onlyTo }) => onlyTo === undefined || onlyTo === userId);
      if (isOpen) {
        wire.toClient.push(...room.events.slice(sent), ...moments.map(({ event }) => event));
      }
      sent = room.events.length;
      flushed = room.ephemeralEvents.length;
    },
  };

  const caller: Caller = {
    userId,
    reply: (events) => void wire.toClient.push(...events),
    setActivity: () => undefined,
    watch: () => undefined,
    watching: () => [],
    acknowledge: () => undefined,
    tooSlow: () => wire.cut(),
    flush: () => wire.flush(),
  };

  function handle(frame: ClientFrame): void {
    if (frame.type === 'auth') return;
    const handled = handleFrame(room, caller, frame);
    if (!handled.ok) wire.toClient.push(errorEvent(handled.failure, nameOf(frame)));
  }
  return wire;
}

/** The fields of a frame that its error repeats. */
function nameOf(frame: ClientFrame): { ref?: string; id?: string } {
  return {
    ...(frame.ref !== undefined && { ref: frame.ref }),
    ...('id' in frame && { id: frame.id }),
  };
}
