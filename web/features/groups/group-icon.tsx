import { Hash, Lock } from 'lucide-react';
import { type ComponentType, lazy, type ReactNode, Suspense } from 'react';
import type { Group } from '../../../protocol/models.ts';

const GroupPicture = lazy<ComponentType<{ imageId: string; mark: ReactNode }>>(() =>
  import('./group-picture.tsx').then(
    (file) => ({ default: file.GroupPicture }),
    // Without a network the mark stays.
    () => ({ default: ({ mark }) => mark }),
  ),
);

/** The mark of a group, with a name: public or private. Its picture, if it has one, covers the mark once it is there. */
export function GroupIcon({
  group: { visibility, imageId },
  size = 16,
}: {
  group: Pick<Group, 'visibility' | 'imageId'>;
  size?: number;
}) {
  const Icon = visibility === 'private' ? Lock : Hash;
  const mark = (
    <Icon
      aria-label={`${visibility} group`}
      className="shrink-0 text-muted"
      role="img"
      size={size}
    />
  );
  return imageId ? (
    <Suspense fallback={mark}>
      <GroupPicture imageId={imageId} mark={mark} />
    </Suspense>
  ) : (
    mark
  );
}
