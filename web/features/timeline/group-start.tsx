import { Hash, Lock } from 'lucide-react';
import type { Group } from '../../../protocol/models.ts';

/** The top of a group's history: nothing was said before this. */
export function GroupStart({ group }: { group: Group }) {
  const Icon = group.visibility === 'private' ? Lock : Hash;
  return (
    <header className="flex flex-col gap-2 px-(--row-gutter) pt-10 pb-2">
      <span className="grid size-12 place-items-center rounded-card bg-accent-tint text-accent-text">
        <Icon aria-hidden="true" size={24} />
      </span>
      <h2 className="text-title font-semibold text-strong wrap-anywhere">
        This is the beginning of {group.name}
      </h2>
      <p className="max-w-[47.5rem] text-muted wrap-anywhere">
        {group.topic === ''
          ? 'Everything that is said here stays here, for everyone in the group.'
          : group.topic}
      </p>
    </header>
  );
}
