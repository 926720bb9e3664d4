import { useSyncExternalStore } from 'react';
import type { RoomClient } from '../../realtime/room-view.ts';

/** How long a deletion can be taken back (behaviour: "Sending"). */
const UNDO_MS = 5_000;

interface Deletion {
  client: Pick<RoomClient, 'remove'>;
  timer: ReturnType<typeof setTimeout>;
}

const pending = new Map<string, Deletion>();
const listeners = new Set<() => void>();
let ids: readonly string[] = [];

// What was deleted is deleted, also if the page goes before the time to take it back is over.
if (typeof window !== 'undefined') window.addEventListener('pagehide', deleteNow);

/** Hides a message and deletes it in a while, unless it is taken back. */
export function deleteSoon(client: Pick<RoomClient, 'remove'>, id: string): void {
  if (pending.has(id)) return;
  pending.set(id, { client, timer: setTimeout(() => settle(id), UNDO_MS) });
  tell();
}

/** Takes a deletion back. */
export function undoDeletion(id: string): void {
  clearTimeout(pending.get(id)?.timer);
  pending.delete(id);
  tell();
}

/** The messages that are about to be deleted, in the order in which that was asked for. */
export function useDeletions(): readonly string[] {
  return useSyncExternalStore(subscribe, () => ids);
}

function deleteNow(): void {
  for (const id of pending.keys()) settle(id);
}

function settle(id: string): void {
  const deletion = pending.get(id);
  if (!deletion) return;
  clearTimeout(deletion.timer);
  deletion.client.remove(id);
  pending.delete(id);
  tell();
}

function tell(): void {
  ids = [...pending.keys()];
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
