import type { RoomRpc } from './room/room-rpc.ts';

/** The bindings and vars of `wrangler.toml`, and the secrets that a deployment sets. */
export interface Env {
  ASSETS: Fetcher;
  DB: D1Database;
  FILES: R2Bucket;
  IMAGES: ImagesBinding;
  ROOM: DurableObjectNamespace<RoomRpc & Rpc.DurableObjectBranded>;
  REST_LIMIT: RateLimit;

  /** User ids or verified addresses of the deployment's admins, separated by commas. */
  ADMINS?: string;
  LIMIT_FRAMES_BURST?: string;
  LIMIT_FRAMES_PER_SECOND?: string;
  /** All frames of one Room together. */
  LIMIT_ROOM_FRAMES_PER_SECOND?: string;
  /** From so many on it holds its sockets in memory. */
  ROOM_HOT_FRAMES_PER_SECOND?: string;
  /** How long a socket lives without a fresh token, ms. */
  SOCKET_LEASE_MS?: string;

  CLERK_PUBLISHABLE_KEY?: string;
  /** The PEM public key that session tokens are verified with. */
  CLERK_JWT_KEY?: string;
  CLERK_SECRET_KEY?: string;
  CLERK_WEBHOOK_SIGNING_SECRET?: string;
  /** Our own origins, separated by commas. */
  CLERK_AUTHORIZED_PARTIES?: string;
}
