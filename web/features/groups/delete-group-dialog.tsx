import { useState } from 'react';
import type { Group } from '../../../protocol/models.ts';
import { useDeleteGroup } from '../../api/groups.ts';
import { Button } from '../../ui/controls/button.tsx';
import { TextField } from '../../ui/controls/text-field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Dialog } from '../../ui/overlays/dialog.tsx';
import { isolated } from '../../ui/words/isolated.ts';

/** Deletes a group for good, once its name is typed. */
export function DeleteGroupDialog({
  group,
  onClose,
  onDeleted,
}: {
  group: Group;
  onClose: () => void;
  onDeleted: () => void;
}) {
  const [typed, setTyped] = useState('');
  const remove = useDeleteGroup();
  return (
    <Dialog
      description="All messages, threads and pins are deleted for everyone, for good."
      onClose={onClose}
      title="Delete this group?"
    >
      <form
        className="flex flex-col gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          // Not in the callback of `run`: the group's page may be gone before the answer.
          void remove.run(group.id).then(({ ok }) => ok && onDeleted());
        }}
      >
        <TextField
          autoComplete="off"
          hint={`Type “${isolated(group.name)}” to confirm.`}
          label="Name of the group"
          onChange={(event) => setTyped(event.target.value)}
          value={typed}
        />
        {remove.failure && <Notice>{remove.failure.detail}</Notice>}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button
            busy={remove.isPending}
            disabled={typed.trim() !== group.name}
            look="danger"
            type="submit"
          >
            Delete group
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
