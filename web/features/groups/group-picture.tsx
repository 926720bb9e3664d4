import type { InboxEntry } from '../../../protocol/rest.ts';
import { classes } from '../../ui/classes.ts';
import { Avatar } from '../../ui/people/avatar.tsx';
import { GroupIcon } from './group-icon.tsx';

/** What stands before the name of a group in the list: its icon, or the picture of the person I write with. */
export function GroupPicture({
  entry: { group, people = [] },
  isLarge = false,
}: {
  entry: Pick<InboxEntry, 'group' | 'people'>;
  isLarge?: boolean;
}) {
  if (group.kind === 'direct') {
    const size = isLarge
      ? { className: 'size-10' }
      : { className: '-mx-1', size: 'small' as const };
    return <Avatar person={people[0]} {...size} />;
  }
  return (
    <span
      aria-hidden="true"
      className={classes(
        'grid shrink-0 place-items-center',
        isLarge && 'size-10 rounded-card bg-accent-tint',
      )}
    >
      <GroupIcon size={isLarge ? 20 : 16} visibility={group.visibility} />
    </span>
  );
}
