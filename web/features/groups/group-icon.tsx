import { Hash, Lock } from 'lucide-react';
import type { Visibility } from '../../../protocol/models.ts';

/** An icon with a name: public or private. */
export function GroupIcon({ visibility, size = 16 }: { visibility: Visibility; size?: number }) {
  const Icon = visibility === 'private' ? Lock : Hash;
  const label = visibility === 'private' ? 'Private group' : 'Public group';
  return <Icon aria-label={label} className="shrink-0 text-muted" role="img" size={size} />;
}
