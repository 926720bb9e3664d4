import { useEffect, useSyncExternalStore } from 'react';
import type { renderMarkdown } from './render-markdown.tsx';

/** What turns Markdown into elements, once it is loaded. */
export type Renderer = typeof renderMarkdown;

const listeners = new Set<() => void>();
let renderer: Renderer | undefined;
let loading: Promise<void> | undefined;

/**
 * The renderer of Markdown, undefined until it is there. It is a third of what the timeline weighs, and most messages
 * are plain text: so it is loaded when the first one `isNeeded` for, and tried again by the next if the network is away.
 */
export function useRenderer(isNeeded: boolean): Renderer | undefined {
  useEffect(() => {
    if (isNeeded) void load();
  }, [isNeeded]);
  return useSyncExternalStore(subscribe, () => renderer);
}

/** Loads the renderer; settles when it is there or could not be had. */
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
