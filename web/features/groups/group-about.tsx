import { Pencil } from 'lucide-react';
import type { Group } from '../../../protocol/models.ts';
import { IconButton } from '../../ui/controls/icon-button.tsx';
import { GroupIcon } from './group-icon.tsx';
import { LargePicture } from './large-picture.tsx';

/** A group's picture, name and topic, with a button to change them for users who may. */
export function GroupAbout({ group, onEdit }: { group: Group; onEdit?: () => void }) {
  return (
    <section className="flex items-start gap-3">
      {group.imageId !== undefined && <LargePicture group={group} />}
      <div className="flex min-w-0 flex-1 flex-col gap-1.5">
        <p className="flex items-start gap-2 text-title font-semibold text-strong wrap-anywhere">
          <span className="grid h-7 place-items-center">
            <GroupIcon group={{ visibility: group.visibility }} size={19} />
            <span className="sr-only">{group.visibility} group</span>
          </span>
          <bdi>{group.name}</bdi>
        </p>
        <p className="text-default wrap-anywhere" dir="auto">
          {group.topic === '' ? <span className="text-muted">No topic yet.</span> : group.topic}
        </p>
      </div>
      {onEdit && (
        <IconButton label="Edit name, topic and picture" onClick={onEdit}>
          <Pencil aria-hidden="true" size={16} />
        </IconButton>
      )}
    </section>
  );
}
