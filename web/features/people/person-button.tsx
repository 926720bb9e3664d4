import { ChevronDown } from 'lucide-react';
import type { ComponentProps } from 'react';
import type { User } from '../../../protocol/models.ts';
import { Avatar } from '../../ui/people/avatar.tsx';
import { statusNow } from '../../ui/people/user-status.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';

/** What is too long is cut at its own end, which is on the left in Arabic. */
const LINE = 'block w-fit max-w-full truncate';

/** The button with the signed-in user, which opens the menu. */
export function PersonButton({ me, ...rest }: ComponentProps<'button'> & { me: User | undefined }) {
  const status = me && statusNow(me);
  return (
    <button
      aria-haspopup="menu"
      className="flex min-h-11 w-full min-w-0 items-center gap-2.5 rounded-small px-2 text-start transition-colors hover:bg-hover data-[state=open]:bg-pressed"
      type="button"
      {...rest}
    >
      <Avatar person={me} className="size-8" />
      <span className="min-w-0 flex-1">
        {me ? (
          <>
            <bdi className={`${LINE} font-semibold text-strong`}>{me.name}</bdi>
            <bdi className={`${LINE} text-meta text-muted`}>
              {status ? `${status.emoji} ${status.text}`.trim() : `@${me.handle}`}
            </bdi>
          </>
        ) : (
          <>
            <Skeleton className="h-3.5 w-24" />
            <span className="sr-only">You</span>
          </>
        )}
      </span>
      <ChevronDown aria-hidden="true" className="shrink-0 text-muted" size={16} />
    </button>
  );
}
