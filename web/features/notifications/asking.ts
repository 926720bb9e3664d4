import { useSyncExternalStore } from 'react';
import type { MessageNotification } from '../../../protocol/notifications.ts';
import { currentChoices, useChoices } from './device-choices.ts';
import { canNotify } from './registration.ts';

const listeners = new Set<() => void>();
let hasReason = false;

/** The first message to the user themselves is the reason to ask for the permission, never the opening of the page. */
export function maybeAsk({ reason }: MessageNotification): void {
  if (hasReason || reason === 'message' || !canNotify()) return;
  if (Notification.permission !== 'default' || currentChoices().wasAsked) return;
  hasReason = true;
  for (const listener of listeners) listener();
}

/** Whether the page asks now if notifications should be turned on. */
export function useAsks(): boolean {
  const { wasAsked } = useChoices();
  const has = useSyncExternalStore(subscribe, () => hasReason);
  return has && !wasAsked;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
