import { RotateCw, WifiOff } from 'lucide-react';
import { assertNever } from '../../../protocol/assert-never.ts';
import { restoredPercent } from '../../../protocol/restoring.ts';
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
  const percent = percentOf(connection);
  // A group that is being restored says itself when to come back.
  const isOffline = connection.state === 'offline' && percent === undefined;
  return (
    <div className="absolute inset-x-0 top-0 flex min-h-9 py-1.5 animate-fade items-center gap-2 bg-warning-tint px-(--row-gutter) text-secondary text-warning">
      {isOffline ? (
        <WifiOff aria-hidden="true" className="shrink-0" size={14} />
      ) : (
        <RotateCw aria-hidden="true" className="shrink-0 motion-safe:animate-spin" size={14} />
      )}
      <p className="flex-1">
        {percent === undefined ? sentence(connection, isReadOnly) : restoring(percent)}
      </p>
      {isOffline && (
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

/** How much of the group the server has restored; undefined unless it is doing that. */
function percentOf(connection: ConnectionView): number | undefined {
  if (connection.state === 'live' || connection.reason === undefined) return undefined;
  return restoredPercent(connection.reason);
}

function restoring(percent: number): string {
  return `Restoring this group, ${percent} %. What you write is sent when it is done.`;
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
