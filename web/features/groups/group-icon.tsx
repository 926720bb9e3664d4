import { Hash, Lock } from 'lucide-react';
import { type ComponentType, lazy, type ReactNode } from 'react';
import type { Group } from '../../../protocol/models.ts';
import { Late } from '../../ui/overlays/late.tsx';

const GroupPicture = lazy<ComponentType<{ imageId: string; children: ReactNode }>>(() =>
  import('./group-picture.tsx').then(
    (file) => ({ default: file.GroupPicture }),
    // Without a network the mark stays.
    () => ({ default: ({ children }) => children }),
  ),
);

/** The mark of a group: public or private. Its picture, if it has one, covers the mark once it is there. Decorative. */
export function GroupIcon({
  group: { visibility, imageId },
  size = 16,
}: {
  group: Pick<Group, 'visibility' | 'imageId'>;
  size?: number;
}) {
  const Icon = visibility === 'private' ? Lock : Hash;
  const mark = <Icon aria-hidden="true" className="shrink-0 text-muted" size={size} />;
  return imageId ? (
    <Late fallback={mark}>
      <GroupPicture imageId={imageId}>{mark}</GroupPicture>
    </Late>
  ) : (
    mark
  );
}
