import { EyeOff } from 'lucide-react';
import { useLeaveGroup } from '../../api/groups.ts';
import { Button } from '../../ui/controls/button.tsx';
import { Notice } from '../../ui/notice.tsx';

/** Hides a direct group from my list until its next message. */
export function HideConversation({ groupId, onHidden }: { groupId: string; onHidden: () => void }) {
  const leave = useLeaveGroup();
  return (
    <section className="flex flex-col items-start gap-1">
      {leave.failure && <Notice>{leave.failure.detail}</Notice>}
      <Button
        busy={leave.isPending}
        className="-ms-3.5"
        onClick={() => {
          // Not in the callback of `run`: the component may be unmounted before the answer.
          void leave.run(groupId).then(({ ok }) => ok && onHidden());
        }}
      >
        <EyeOff aria-hidden="true" size={16} /> Hide conversation
      </Button>
      <p className="text-secondary text-muted">
        It leaves your list and comes back with the next message. Nothing is deleted.
      </p>
    </section>
  );
}
