import { useEffect } from 'react';
import { useInbox } from '../api/inbox.ts';
import { useMyGroups } from '../api/my-groups.ts';
import { countMentions, type ListMoment } from '../features/groups/listed-group.ts';
import { useTitleCount } from './use-title.ts';

/**
 * Keeps my groups up to date, and shows how often I am mentioned in the title of the tab and on the icon of the installed
 * app. Loads after the first frame of a group, whose own connection comes first.
 */
export function Inbox({ moment }: { moment: ListMoment }) {
  useInbox();
  const count = countMentions(useMyGroups().data ?? [], moment);
  useTitleCount(count);
  useAppBadge(count);
  return null;
}

function useAppBadge(count: number): void {
  useEffect(() => {
    if (!('setAppBadge' in navigator)) return;
    // 0 removes it. A page that is not installed may be refused.
    navigator.setAppBadge(count).catch(() => undefined);
    return () => void navigator.clearAppBadge().catch(() => undefined);
  }, [count]);
}
