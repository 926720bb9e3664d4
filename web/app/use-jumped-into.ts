import { useEffect, useRef } from 'react';
import type { GroupView } from '../realtime/group-view.ts';
import type { Panel } from './use-panel.ts';

/** Shows the thread that a jump led into beside the timeline, unless it is `shown` already: that would be one more step back. */
export function useJumpedInto(
  view: Pick<GroupView, 'target' | 'thread'>,
  shown: string | undefined,
  open: (panel: Panel) => void,
): void {
  const jumpedInto = view.target && view.thread?.parentId;
  // Only a jump opens it: it must not come back when it is closed.
  const latest = useRef(shown);
  useEffect(() => {
    latest.current = shown;
  });
  useEffect(() => {
    if (jumpedInto === undefined || jumpedInto === latest.current) return;
    open({ type: 'thread', parentId: jumpedInto });
  }, [jumpedInto, open]);
}
