import { useEffect, useMemo } from 'react';
import { USERS_WATCHED } from '../../../protocol/limits.ts';
import type { GroupClient } from '../../realtime/group-client.ts';

/** How long the same rows must be on the screen, ms: a list that is scrolled asks where it stops, and not on the way. */
const STILL_MS = 200;

/**
 * Watches the presence of the users whose rows exist, while the group is large. Returns what a row calls when it appears: that
 * returns what it calls when it disappears. Undefined in a small group, where everyone's presence is known.
 */
export function useWatchedRows(
  client: Pick<GroupClient, 'watchPresence'>,
  isLarge: boolean,
): ((userId: string) => () => void) | undefined {
  const rows = useMemo(() => (isLarge ? watchedRows(client) : undefined), [client, isLarge]);
  useEffect(() => rows?.end, [rows]);
  return rows?.watch;
}

function watchedRows(client: Pick<GroupClient, 'watchPresence'>) {
  const shown = new Set<string>();
  let watched: string[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;

  function send(userIds: string[]): void {
    clearTimeout(timer);
    if (userIds.length === watched.length && userIds.every((id, n) => id === watched[n])) return;
    watched = userIds;
    client.watchPresence(userIds);
  }

  function changed(): void {
    clearTimeout(timer);
    timer = setTimeout(() => send([...shown].slice(-USERS_WATCHED)), STILL_MS);
  }

  return {
    watch(userId: string): () => void {
      shown.add(userId);
      changed();
      return () => {
        shown.delete(userId);
        changed();
      };
    },
    /** The list is gone, and with it the last rows. */
    end: () => send([]),
  };
}
