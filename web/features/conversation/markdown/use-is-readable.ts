import { useEffect, useState } from 'react';
import type { TimelineRow } from '../../../realtime/group-view.ts';
import { hasMarkdown } from './plain-text.tsx';
import { load, useRenderer } from './renderer.ts';

/**
 * Whether messages can be rendered: true at once for plain text, else when the Markdown renderer is loaded or has failed to
 * load. A timeline waits for it once, so that it does not show the marks of Markdown first.
 */
export function useIsReadable(rows: readonly TimelineRow[]): boolean {
  const renderer = useRenderer(false);
  const [isReadable, setReadable] = useState(false);
  const waits = !isReadable && !renderer && rows.some(isMarkdown);
  // Once true it stays true, whatever arrives later.
  if (!isReadable && !waits && rows.length > 0) setReadable(true);
  useEffect(() => {
    if (waits) void load().then(() => setReadable(true));
  }, [waits]);
  return !waits;
}

function isMarkdown(row: TimelineRow): boolean {
  return hasMarkdown(row.state === 'sent' ? row.message.content : row.content);
}
