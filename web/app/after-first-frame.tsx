import { useEffect } from 'react';
import type { InboxEntry } from '../../protocol/rest.ts';
import { useInbox } from '../api/inbox.ts';
import { loadUnsentChoice } from '../features/conversation/message/unsent-notice.tsx';
import { countMentions, type ListMoment } from '../features/groups/listed-group.ts';
import { loadLostConnection } from '../features/status/connection-bar.tsx';
import { useGroupKeys } from './use-group-keys.ts';
import { useTitleCount } from './use-title.ts';

/**
 * What a page does after the first frame of a group, whose own connection comes first: keeps my groups up to date, shows how
 * often I am mentioned in the title of the tab and on the icon of the installed app, handles the keys that lead to other
 * groups, and loads what is shown without a network.
 */
export function AfterFirstFrame({
  groups = [],
  moment,
}: {
  /** Of the same render as `moment`: newer groups would count what is about to be read. */
  groups: readonly InboxEntry[] | undefined;
  moment: ListMoment;
}) {
  useInbox();
  useOfflineParts();
  useGroupKeys(groups, moment);
  const count = countMentions(groups, moment);
  useTitleCount(count);
  useAppBadge(count);
  return null;
}

function useOfflineParts(): void {
  useEffect(() => {
    // One that fails is loaded when it is needed.
    for (const load of [loadLostConnection, loadUnsentChoice]) load().catch(() => undefined);
  }, []);
}

function useAppBadge(count: number): void {
  useEffect(() => {
    if (!('setAppBadge' in navigator)) return;
    // 0 removes it. A page that is not installed may be refused.
    navigator.setAppBadge(count).catch(() => undefined);
    return () => void navigator.clearAppBadge().catch(() => undefined);
  }, [count]);
}
