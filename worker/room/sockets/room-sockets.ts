import * as z from 'zod/mini';

/** What a socket carries with it, also through hibernation. */
export const Attachment = z.object({
  userId: z.string(),
  sessionId: z.string(),
  connectedAt: z.int(),
  leaseUntil: z.int(),
  /** What the client says of its user: absent in sockets that were opened by an earlier version. */
  activity: z._default(z.enum(['online', 'away']), 'online'),
});
export type Attachment = z.infer<typeof Attachment>;

/** Sockets of one kind: those that hibernate, or those that are held in memory. */
export interface RoomSockets {
  accept(socket: WebSocket, attachment: Attachment): void;
  /** One of them has closed, or is about to be. */
  forget(socket: WebSocket): void;
  /** Those that were open a moment ago: some may not take anything any more. */
  all(): readonly WebSocket[];
  /** The open ones: everyone's, or one user's. */
  open(userId?: string): WebSocket[];
  /** What the socket carries; undefined for one of another kind. */
  attachment(socket: WebSocket): Attachment | undefined;
  attach(socket: WebSocket, attachment: Attachment): void;
  /** When the client's keep-alive came last; undefined before the first. */
  pingedAt(socket: WebSocket): number | undefined;
}

/** The platform, too, goes on listing sockets that are closing; sending to one of those throws. */
export function isOpen(socket: WebSocket): boolean {
  return socket.readyState === WebSocket.OPEN;
}
