import { PING, PONG } from '../../protocol/limits.ts';
import { Attachment, isOpen, type RoomSockets, type Whose } from './room-sockets.ts';

/** Sockets that outlive the Room's memory: a Room that nobody talks in is dropped from it, and costs nothing. */
export class HibernatingSockets implements RoomSockets {
  readonly #state: DurableObjectState;
  /** The platform's own list, made anew when it changes: asking for it is as dear as sending to a third of it. */
  #listed: WebSocket[] | undefined;
  /** What sockets carry, read once: every frame asks whose it is. */
  readonly #attachments = new WeakMap<WebSocket, Attachment>();

  constructor(state: DurableObjectState) {
    this.#state = state;
    state.setWebSocketAutoResponse(new WebSocketRequestResponsePair(PING, PONG));
  }

  accept(socket: WebSocket, attachment: Attachment): void {
    const { userId, sessionId } = attachment;
    this.#state.acceptWebSocket(socket, [tagOf({ userId }), tagOf({ sessionId })]);
    this.attach(socket, attachment);
    this.#listed = undefined;
  }

  forget(): void {
    this.#listed = undefined;
  }

  all(): readonly WebSocket[] {
    this.#listed ??= this.#state.getWebSockets();
    return this.#listed;
  }

  open(whose?: Whose): WebSocket[] {
    const sockets = whose ? this.#state.getWebSockets(tagOf(whose)) : this.all();
    return sockets.filter(isOpen);
  }

  attachment(socket: WebSocket): Attachment | undefined {
    const known = this.#attachments.get(socket);
    if (known) return known;
    const { data } = Attachment.safeParse(socket.deserializeAttachment());
    if (data) this.#attachments.set(socket, data);
    return data;
  }

  attach(socket: WebSocket, attachment: Attachment): void {
    socket.serializeAttachment(attachment);
    this.#attachments.set(socket, attachment);
  }

  pingedAt(socket: WebSocket): number | undefined {
    return this.#state.getWebSocketAutoResponseTimestamp(socket)?.getTime();
  }
}

function tagOf(whose: Whose): string {
  return 'userId' in whose ? `user:${whose.userId}` : `session:${whose.sessionId}`;
}
