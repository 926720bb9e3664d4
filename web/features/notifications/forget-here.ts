import { endPushesHere } from './push-here.ts';
import { activeRegistration } from './registration.ts';
import { forgetShown } from './show-notification.ts';

/** Ends the pushes to this browser, and closes what it shows: the user signs out. Loads late: most visits end otherwise. */
export async function forgetHere(): Promise<void> {
  forgetShown();
  const registration = await activeRegistration();
  for (const notification of (await registration?.getNotifications()) ?? []) notification.close();
  await endPushesHere();
}
