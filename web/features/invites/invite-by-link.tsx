import { Mail } from 'lucide-react';
import { lazy, useState } from 'react';
import { Button } from '../../ui/controls/button.tsx';
import { Late } from '../../ui/overlays/late.tsx';

const InviteDialog = lazy(() =>
  import('./invite-dialog.tsx').then((file) => ({ default: file.InviteDialog })),
);

/** Opens the dialog in which people are invited to a group by a link. */
export function InviteByLink({ groupId }: { groupId: string }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button className="self-start" look="outline" onClick={() => setOpen(true)}>
        <Mail aria-hidden="true" size={16} /> Invite by link
      </Button>
      {isOpen && (
        <Late>
          <InviteDialog groupId={groupId} onClose={() => setOpen(false)} />
        </Late>
      )}
    </>
  );
}
