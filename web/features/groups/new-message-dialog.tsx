import { useState } from 'react';
import { navigate } from 'wouter/use-browser-location';
import { DIRECT_OTHERS } from '../../../protocol/limits.ts';
import type { User } from '../../../protocol/models.ts';
import { useCreateGroup } from '../../api/groups.ts';
import { Button } from '../../ui/controls/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Dialog } from '../../ui/overlays/dialog.tsx';
import { PeoplePicker } from './people-picker.tsx';

/** Chooses people and opens the direct group with them. */
export function NewMessageDialog({ onClose }: { onClose: () => void }) {
  const [people, setPeople] = useState<readonly User[]>([]);
  const create = useCreateGroup();
  const areTooMany = people.length > DIRECT_OTHERS;
  return (
    <Dialog
      description="Only the people you choose can read it. The same people always share one conversation."
      onClose={onClose}
      title="New message"
    >
      <form
        className="flex flex-col gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          const memberIds = people.map(({ id }) => id);
          void create.run({ kind: 'direct', memberIds }, (group) => {
            onClose();
            navigate(`/g/${group.id}`);
          });
        }}
      >
        <PeoplePicker chosen={people} label="To" onChange={setPeople} />
        {areTooMany && (
          <Notice>
            A conversation has room for you and {DIRECT_OTHERS} others. For more people, create a
            group.
          </Notice>
        )}
        {create.failure && <Notice>{create.failure.detail}</Notice>}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button
            busy={create.isPending}
            disabled={people.length === 0 || areTooMany}
            look="primary"
            type="submit"
          >
            Start conversation
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
