import { Hash, Lock } from 'lucide-react';
import type { Group } from '../../../protocol/models.ts';
import { ShareGroup } from './share-group.tsx';

/** The top of a group's history. In a new group it offers the first actions. `name` is how the page names the group. */
export function GroupStart({ group, name }: { group: Group; name: string }) {
  const isDirect = group.kind === 'direct';
  const Icon = group.visibility === 'private' ? Lock : Hash;
  return (
    <header className="flex flex-col gap-3 px-(--row-gutter) pt-10 pb-2">
      <span className="grid size-12 place-items-center rounded-card bg-accent-tint text-accent-text">
        <Icon aria-hidden="true" size={24} />
      </span>
      <div className="flex max-w-(--column) flex-col gap-1 wrap-anywhere">
        <h2 className="text-title font-semibold text-strong">
          This is the beginning of {isDirect && 'your conversation with '}
          <bdi>{name}</bdi>
        </h2>
        <p className="text-muted" dir="auto">
          {isDirect
            ? 'Only the people in it can read it.'
            : group.topic === ''
              ? 'Say hello, or bring someone along.'
              : group.topic}
        </p>
      </div>
      {!isDirect && <ShareGroup group={group} />}
    </header>
  );
}
