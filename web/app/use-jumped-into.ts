import { useEffect, useRef } from 'react';
import type { GroupView } from '../realtime/group-view.ts';
import type { Panel } from './use-panel.ts';

/** Opens the panel of the thread that a jump leads to. One that is `shown` already would add a step to the history. */
export function useJumpedInto(
  view: Pick<GroupView, 'target' | 'thread'>,
  shown: string | undefined,
  open: (panel: Panel) => void,
): void {
  const jumpedInto = view.target && view.thread?.parentId;
  // Only a jump opens it: a change of `shown`, such as closing it, must not.
  const latest = useRef(shown);
  useEffect(() => {
    latest.current = shown;
  });
  useEffect(() => {
    if (jumpedInto === undefined || jumpedInto === latest.current) return;
    open({ type: 'thread', parentId: jumpedInto });
  }, [jumpedInto, open]);
}
