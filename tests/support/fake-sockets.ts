import type { Attachment, Sockets } from '../../worker/sockets/sockets.ts';

/** A socket that records what happens to it. The platform's own exists only inside workerd. */
export class FakeSocket extends EventTarget {
  readonly sent: unknown[] = [];
  closedWith: number | undefined;
  pingedAt: number | undefined;

  get readyState(): number {
    return this.closedWith === undefined ? WebSocket.OPEN : WebSocket.CLOSING;
  }

  send(text: string): void {
    if (this.closedWith !== undefined) throw new TypeError('this socket is closed');
    this.sent.push(...JSON.parse(text));
  }

  close(code: number): void {
    this.closedWith ??= code;
  }
}

/** Sockets in the order in which they connected. */
export function fakeSockets(): Sockets & { add(attachment: Attachment): FakeSocket } {
  const attachments = new Map<unknown, Attachment>();
  const open = (userId?: string) =>
    [...attachments].flatMap(([socket, attachment]) =>
      socket instanceof FakeSocket &&
      socket.closedWith === undefined &&
      (userId ?? attachment.userId) === attachment.userId
        ? [asPlatform(socket)]
        : [],
    );
  return {
    add(attachment) {
      const socket = new FakeSocket();
      attachments.set(socket, attachment);
      return socket;
    },
    accept: (socket, attachment) => void attachments.set(socket, attachment),
    forget: () => undefined,
    all: () => open(),
    open,
    attachment: (socket) => attachments.get(socket),
    attach: (socket, attachment) => void attachments.set(socket, attachment),
    pingedAt: (socket: unknown) => (socket instanceof FakeSocket ? socket.pingedAt : undefined),
  };
}

/** A fake socket as the platform's type, of which the Room uses only what the fake has. */
export function asPlatform(socket: FakeSocket): WebSocket {
  return socket as EventTarget as WebSocket;
}
