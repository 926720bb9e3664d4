import { LogOut } from 'lucide-react';
import { lazy, useState } from 'react';
import type { Group, Member, MemberRole } from '../../../protocol/models.ts';
import { useLeaveGroup } from '../../api/groups.ts';
import { Button } from '../../ui/controls/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Late } from '../../ui/overlays/late.tsx';

const ConfirmDialog = lazy(() =>
  import('../../ui/overlays/confirm-dialog.tsx').then((file) => ({ default: file.ConfirmDialog })),
);

/**
 * Leaves a group, after a confirmation. Its only owner reads what must happen first. While `owners` are not known, the server
 * decides.
 */
export function LeaveGroup({
  group,
  me,
  owners,
  onLeft,
}: {
  group: Group;
  me: { userId: string; role: MemberRole };
  owners: readonly Member[] | undefined;
  onLeft: () => void;
}) {
  const [asks, setAsks] = useState(false);
  const leave = useLeaveGroup();
  if (me.role === 'owner' && owners?.every(({ userId }) => userId === me.userId)) {
    return (
      <p className="text-secondary text-muted">
        You are the only owner of this group, and a group needs one. To leave it, make someone else
        an owner first: in the menu beside their name.
      </p>
    );
  }
  return (
    <section className="flex flex-col items-start gap-3">
      {leave.failure && <Notice>{leave.failure.detail}</Notice>}
      <Button busy={leave.isPending} className="-ms-3.5" onClick={() => setAsks(true)}>
        <LogOut aria-hidden="true" size={16} /> Leave group
      </Button>
      {asks && (
        <Late>
          <ConfirmDialog
            confirm="Leave"
            onClose={() => setAsks(false)}
            onConfirm={() => {
              // Not in the callback of `run`: the component may be unmounted before the answer.
              void leave.run(group.id).then(({ ok }) => ok && onLeft());
            }}
            title={
              <>
                Leave <bdi>{group.name}</bdi>?
              </>
            }
          >
            {group.visibility === 'public'
              ? 'You will not see new messages. You can join again whenever you like.'
              : 'You will not see it any more, and you cannot join it again by yourself.'}
          </ConfirmDialog>
        </Late>
      )}
    </section>
  );
}
