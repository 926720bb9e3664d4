import { assertNever } from '../../protocol/assert-never.ts';
import type { ClientFrame } from '../../protocol/client-frames.ts';
import type { ServerEvent } from '../../protocol/server-events.ts';
import { errorEvent } from '../../worker/room/frame-receiver.ts';
import { type Position, threadState } from '../../worker/room/timeline.ts';
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
  const wire: RoomWire = {
    toClient: [],
    toRoom: [],
    isOpen: () => isOpen,
    open(position) {
      wire.cut();
      isOpen = true;
      putState(position);
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
      if (isOpen) wire.toClient.push(...room.events.slice(sent));
      sent = room.events.length;
    },
  };

  /** Before a state is built, everything queued goes out: the next rev on the socket is the state's + 1. */
  function putState(position: Position): void {
    wire.flush();
    const me = room.conversation.member(userId, 'read');
    if (me.ok) wire.toClient.push(threadState(room.store, me.value, position, new Set()));
  }

  function handle(frame: ClientFrame): void {
    switch (frame.type) {
      case 'thread_sync':
        putState(frame);
        return;
      case 'message': {
        const answer = room.conversation.send(userId, frame);
        if (!answer.ok) wire.toClient.push(errorEvent(answer.failure, frame));
        else if (!answer.value.created) {
          const { message } = answer.value;
          wire.toClient.push({ type: 'message', rev: message.rev, message, repeat: true });
        }
        return;
      }
      case 'auth':
        return;
      default:
        assertNever(frame);
    }
  }
  return wire;
}
