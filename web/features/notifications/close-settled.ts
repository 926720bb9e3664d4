import * as z from 'zod/mini';
import { isSettled } from '../../../protocol/notifications.ts';
import type { InboxEntry } from '../../../protocol/rest.ts';
import { activeRegistration } from './registration.ts';

/** What a notification knows of its message (web/public/push-events.js writes it, too). */
const Shown = z.object({
  groupId: z.string(),
  seq: z.number(),
  parentId: z.optional(z.string()),
});

/** Closes the notifications of what was read here or elsewhere, deleted, or is in no group of mine any more. */
export async function closeSettled(groups: readonly InboxEntry[]): Promise<void> {
  const registration = await activeRegistration();
  for (const notification of (await registration?.getNotifications()) ?? []) {
    const { data: shown } = Shown.safeParse(notification.data);
    if (!shown) continue;
    const entry = groups.find(({ group }) => group.id === shown.groupId);
    if (!entry || isSettled(shown, entry)) notification.close();
  }
}
