import { type ComponentProps, lazy, useEffect, useState } from 'react';
import { Late } from '../../ui/overlays/late.tsx';
import { useHasNetwork } from '../../ui/use-has-network.ts';

/** Loads what the bar shows. The page does it after its first frame: without a network it would be too late. */
export const loadLostConnection = () =>
  import('./lost-connection.tsx').then((file) => ({ default: file.LostConnection }));
const LostConnection = lazy(loadLostConnection);

/** A shorter break is not shown. */
const QUIET_MS = 2_000;

/** Says that the connection is lost, over the top of the timeline, so that nothing moves. Reading and writing continue. */
export function ConnectionBar(lost: ComponentProps<typeof LostConnection>) {
  const hasNetwork = useHasNetwork();
  const isLost = useLasting(lost.connection.state !== 'live' || !hasNetwork, QUIET_MS);
  return (
    <div className="relative z-10" role="status">
      {isLost && (
        <Late>
          <LostConnection {...lost} />
        </Late>
      )}
    </div>
  );
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
