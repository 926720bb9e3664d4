import * as z from 'zod/mini';
import { PresentState } from '../../protocol/models.ts';

/** What is attached to a socket, and survives hibernation. Times are ms UTC. */
export const Attachment = z.object({
  userId: z.string(),
  sessionId: z.string(),
  connectedAt: z.int(),
  leaseUntil: z.int(),
  /** The state that the client reports. Absent in sockets that were opened by an earlier version. */
  activity: z._default(PresentState, 'online'),
  /** How many numbered events the socket was sent. Only an Inbox numbers its events. */
  sent: z._default(z.int(), 0),
  /** The users whose presence the client watches. Only a Room knows of them. */
  watching: z.optional(z.array(z.string())),
});
export type Attachment = z.infer<typeof Attachment>;

/** Sockets of one kind: hibernating, or held in memory. */
export interface Sockets {
  accept(socket: WebSocket, attachment: Attachment): void;
  /** Removes a socket that has closed or is about to be closed. */
  forget(socket: WebSocket): void;
  /** Sockets that were open a moment ago. Sending to some may fail. */
  all(): readonly WebSocket[];
  /** The open sockets of everyone, or of one user. */
  open(userId?: string): WebSocket[];
  /** The attachment of a socket; undefined for a socket of another kind. */
  attachment(socket: WebSocket): Attachment | undefined;
  attach(socket: WebSocket, attachment: Attachment): void;
  /** When the client last pinged, ms UTC; undefined before the first ping. */
  pingedAt(socket: WebSocket): number | undefined;
}

/** False for a socket that is closing. The platform still lists such sockets, and sending to one throws. */
export function isOpen(socket: WebSocket): boolean {
  return socket.readyState === WebSocket.OPEN;
}
