import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { MessageNotification } from '../../protocol/notifications.ts';
import type { InboxEntry } from '../../protocol/rest.ts';
import { applyToGroups } from '../realtime/inbox/apply-to-groups.ts';
import { type InboxConnection, openInbox } from '../realtime/inbox/open-inbox.ts';
import { useSignedIn } from '../session/use-session.ts';
import { forgetThreadsOf } from './forget-threads.ts';
import { keys } from './keys.ts';
import { type MyGroups, useMyGroups } from './my-groups.ts';
import { applyToPresence, forgetPresence } from './presence.ts';
import { overwrite } from './queries.ts';

/** Without my own socket, what is new in my groups shows within this time, while the page is visible. */
const REFETCH_EVERY_MS = 60_000;

/**
 * Keeps my groups and my profile up to date over my own socket and, while that is not live, by requests. Calls `told` with
 * what has just been written that notifies me, and with my groups as they are then; it must always be the same function.
 * Returns the connection, once it was opened.
 */
export function useInbox(
  told: (
    written: readonly MessageNotification[],
    groups: readonly InboxEntry[],
  ) => Promise<unknown>,
): InboxConnection | undefined {
  const queries = useQueryClient();
  // The session of an earlier visit passes on to that of this one: a new connection would gain nothing.
  const [session] = useState(useSignedIn());
  const [isLive, setLive] = useState(false);
  const [connection, setConnection] = useState<InboxConnection>();
  useMyGroups(!isLive && REFETCH_EVERY_MS);
  useEffect(() => {
    // One after the other: each waits until a request in flight is cancelled.
    let applied = Promise.resolve();
    const close = openInbox({
      session,
      received(events) {
        applied = applied.then(async () => {
          // What is cancelled is not sent again: its answer has nothing that the events do not bring.
          await overwrite<MyGroups>(queries, keys.myGroups(), (before) => ({
            items: events.reduce(applyToGroups, before?.items ?? []),
          }));
          const groups = queries.getQueryData<MyGroups>(keys.myGroups())?.items ?? [];
          for (const event of events) {
            applyToPresence(queries, event);
            if (event.type === 'inbox_remove')
              forgetThreadsOf(queries, session.userId, event.groupId);
            if ('settings' in event) {
              await overwrite(queries, keys.settings(), () => event.settings);
            }
            if ('user' in event) {
              await overwrite(queries, keys.me(), () => event.user);
            }
          }
          const written = events.flatMap((event) =>
            event.type === 'notification' ? event.notification : [],
          );
          told(written, groups).catch((error: unknown) => {
            console.warn('A notification could not be shown:', error);
          });
        });
      },
      changed(live, now) {
        setLive(live);
        setConnection(now);
        if (!live) forgetPresence(queries);
        // What arrives by itself is not fetched again when the window is focused.
        const fresh = live ? { staleTime: Number.POSITIVE_INFINITY } : {};
        for (const key of [keys.myGroups(), keys.me()]) queries.setQueryDefaults(key, fresh);
      },
    });
    return close;
  }, [queries, session, told]);
  return connection;
}
