import * as z from 'zod/mini';
import type { MessageNotification } from '../../../protocol/notifications.ts';
import { currentChoices } from './device-choices.ts';
import { isOnScreen } from './on-screen.ts';
import { playSound } from './play-sound.ts';
import { activeRegistration, canNotify } from './registration.ts';

/** One page at a time decides: all of them hear of the same message. */
const LOCK = 'edgewise.notify';
/** The messages that were shown lately, for all pages of this browser. */
const SHOWN = 'edgewise.notified';
const SHOWN_AT_MOST = 50;

/** Shows a message outside of the page, once for all open pages. */
export async function showNotification(notification: MessageNotification): Promise<void> {
  if (!canNotify()) return;
  await navigator.locks.request(LOCK, async () => {
    if (!(await mayDisturb(notification)) || !isFirst(notification.messageId)) return;
    const registration = await activeRegistration();
    if (!registration) return;
    const { groupId, messageId, seq, parentId, title, body } = notification;
    await registration.showNotification(title, {
      icon: '/icon-192.png',
      badge: '/badge-96.png',
      body,
      tag: groupId,
      silent: true,
      data: { groupId, seq, parentId, path: `/g/${groupId}/m/${messageId}` },
    });
    if (currentChoices().hasSound) await playSound();
  });
}

/** Whether this message may be shown outside of the page now. All that could forbid it is asked here. */
async function mayDisturb(notification: MessageNotification): Promise<boolean> {
  if (Notification.permission !== 'granted' || !currentChoices().isOn) return false;
  return !(await isOnScreen(notification));
}

/** Whether no page has shown this message yet; from now on one has. */
function isFirst(messageId: string): boolean {
  try {
    const shown = z.array(z.string()).parse(JSON.parse(localStorage.getItem(SHOWN) ?? '[]'));
    if (shown.includes(messageId)) return false;
    localStorage.setItem(SHOWN, JSON.stringify([messageId, ...shown].slice(0, SHOWN_AT_MOST)));
  } catch {
    // Without storage, pages may show it more than once; the tag makes them one.
  }
  return true;
}

/** Forgets which messages were shown. */
export function forgetShown(): void {
  localStorage.removeItem(SHOWN);
}
