import { useEffect, useSyncExternalStore } from 'react';
import type { renderMarkdown } from './render-markdown.tsx';

/** Renders Markdown to elements. */
export type Renderer = typeof renderMarkdown;

const listeners = new Set<() => void>();
let renderer: Renderer | undefined;
let loading: Promise<void> | undefined;

/**
 * The Markdown renderer, undefined until it is loaded. It is a third of the code of the timeline, and most messages are
 * plain text: it loads when a message first needs it (`isNeeded`). After a failure the next message loads it again.
 */
export function useRenderer(isNeeded: boolean): Renderer | undefined {
  useEffect(() => {
    if (isNeeded) void load();
  }, [isNeeded]);
  return useSyncExternalStore(subscribe, () => renderer);
}

/** Loads the renderer; resolves after a failure, too. */
export function load(): Promise<void> {
  loading ??= import('./render-markdown.tsx').then(
    (file) => {
      renderer = file.renderMarkdown;
      for (const listener of listeners) listener();
    },
    () => {
      loading = undefined;
    },
  );
  return loading;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
