import type { InboxRpc } from './inbox/inbox-rpc.ts';
import type { RoomRpc } from './room/room-rpc.ts';
import type { UploadRpc } from './upload/upload-rpc.ts';

/** The bindings and vars of `wrangler.toml`, and the secrets of a deployment. */
export interface Env {
  ASSETS: Fetcher;
  DB: D1Database;
  FILES: R2Bucket;
  IMAGES: ImagesBinding;
  ROOM: DurableObjectNamespace<RoomRpc & Rpc.DurableObjectBranded>;
  INBOX: DurableObjectNamespace<InboxRpc & Rpc.DurableObjectBranded>;
  UPLOAD: DurableObjectNamespace<UploadRpc & Rpc.DurableObjectBranded>;
  REST_LIMIT: RateLimit;
  INVITE_LIMIT: RateLimit;

  /** The deployment's admins: user ids or verified e-mail addresses, separated by commas. */
  ADMINS?: string;
  LIMIT_FRAMES_BURST?: string;
  LIMIT_FRAMES_PER_SECOND?: string;
  /** The rate limit of all frames in one Room. */
  LIMIT_ROOM_FRAMES_PER_SECOND?: string;
  /** People whom a user may add to groups in an hour. */
  LIMIT_PEOPLE_ADDED_PER_HOUR?: string;
  /** Named groups, and direct groups, that a user may create in an hour. */
  LIMIT_GROUPS_PER_HOUR?: string;
  LIMIT_DIRECT_GROUPS_PER_HOUR?: string;
  /** How often a user may change their own profile in an hour. */
  LIMIT_PROFILE_CHANGES_PER_HOUR?: string;
  /** How often a user may join the same group by themselves in an hour. */
  LIMIT_JOINS_PER_HOUR?: string;
  /** Invitations that a user may make in an hour. */
  LIMIT_INVITES_PER_HOUR?: string;
  /** Bytes that all files of a user may take. */
  LIMIT_STORAGE_PER_USER?: string;
  /** The rate at which a Room becomes hot and holds sockets in memory. */
  ROOM_HOT_FRAMES_PER_SECOND?: string;
  /** The lease of a socket, ms. */
  SOCKET_LEASE_MS?: string;
  /** How long a Room collects read cursors before it stores them, ms. */
  ROOM_COLLECT_CURSORS_MS?: string;
  /** How long after it was busy a Room settles, ms. */
  ROOM_SETTLE_MS?: string;

  /** How long a message must be unread before it is pushed, ms. */
  PUSH_AFTER_MS?: string;
  /** Hosts of push services besides those of the usual browsers, separated by commas. */
  PUSH_SERVICES?: string;
  /** The keys that `npm run vapid` prints. Without all three, this deployment sends no pushes. */
  VAPID_PUBLIC_KEY?: string;
  VAPID_PRIVATE_KEY?: string;
  /** `mailto:…` or `https://…`: whom push services write to. */
  VAPID_SUBJECT?: string;

  CLERK_PUBLISHABLE_KEY?: string;
  /** The public key that verifies session tokens, PEM. */
  CLERK_JWT_KEY?: string;
  CLERK_SECRET_KEY?: string;
  CLERK_WEBHOOK_SIGNING_SECRET?: string;
  /** The deployment's own origins, separated by commas. */
  CLERK_AUTHORIZED_PARTIES?: string;
}
