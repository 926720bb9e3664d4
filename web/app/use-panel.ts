import { useMemo } from 'react';
import { useSearch } from 'wouter';
import { navigate } from 'wouter/use-browser-location';

/** What stands beside the timeline. */
export type Panel =
  | { type: 'details' }
  | { type: 'threads' }
  | { type: 'pins' }
  | { type: 'thread'; parentId: string };

const PANEL = 'panel';
const THREAD = 'thread';
const SIMPLE = ['details', 'threads', 'pins'] as const;
/** Marks the step of the browser's history that opened the panel. */
const OPENED_HERE = 'panel-opened';

/** The panel that the address names, so that it survives a reload and a phone's back gesture closes it. */
export function usePanel(): {
  panel: Panel | undefined;
  open(panel: Panel): void;
  close(): void;
} {
  const search = new URLSearchParams(useSearch());
  const thread = search.get(THREAD);
  const simple = SIMPLE.find((type) => type === search.get(PANEL));
  const panel = useMemo((): Panel | undefined => {
    if (thread !== null) return { type: 'thread', parentId: thread };
    return simple && { type: simple };
  }, [thread, simple]);
  return { panel, open, close };
}

function open(panel: Panel): void {
  const params = panel.type === 'thread' ? { [THREAD]: panel.parentId } : { [PANEL]: panel.type };
  // From one panel to another is no step of its own: going back leads to the timeline.
  const replace = history.state === OPENED_HERE;
  const path = `${location.pathname}?${new URLSearchParams(params)}`;
  navigate(path, { state: OPENED_HERE, replace });
}

function close(): void {
  // Closing what was opened here is going back, so that a phone's back gesture does not open it again.
  if (history.state === OPENED_HERE) history.back();
  else navigate(location.pathname, { replace: true });
}
