import { useMemo } from 'react';
import { useSearch } from 'wouter';
import { navigate } from 'wouter/use-browser-location';

/** The panel beside the timeline. */
export type Panel =
  | { type: 'details' }
  | { type: 'threads' }
  | { type: 'pins' }
  | { type: 'files' }
  | { type: 'thread'; parentId: string };

const PANEL = 'panel';
const THREAD = 'thread';
const SIMPLE = ['details', 'threads', 'pins', 'files'] as const;
/** The history state of the entry that opened a panel. */
const OPENED_HERE = 'panel-opened';

/** The open panel. It is part of the address, so that it survives a reload and a phone's back gesture closes it. */
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
  // Going from one panel to another replaces the entry, so that going back leads to the timeline.
  const replace = history.state === OPENED_HERE;
  const path = `${location.pathname}?${new URLSearchParams(params)}`;
  navigate(path, { state: OPENED_HERE, replace });
}

function close(): void {
  // Closing goes back if the panel was opened here, so that a phone's back gesture does not open it again.
  if (history.state === OPENED_HERE) history.back();
  else navigate(location.pathname, { replace: true });
}
