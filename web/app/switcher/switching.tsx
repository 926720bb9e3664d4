import { lazy, useState } from 'react';
import { flushSync } from 'react-dom';
import { useRoute } from 'wouter';
import { navigate } from 'wouter/use-browser-location';
import type { InboxEntry } from '../../../protocol/rest.ts';
import { useCreateGroup } from '../../api/groups.ts';
import { useMe } from '../../api/people.ts';
import { isGuest } from '../../features/groups/is-guest.ts';
import { type ListMoment, listedGroup } from '../../features/groups/listed-group.ts';
import { Late } from '../../ui/overlays/late.tsx';
import type { Choice } from './choice.ts';
import { Switcher } from './switcher.tsx';
import { type CommandDialog, useCommands } from './use-commands.tsx';

const StatusDialog = lazy(() =>
  import('../../features/people/status-dialog.tsx').then((file) => ({
    default: file.StatusDialog,
  })),
);
const ShortcutsDialog = lazy(() =>
  import('../shortcuts/shortcuts-dialog.tsx').then((file) => ({ default: file.ShortcutsDialog })),
);
const SignOutDialog = lazy(() =>
  import('../../features/people/sign-out-dialog.tsx').then((file) => ({
    default: file.SignOutDialog,
  })),
);

/** The switcher while it is open, and the dialogs that its commands open. */
export function Switching({
  isOpen,
  groups,
  moment,
  onDialog,
  onReadAll,
  onClose,
}: {
  isOpen: boolean;
  groups: readonly InboxEntry[];
  moment: ListMoment;
  onDialog: (dialog: 'create' | 'message') => void;
  onReadAll: () => void;
  onClose: () => void;
}) {
  const [dialog, setDialog] = useState<CommandDialog>();
  const [isInGroup, inGroup] = useRoute('/g/:groupId/*?');
  const me = useMe().data;
  const create = useCreateGroup();
  const commands = useCommands({
    isInGroup,
    mayJoin: !isGuest(groups),
    onCreate: () => onDialog('create'),
    onWrite: () => onDialog('message'),
    onDialog: setDialog,
    onReadAll,
  });
  const endDialog = () => setDialog(undefined);

  function choose(choice: Choice): void {
    if (choice.type === 'person') {
      void create.run({ kind: 'direct', memberIds: [choice.person.id] }, ({ id }) => {
        onClose();
        navigate(`/g/${id}`);
      });
      return;
    }
    // The focus is back where it was before a dialog or a group takes it.
    flushSync(onClose);
    if (choice.type === 'command') choice.command.run();
    else navigate(`/g/${choice.type === 'mine' ? choice.listed.group.id : choice.group.id}`);
  }

  return (
    <>
      {isOpen && (
        <Switcher
          commands={commands}
          failure={create.failure?.detail}
          listed={groups.map((entry) => listedGroup(entry, moment))}
          onChoose={choose}
          onClose={onClose}
          openId={inGroup?.groupId}
        />
      )}
      <Late>
        {dialog === 'status' && me && <StatusDialog me={me} onClose={endDialog} />}
        {dialog === 'shortcuts' && <ShortcutsDialog onClose={endDialog} />}
        {dialog === 'sign-out' && <SignOutDialog onClose={endDialog} />}
      </Late>
    </>
  );
}
