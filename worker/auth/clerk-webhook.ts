import * as z from 'zod/mini';
import { UserId } from '../../protocol/ids.ts';
import { ClerkUser } from './clerk-user.ts';

const Deleted = z.object({ id: UserId });
const Session = z.object({ id: z.string(), user_id: UserId });

/** The events of Clerk that Edgewise handles (https://clerk.com/docs/guides/development/webhooks/overview). */
export const ClerkWebhook = z.discriminatedUnion('type', [
  z.object({ type: z.literal('user.created'), data: ClerkUser }),
  z.object({ type: z.literal('user.updated'), data: ClerkUser }),
  z.object({ type: z.literal('user.deleted'), data: Deleted }),
  z.object({ type: z.literal('session.ended'), data: Session }),
  z.object({ type: z.literal('session.removed'), data: Session }),
  z.object({ type: z.literal('session.revoked'), data: Session }),
]);
export type ClerkWebhook = z.infer<typeof ClerkWebhook>;

/** Whether Edgewise handles events of this type. Clerk may send others. */
export function isHandled(type: string): boolean {
  return ClerkWebhook.def.options.some((option) =>
    option.shape.type.def.values.some((known) => known === type),
  );
}
