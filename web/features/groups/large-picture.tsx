import type { Group } from '../../../protocol/models.ts';
import { GroupIcon } from './group-icon.tsx';

/** The picture of a group in its details, or its mark. Decorative: the name stands beside it. */
export function LargePicture({ group }: { group: Pick<Group, 'visibility' | 'imageId'> }) {
  return (
    <span className="grid size-16 shrink-0 place-items-center overflow-hidden rounded-card bg-accent-tint [--picture:-19px]">
      <GroupIcon group={group} size={26} />
    </span>
  );
}
