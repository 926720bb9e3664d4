import { badgeOf, type ListedGroup } from './listed-group.ts';

/** The number of mentions in a group of the list, nothing for 0. The link's name has it as words. */
export function GroupBadge({ mentions }: Pick<ListedGroup, 'mentions'>) {
  if (mentions === 0) return null;
  return (
    <span
      aria-hidden="true"
      className="ms-auto min-w-5 shrink-0 rounded-pill bg-accent px-1.5 text-center text-meta leading-5 font-semibold text-on-accent tabular-nums"
    >
      {badgeOf(mentions)}
    </span>
  );
}
