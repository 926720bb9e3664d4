import { useEffect, useState } from 'react';
import type { TimelineRow } from '../../../realtime/group-view.ts';
import { hasMarkdown } from './plain-text.tsx';
import { load, useRenderer } from './renderer.ts';

/**
 * Whether rows can be shown as they are meant: true at once for plain text, else when the renderer is there or cannot be
 * had. A timeline waits for it once, so that nobody sees the marks turn into what they mean.
 */
export function useIsReadable(rows: readonly TimelineRow[]): boolean {
  const renderer = useRenderer(false);
  const [isReadable, setReadable] = useState(false);
  const waits = !isReadable && !renderer && rows.some(isMarkdown);
  // Once shown it stays shown, whatever arrives later.
  if (!isReadable && !waits && rows.length > 0) setReadable(true);
  useEffect(() => {
    if (waits) void load().then(() => setReadable(true));
  }, [waits]);
  return !waits;
}

function isMarkdown(row: TimelineRow): boolean {
  return hasMarkdown(row.state === 'sent' ? row.message.content : row.content);
}
