import type { LucideIcon } from 'lucide-react';
import { ArrowLeft } from 'lucide-react';
import { lazy } from 'react';
import { Link, useRoute } from 'wouter';
import { classes } from '../../ui/classes.ts';
import { Late } from '../../ui/overlays/late.tsx';
import { Avatar } from '../../ui/people/avatar.tsx';
import { DESKTOP, useMedia } from '../../ui/use-media.ts';
import { GroupBadge } from './group-badge.tsx';
import { GroupIcon } from './group-icon.tsx';
import { GroupName } from './group-name.tsx';
import type { ListedGroup } from './listed-group.ts';

const GroupSummary = lazy(() =>
  import('./group-summary.tsx').then((file) => ({ default: file.GroupSummary })),
);

type Target =
  | { listed: ListedGroup; now: number }
  | { href: '/browse' | '/threads'; icon: LucideIcon; label: string; unread?: number };

/** A link in the list of groups; marked on the page that it leads to. A group with something unread is bold. */
export function GroupLink(target: Target) {
  const isDesktop = useMedia(DESKTOP);
  const listed = 'listed' in target ? target.listed : undefined;
  const unread = ('href' in target ? target.unread : target.listed.unread) ?? 0;
  const href = 'href' in target ? target.href : `/g/${target.listed.group.id}`;
  // The address may also name a message of the group.
  const [isHere] = useRoute(`${href}/*?`);
  return (
    <Link
      aria-current={isHere ? 'page' : undefined}
      className={classes(
        'relative flex min-h-9 items-center gap-2 rounded-small px-2 transition-colors desktop:min-h-8',
        look(isHere, unread, listed?.isMuted),
      )}
      href={href}
    >
      {'href' in target ? (
        <>
          <target.icon aria-hidden="true" className="shrink-0 text-muted" size={16} />
          {target.label}
          {unread > 0 && <span className="sr-only">{`, ${unread} unread`}</span>}
          <GroupBadge mentions={unread} />
        </>
      ) : isDesktop ? (
        <>
          {target.listed.people ? (
            <Avatar className="-mx-1" person={target.listed.people[0]} size="small" />
          ) : (
            <GroupIcon group={target.listed.group} />
          )}
          <GroupName className="truncate" listed={target.listed} />
          <GroupBadge mentions={target.listed.mentions} />
        </>
      ) : (
        <Late fallback={<span className="h-14" />}>
          <GroupSummary {...target} />
        </Late>
      )}
    </Link>
  );
}

function look(isHere: boolean, unread: number, isMuted = false): string {
  if (unread > 0) {
    return `font-semibold text-strong ${isHere ? 'bg-accent-tint' : 'hover:bg-hover'}`;
  }
  if (isHere) return 'bg-accent-tint font-medium text-strong';
  return `hover:bg-hover ${isMuted ? 'text-muted' : 'text-default'}`;
}

/** Leads back to the list of groups, which is a page by itself on a phone; hidden on a desktop. */
export function BackToGroups({ className }: { className?: string }) {
  return <BackLink className={className} href="/" label="Back to your groups" />;
}

/** Leads back to what is a page by itself on a phone; hidden on a desktop. */
export function BackLink({
  href,
  label,
  className,
}: {
  href: string;
  label: string;
  className?: string | undefined;
}) {
  return (
    <Link
      aria-label={label}
      className={classes(
        'grid size-10 shrink-0 place-items-center rounded-small text-muted hover:bg-hover desktop:hidden',
        className,
      )}
      href={href}
    >
      <ArrowLeft aria-hidden="true" size={20} />
    </Link>
  );
}
