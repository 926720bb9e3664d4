import { type ReactNode, use, useEffect, useRef, useState } from 'react';
import type { TimelineRow } from '../../realtime/group-view.ts';
import { Avatar } from '../../ui/people/avatar.tsx';
import { beginningOf } from '../conversation/beginning-of.ts';
import { PeopleContext } from '../conversation/people-context.ts';

/** The list of a thread, with the beginning of its root above it while the root itself is not in view. */
export function UnderRoot({
  root: { key, message, author },
  children,
}: {
  root: TimelineRow & { state: 'sent' };
  children: ReactNode;
}) {
  const { userOf } = use(PeopleContext);
  const region = useRef<HTMLDivElement>(null);
  const [isAway, setAway] = useState(false);

  function look(): void {
    const { top = 0 } = region.current?.getBoundingClientRect() ?? {};
    const rows = [...(region.current?.querySelectorAll<HTMLElement>('[data-message]') ?? [])];
    const root = rows.find(({ dataset }) => dataset['message'] === key);
    // Without rows the list is not laid out yet.
    setAway(rows.length > 0 && (root?.getBoundingClientRect().bottom ?? top) <= top);
  }
  useEffect(look);

  return (
    <div className="relative flex min-h-0 flex-1 flex-col" onScrollCapture={look} ref={region}>
      {isAway && (
        <p className="absolute inset-x-0 top-0 z-[5] flex animate-fade items-center gap-2 border-b border-line bg-canvas px-(--row-gutter) py-2 text-secondary">
          <Avatar person={author} size="small" />
          <bdi className="max-w-1/3 shrink-0 truncate font-semibold text-strong">
            {author?.name ?? 'Someone'}
          </bdi>
          <bdi className="min-w-0 truncate text-muted">{beginningOf(message, userOf)}</bdi>
        </p>
      )}
      {children}
    </div>
  );
}
