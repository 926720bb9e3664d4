import { PING, PONG } from '../../protocol/limits.ts';
import { Attachment, isOpen, type RoomSockets, type Whose } from './room-sockets.ts';

/** Sockets that outlive the Room's memory: a Room that nobody talks in is dropped from it, and costs nothing. */
export class HibernatingSockets implements RoomSockets {
  readonly #state: DurableObjectState;

  constructor(state: DurableObjectState) {
    this.#state = state;
    state.setWebSocketAutoResponse(new WebSocketRequestResponsePair(PING, PONG));
  }

  accept(socket: WebSocket, attachment: Attachment): void {
    const { userId, sessionId } = attachment;
    this.#state.acceptWebSocket(socket, [tagOf({ userId }), tagOf({ sessionId })]);
    this.attach(socket, attachment);
  }

  open(whose?: Whose): WebSocket[] {
    return this.#state.getWebSockets(whose && tagOf(whose)).filter(isOpen);
  }

  attachment(socket: WebSocket): Attachment | undefined {
    return Attachment.safeParse(socket.deserializeAttachment()).data;
  }

  attach(socket: WebSocket, attachment: Attachment): void {
    socket.serializeAttachment(attachment);
  }

  pingedAt(socket: WebSocket): number | undefined {
    return this.#state.getWebSocketAutoResponseTimestamp(socket)?.getTime();
  }
}

function tagOf(whose: Whose): string {
  return 'userId' in whose ? `user:${whose.userId}` : `session:${whose.sessionId}`;
}
