import { Archive, ArchiveRestore, Trash2 } from 'lucide-react';
import { lazy, useState } from 'react';
import type { Group, MemberRole } from '../../../protocol/models.ts';
import { may } from '../../../protocol/permissions.ts';
import { useChangeGroup } from '../../api/groups.ts';
import { Button } from '../../ui/controls/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Late } from '../../ui/overlays/late.tsx';

const DeleteGroupDialog = lazy(() =>
  import('./delete-group-dialog.tsx').then((file) => ({ default: file.DeleteGroupDialog })),
);

/** Archives a group, restores it, or deletes it for good, for those who may. */
export function CloseGroup({
  group,
  role,
  onDeleted,
}: {
  group: Group;
  role: MemberRole;
  onDeleted: () => void;
}) {
  const change = useChangeGroup(group.id);
  const [isDeleting, setDeleting] = useState(false);
  const isArchived = group.archivedAt !== undefined;
  const Icon = isArchived ? ArchiveRestore : Archive;
  return (
    <>
      {change.failure && <Notice>{change.failure.detail}</Notice>}
      {may(role, 'change_group') && (
        <Button
          busy={change.isPending}
          className="-ms-3.5"
          onClick={() => void change.run({ archived: !isArchived })}
        >
          <Icon aria-hidden="true" size={16} /> {isArchived ? 'Restore group' : 'Archive group'}
        </Button>
      )}
      {may(role, 'delete_group') && (
        <Button className="-ms-3.5" onClick={() => setDeleting(true)}>
          <Trash2 aria-hidden="true" size={16} /> Delete group
        </Button>
      )}
      {isDeleting && (
        <Late>
          <DeleteGroupDialog
            group={group}
            onClose={() => setDeleting(false)}
            onDeleted={onDeleted}
          />
        </Late>
      )}
    </>
  );
}
