import { PING, PONG } from '../../protocol/limits.ts';
import { Attachment, isOpen, type Sockets } from './sockets.ts';

/** Sockets that stay open while the Room's memory is dropped, so that a quiet Room costs nothing. */
export class HibernatingSockets implements Sockets {
  readonly #state: DurableObjectState;
  /** The platform's list, cached until it changes: reading it costs as much as sending to a third of it. */
  #listed: WebSocket[] | undefined;
  /** Attachments, parsed once: every frame needs its sender's. */
  readonly #attachments = new WeakMap<WebSocket, Attachment>();

  constructor(state: DurableObjectState) {
    this.#state = state;
    state.setWebSocketAutoResponse(new WebSocketRequestResponsePair(PING, PONG));
  }

  accept(socket: WebSocket, attachment: Attachment): void {
    this.#state.acceptWebSocket(socket, [tagOf(attachment.userId)]);
    this.attach(socket, attachment);
    this.#listed = undefined;
  }

  forget(): void {
    this.#listed = undefined;
  }

  all(): readonly WebSocket[] {
    this.#listed ??= this.open();
    return this.#listed;
  }

  open(userId?: string): WebSocket[] {
    const tag = userId === undefined ? undefined : tagOf(userId);
    return this.#state.getWebSockets(tag).filter(isOpen);
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

function tagOf(userId: string): string {
  return `user:${userId}`;
}
