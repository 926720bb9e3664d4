import * as z from 'zod/mini';
import { GroupId } from './ids.ts';
import { PUSH_ENDPOINT_CHARACTERS } from './limits.ts';
import { MessageNotification } from './notifications.ts';

/** Bytes in base64url without padding, as browsers write the keys of a subscription: `characters` of them. */
const base64Url = (characters: number) =>
  z.string().check(
    z.regex(new RegExp(`^[\\w-]{${characters}}$`), {
      error: `must be ${characters} characters of base64url without padding`,
    }),
  );

/** A push subscription as the browser's `PushSubscription.toJSON()` gives it: the body of `PUT /api/push/subscription`. */
export const PushSubscription = z.object({
  /** Where the browser's push service takes messages for this browser. */
  endpoint: z
    .string()
    .check(
      z.regex(/^https:\/\//, { error: 'must be an https address' }),
      z.maxLength(PUSH_ENDPOINT_CHARACTERS),
    ),
  keys: z.object({
    /** An uncompressed point on P-256: 65 bytes. */
    p256dh: base64Url(87),
    /** 16 bytes. */
    auth: base64Url(22),
  }),
});
export type PushSubscription = z.infer<typeof PushSubscription>;

/** Names a subscription of mine: the SHA-256 of its endpoint in base64url. */
export const PushSubscriptionId = base64Url(43);

/** How pushes to one browser fare: the answer of `GET` and `PUT /api/push/subscription`. */
export const PushHealth = z.object({
  id: PushSubscriptionId,
  /** When the push service last accepted a push, ms UTC. */
  deliveredAt: z.optional(z.int()),
  /** Why the last push failed, as a sentence; absent after a success. */
  failure: z.optional(z.string()),
});
export type PushHealth = z.infer<typeof PushHealth>;

/** The part of `GET /api/config` that pushes need. Without a key this server sends none. */
export const PushConfig = z.object({ vapidPublicKey: z.optional(z.string()) });
export type PushConfig = z.infer<typeof PushConfig>;

/** What the service worker gets with a push, encrypted on the way. `web/public/push-events.js` reads it. */
export const PushPayload = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('message'),
    notification: MessageNotification,
    /** Conversations of earlier pushes that were read since: their notifications are closed. */
    read: z.array(GroupId),
  }),
  z.object({ type: z.literal('test') }),
]);
export type PushPayload = z.infer<typeof PushPayload>;
