import type { LucideIcon } from 'lucide-react';
import { ArrowLeft, Hash, Lock } from 'lucide-react';
import { Link, useRoute } from 'wouter';
import type { Group, Visibility } from '../../../protocol/models.ts';
import { classes } from '../../ui/classes.ts';

type Target = { group: Group } | { href: '/browse'; icon: LucideIcon; label: string };

/** A link in the list of groups; marked on the page that it leads to. */
export function GroupLink(target: Target) {
  const href = 'group' in target ? `/g/${target.group.id}` : target.href;
  // The address may also name a message of the group.
  const [isHere] = useRoute(`${href}/*?`);
  return (
    <Link
      aria-current={isHere ? 'page' : undefined}
      className={classes(
        'flex min-h-9 items-center gap-2 rounded-small px-2 transition-colors desktop:min-h-8',
        isHere ? 'bg-accent-tint font-medium text-strong' : 'text-default hover:bg-hover',
      )}
      href={href}
    >
      {'group' in target ? (
        <GroupIcon visibility={target.group.visibility} />
      ) : (
        <target.icon aria-hidden="true" className="shrink-0 text-muted" size={16} />
      )}
      <bdi className="truncate">{'group' in target ? target.group.name : target.label}</bdi>
    </Link>
  );
}

/** An icon with a name: public or private. */
export function GroupIcon({ visibility, size = 16 }: { visibility: Visibility; size?: number }) {
  const Icon = visibility === 'private' ? Lock : Hash;
  const label = visibility === 'private' ? 'Private group' : 'Public group';
  return <Icon aria-label={label} className="shrink-0 text-muted" role="img" size={size} />;
}

/** The address of a group: it opens the group for members, and offers to join a public one. */
export function shareLink(groupId: string): string {
  return new URL(`/g/${groupId}`, location.origin).href;
}

/** Leads back to the list of groups, which is a page by itself on a phone; hidden on a desktop. */
export function BackToGroups({ className }: { className?: string }) {
  return (
    <Link
      aria-label="Back to your groups"
      className={classes(
        'grid size-10 shrink-0 place-items-center rounded-small text-muted hover:bg-hover desktop:hidden',
        className,
      )}
      href="/"
    >
      <ArrowLeft aria-hidden="true" size={20} />
    </Link>
  );
}
