import type { ClientFrame } from '../../protocol/client-frames.ts';
import type { ServerEvent } from '../../protocol/server-events.ts';
import { type Caller, handleFrame, sendState } from '../../worker/room/frames/handle-frame.ts';
import { errorEvent } from '../../worker/room/frames/read-frame.ts';
import type { Position } from '../../worker/room/room-rpc.ts';
import type { NodeRoom } from './node-room.ts';

/** One person's socket to a Room: what was sent lies on the wire until the test lets it arrive. */
export interface RoomWire {
  /** Events on their way to the client, the oldest first. A test may lose or repeat what is there. */
  toClient: ServerEvent[];
  /** Frames on their way to the Room, the oldest first. */
  toRoom: ClientFrame[];
  isOpen(): boolean;
  /** Opens it as a socket with this `since` and `epoch`: the state is the first that lies on the wire. */
  open(position: Position): void;
  /** Everything on the wire is lost. */
  cut(): void;
  /** The Room takes the oldest frame. */
  handleNext(): void;
  /** Everything that happened in the Room meanwhile goes onto the wire. */
  flush(): void;
}

/** A wire between the Room and one of its members. */
export function roomWire(room: NodeRoom, userId: string): RoomWire {
  let isOpen = false;
  let sent = 0;
  let told = 0;
  const wire: RoomWire = {
    toClient: [],
    toRoom: [],
    isOpen: () => isOpen,
    open(position) {
      wire.cut();
      // As the Room does: what happened before goes out before the socket is one of those that hear it.
      wire.flush();
      isOpen = true;
      sendState(room, caller, position);
      const [first] = wire.toClient;
      if (first?.type !== 'thread_state') throw new Error(`${first?.type} came before the state`);
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
      const moments = room.told
        .slice(told)
        .filter(({ onlyTo }) => onlyTo === undefined || onlyTo === userId);
      if (isOpen) {
        wire.toClient.push(...room.events.slice(sent), ...moments.map(({ event }) => event));
      }
      sent = room.events.length;
      told = room.told.length;
    },
  };

  const caller: Caller = {
    userId,
    reply: (events) => void wire.toClient.push(...events),
    setActivity: () => undefined,
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

/** What an error repeats of the frame that it is about. */
function nameOf(frame: ClientFrame): { ref?: string; id?: string } {
  return {
    ...(frame.ref !== undefined && { ref: frame.ref }),
    ...('id' in frame && { id: frame.id }),
  };
}
