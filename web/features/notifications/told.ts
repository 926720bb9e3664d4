import type { MessageNotification } from '../../../protocol/notifications.ts';
import type { InboxEntry } from '../../../protocol/rest.ts';
import { maybeAsk } from './asking.ts';
import { closeSettled } from './close-settled.ts';
import { canNotify } from './registration.ts';
import { showNotification } from './show-notification.ts';

/** These messages have just been written, and these are my groups now: shows what notifies me, and closes what is read. */
export async function told(
  written: readonly MessageNotification[],
  groups: readonly InboxEntry[],
): Promise<void> {
  if (!canNotify()) return;
  await closeSettled(groups);
  for (const notification of written) {
    maybeAsk(notification);
    await showNotification(notification);
  }
}
