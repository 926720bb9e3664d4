import { RotateCw, WifiOff } from 'lucide-react';
import { useEffect, useState } from 'react';
import { assertNever } from '../../../protocol/assert-never.ts';
import type { ConnectionView } from '../../realtime/group-view.ts';
import { useHasNetwork } from '../../ui/use-has-network.ts';
import { sinceOf } from '../../ui/words/moment.ts';

/** A shorter break is not shown. */
const QUIET_MS = 2_000;

/** Says that the connection is lost, over the top of the timeline, so that nothing moves. Reading and writing continue. */
export function ConnectionBar({
  connection,
  onReconnect,
}: {
  connection: ConnectionView;
  onReconnect: () => void;
}) {
  const hasNetwork = useHasNetwork();
  const isLost = useLasting(connection.state !== 'live' || !hasNetwork, QUIET_MS);
  return (
    <div className="relative z-10" role="status">
      {isLost && <LostConnection connection={connection} onReconnect={onReconnect} />}
    </div>
  );
}

/** The state of a connection that is lost, and, once the client only waits, a button to reconnect. */
function LostConnection({
  connection,
  onReconnect,
}: {
  connection: ConnectionView;
  onReconnect: () => void;
}) {
  return (
    <div className="absolute inset-x-0 top-0 flex min-h-9 py-1.5 animate-fade items-center gap-2 bg-warning-tint px-(--row-gutter) text-secondary text-warning">
      {connection.state === 'offline' ? (
        <WifiOff aria-hidden="true" className="shrink-0" size={14} />
      ) : (
        <RotateCw aria-hidden="true" className="shrink-0 motion-safe:animate-spin" size={14} />
      )}
      <p className="flex-1">{sentence(connection)}</p>
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

function sentence(connection: ConnectionView): string {
  switch (connection.state) {
    case 'connecting':
      return 'Connecting…';
    case 'reconnecting':
    case 'live':
      // Without a network a socket does not notice yet that it is closed.
      return 'Reconnecting…';
    case 'offline':
      return `Offline, as of ${sinceOf(connection.since, Date.now())}. What you write is sent when you are back.`;
    default:
      return assertNever(connection);
  }
}

/** True once `isSo` has been true for `ms` without a break; false at once when it is false. */
function useLasting(isSo: boolean, ms: number): boolean {
  const [lasts, setLasts] = useState(false);
  useEffect(() => {
    if (!isSo) return;
    const timer = setTimeout(() => setLasts(true), ms);
    return () => {
      clearTimeout(timer);
      setLasts(false);
    };
  }, [isSo, ms]);
  return isSo && lasts;
}
