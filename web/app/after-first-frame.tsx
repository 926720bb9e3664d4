import { lazy, type ReactNode, useCallback, useEffect, useState } from 'react';
import { useRoute } from 'wouter';
import type { InboxEntry } from '../../protocol/rest.ts';
import { useInbox } from '../api/inbox.ts';
import { loadUnsentChoice } from '../features/conversation/message/unsent-notice.tsx';
import { countMentions } from '../features/groups/count-mentions.ts';
import type { ListMoment } from '../features/groups/listed-group.ts';
import type { Section } from '../features/groups/sections.ts';
import { useAsks } from '../features/notifications/asking.ts';
import { told } from '../features/notifications/told.ts';
import { useNotifications } from '../features/notifications/use-notifications.ts';
import { loadLostConnection } from '../features/status/connection-bar.tsx';
import { Late } from '../ui/overlays/late.tsx';
import { useFileIntake } from './files/use-file-intake.ts';
import { newVersionIsReady } from './new-version.ts';
import { PersonCardHost } from './person-card-host.tsx';
import { registerServiceWorker } from './register-service-worker.ts';
import { useSwitcherKey } from './switcher/use-switcher-key.ts';
import { useGroupKeys } from './use-group-keys.ts';
import { useOnScreen } from './use-on-screen.ts';
import { useReadAllKey } from './use-read-all-key.ts';
import { useShownLink } from './use-shown-link.ts';
import { useTimeZone } from './use-time-zone.ts';
import { useTitleCount } from './use-title.ts';

const CreateGroupDialog = lazy(() =>
  import('../features/groups/create-group-dialog.tsx').then((file) => ({
    default: file.CreateGroupDialog,
  })),
);
const DropVeil = lazy(() =>
  import('./files/drop-veil.tsx').then((file) => ({ default: file.DropVeil })),
);
const NewMessageDialog = lazy(() =>
  import('../features/groups/new-message-dialog.tsx').then((file) => ({
    default: file.NewMessageDialog,
  })),
);
const ReadAll = lazy(() =>
  import('../features/groups/read-all.tsx').then((file) => ({ default: file.ReadAll })),
);
const Switching = lazy(() =>
  import('./switcher/switching.tsx').then((file) => ({ default: file.Switching })),
);

const NotificationBar = lazy(() =>
  import('../features/notifications/notification-bar.tsx').then((file) => ({
    default: file.NotificationBar,
  })),
);

const PageConnection = lazy(() =>
  import('../features/status/page-connection.tsx').then((file) => ({
    default: file.PageConnection,
  })),
);

/** The dialogs that every page has. */
export type FrameDialog = 'create' | 'message' | 'switcher';

/**
 * What a page does after the first frame of a group, whose own connection comes first: keeps my groups up to date, shows how
 * often I am mentioned in the title of the tab and on the icon of the installed app, handles the keys that lead to other
 * groups or mark all of them as read, shows the dialogs that every page has, notifies me of messages, and loads and stores
 * what is shown
 * without a network.
 */
export function AfterFirstFrame({
  groups = [],
  moment,
  sections,
  dialog,
  reads,
  onDialog,
  onReadAll,
}: {
  /** Of the same render as `moment`: newer groups would count what is about to be read. */
  groups: readonly InboxEntry[] | undefined;
  moment: ListMoment;
  sections: readonly Section[];
  /** How often everything was to be marked as read. */
  reads: number;
  /** The open one. */
  dialog: FrameDialog | undefined;
  onDialog: (dialog: FrameDialog | undefined) => void;
  onReadAll: () => void;
}): ReactNode {
  const connection = useInbox(told);
  // A group has a connection of its own.
  const [isGroup] = useRoute('/g/*');
  useOnScreen();
  useNotifications();
  useOfflineParts();
  useGroupKeys(sections, moment);
  useShownLink();
  useReadAllKey(onReadAll);
  useSwitcherKey(useCallback(() => onDialog('switcher'), [onDialog]));
  useTimeZone();
  useEffect(() => void registerServiceWorker(newVersionIsReady), []);
  const close = () => onDialog(undefined);
  const isSwitching = dialog === 'switcher';
  // It stays after it was closed, with the dialogs that its commands open.
  const [wasSwitching, setWasSwitching] = useState(false);
  if (isSwitching && !wasSwitching) setWasSwitching(true);
  /** Which of them was the last whose outcome is shown no more. */
  const [ended, setEnded] = useState(0);
  const endRead = useCallback(() => setEnded(reads), [reads]);
  const count = countMentions(groups, moment);
  useTitleCount(count);
  useAppBadge(count);
  const asks = useAsks();
  const [isDragged, endDrag] = useFileIntake();
  return (
    <>
      {asks && (
        <Late>
          <NotificationBar />
        </Late>
      )}
      {wasSwitching && (
        <Late>
          <Switching
            groups={groups}
            isOpen={isSwitching}
            moment={moment}
            onClose={close}
            onDialog={onDialog}
            onReadAll={onReadAll}
          />
        </Late>
      )}
      <Late>
        {reads > ended && <ReadAll entries={groups} key={reads} onEnd={endRead} />}
        {dialog === 'create' && <CreateGroupDialog onClose={close} />}
        {dialog === 'message' && <NewMessageDialog onClose={close} />}
      </Late>
      {!isGroup && connection && (
        <Late>
          <PageConnection connection={connection} />
        </Late>
      )}
      {isDragged && (
        <Late>
          <DropVeil onEnd={endDrag} />
        </Late>
      )}
      <PersonCardHost />
    </>
  );
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
