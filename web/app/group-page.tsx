import { lazy, useState } from 'react';
import { EditFormContext } from '../features/conversation/edit-form-context.ts';
import type { ClosedView } from '../realtime/group-view.ts';
import { Late } from '../ui/overlays/late.tsx';
import { OpenGroup } from './open-group.tsx';

const EditForm = lazy(() =>
  import('../features/composer/edit-form.tsx').then((file) => ({ default: file.EditForm })),
);
const ClosedGroup = lazy(() =>
  import('./closed-group.tsx').then((file) => ({ default: file.ClosedGroup })),
);

/** One group, at the message that the address names; or the reason why it is closed, until the user joins it. */
export function GroupPage({
  groupId,
  messageId,
  onShown,
}: {
  groupId: string;
  messageId: string | undefined;
  /** The group, or why it is closed, is shown. */
  onShown: () => void;
}) {
  const [closed, setClosed] = useState<ClosedView>();
  if (!closed) {
    return (
      <EditFormContext value={EditForm}>
        <OpenGroup
          groupId={groupId}
          messageId={messageId}
          onClosed={(view) => {
            setClosed(view);
            onShown();
          }}
          onShown={onShown}
        />
      </EditFormContext>
    );
  }
  return (
    <Late>
      <ClosedGroup closed={closed} groupId={groupId} onJoined={() => setClosed(undefined)} />
    </Late>
  );
}
