import { useState } from 'react';
import { INVITE_DAYS } from '../../../protocol/limits.ts';
import { useCreateInvite, useInvites } from '../../api/invites.ts';
import { Button } from '../../ui/controls/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Dialog } from '../../ui/overlays/dialog.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { ChoiceField } from './choice-field.tsx';
import { EXPIRY_CHOICES, USES_CHOICES } from './invite-choices.ts';
import { InviteRow } from './invite-row.tsx';

/** Makes invitations to a group, and shows, copies and revokes those that work. */
export function InviteDialog({ groupId, onClose }: { groupId: string; onClose: () => void }) {
  const [expiresInDays, setExpiresInDays] = useState(INVITE_DAYS);
  const [maxUses, setMaxUses] = useState<number>();
  const [created, setCreated] = useState<string>();
  const create = useCreateInvite(groupId);
  const { data, failure, isPending } = useInvites(groupId);
  const makers = new Map(data?.users.map((user) => [user.id, user.name]));
  return (
    <Dialog
      description="Everyone who has a link can join, and read what was written before."
      onClose={onClose}
      title="Invite by link"
    >
      <div className="flex flex-col gap-6">
        <form
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            void create.run({ expiresInDays, maxUses }, ({ code }) => setCreated(code));
          }}
        >
          <div className="flex flex-wrap gap-3">
            <ChoiceField
              choices={EXPIRY_CHOICES}
              label="Works for"
              onChange={setExpiresInDays}
              value={expiresInDays}
            />
            <ChoiceField
              choices={USES_CHOICES}
              label="People who can join"
              onChange={setMaxUses}
              value={maxUses}
            />
          </div>
          {create.failure && <Notice>{create.failure.detail}</Notice>}
          <Button busy={create.isPending} className="self-end" look="primary" type="submit">
            Create link
          </Button>
        </form>
        <section className="flex flex-col gap-2">
          <h3 className="font-semibold text-strong">Links that work</h3>
          {isPending && <Skeleton className="h-14 w-full" />}
          {failure && <Notice>{failure.detail}</Notice>}
          {data?.items.length === 0 && <p className="text-muted">None. Create one above.</p>}
          <ul className="flex flex-col gap-2">
            {data?.items.map((invite) => (
              <InviteRow
                invite={invite}
                isNew={invite.code === created}
                key={invite.code}
                maker={makers.get(invite.createdBy) ?? 'Someone'}
              />
            ))}
          </ul>
        </section>
      </div>
    </Dialog>
  );
}
