import { useRoute } from 'wouter';
import type { InboxConnection } from '../../realtime/inbox/open-inbox.ts';
import { classes } from '../../ui/classes.ts';
import { ConnectionBar } from './connection-bar.tsx';

/** Says on a page without a group that the connection is lost. Such a page loads it before it is needed. */
export function PageConnection({ connection }: { connection: InboxConnection }) {
  const [isHome] = useRoute('/');
  return (
    <div
      // Below the header, or below the list where that is the page.
      className={classes(
        'fixed inset-x-0 z-10 desktop:start-[260px]',
        isHome ? 'max-desktop:bottom-9 desktop:top-0' : 'top-14',
      )}
    >
      <ConnectionBar
        connection={connection.view}
        isReadOnly
        onReconnect={() => connection.reconnect()}
      />
    </div>
  );
}
