import { useEffect, useSyncExternalStore } from 'react';
import { useLocation } from 'wouter';
import { putOnScreen } from '../features/notifications/on-screen.ts';
import { DESKTOP, useMedia } from '../ui/use-media.ts';
import { usePanel } from './use-panel.ts';

const GROUP = /^\/g\/([^/]+)/;

/** Says to all pages of this browser which timeline and which thread this one shows, while it is visible. */
export function useOnScreen(): void {
  const [path] = useLocation();
  const { panel } = usePanel();
  const isDesktop = useMedia(DESKTOP);
  const isVisible = useVisible();
  const groupId = isVisible ? GROUP.exec(path)?.[1] : undefined;
  const thread = panel?.type === 'thread' ? panel.parentId : undefined;
  // On a phone a panel covers the timeline.
  const isTimelineShown = isDesktop || !panel;
  useEffect(() => {
    if (groupId === undefined) return;
    const leave = [
      ...(isTimelineShown ? [putOnScreen(groupId)] : []),
      ...(thread === undefined ? [] : [putOnScreen(groupId, thread)]),
    ];
    return () => {
      for (const it of leave) it();
    };
  }, [groupId, thread, isTimelineShown]);
}

function useVisible(): boolean {
  return useSyncExternalStore(onVisibilityChange, () => !document.hidden);
}

function onVisibilityChange(changed: () => void): () => void {
  document.addEventListener('visibilitychange', changed);
  return () => document.removeEventListener('visibilitychange', changed);
}
