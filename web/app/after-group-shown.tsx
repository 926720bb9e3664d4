import { useSyncMyGroups } from '../api/sync-my-groups.ts';
import type { GroupView } from '../realtime/group-view.ts';
import { GroupShortcuts } from './shortcuts/group-shortcuts.tsx';
import { useJumpedInto } from './use-jumped-into.ts';
import type { Panel } from './use-panel.ts';

/**
 * What a group's page does after its first frame: keeps the list of groups as the group is, opens the thread that a jump leads
 * to, and handles shortcuts.
 */
export function AfterGroupShown({
  view,
  thread,
  open,
}: {
  view: GroupView;
  /** The thread that is open in the panel. */
  thread: string | undefined;
  /** Opens a panel. */
  open: (panel: Panel) => void;
}) {
  // What the cache knows of my cursor may be older than the list.
  useSyncMyGroups(view.group, view.connection.state === 'live' ? view.readSeq : undefined);
  useJumpedInto(view, thread, open);
  return <GroupShortcuts />;
}
