import { RotateCw, WifiOff } from 'lucide-react';
import { assertNever } from '../../../protocol/assert-never.ts';
import type { ConnectionView } from '../../realtime/group-view.ts';
import { sinceOf } from '../../ui/words/moment.ts';

/** The state of a connection that is lost, and, once the client only waits, a button to reconnect. */
export function LostConnection({
  connection,
  isReadOnly = false,
  onReconnect,
}: {
  connection: ConnectionView;
  /** Nothing is written here that would be sent later. */
  isReadOnly?: boolean;
  onReconnect: () => void;
}) {
  return (
    <div className="absolute inset-x-0 top-0 flex min-h-9 py-1.5 animate-fade items-center gap-2 bg-warning-tint px-(--row-gutter) text-secondary text-warning">
      {connection.state === 'offline' ? (
        <WifiOff aria-hidden="true" className="shrink-0" size={14} />
      ) : (
        <RotateCw aria-hidden="true" className="shrink-0 motion-safe:animate-spin" size={14} />
      )}
      <p className="flex-1">{sentence(connection, isReadOnly)}</p>
      {connection.state === 'offline' && (
        <button
          className="min-h-7 shrink-0 rounded-small px-2 font-semibold underline-offset-2 hover:underline"
          onClick={onReconnect}
          type="button"
        >
          Reconnect now
        </button>
      )}
    </div>
  );
}

function sentence(connection: ConnectionView, isReadOnly: boolean): string {
  switch (connection.state) {
    case 'connecting':
      return 'Connecting…';
    case 'reconnecting':
    case 'live':
      // Without a network a socket does not notice yet that it is closed.
      return 'Reconnecting…';
    case 'offline': {
      const since = `Offline, as of ${sinceOf(connection.since, Date.now())}.`;
      return isReadOnly ? since : `${since} What you write is sent when you are back.`;
    }
    default:
      return assertNever(connection);
  }
}
