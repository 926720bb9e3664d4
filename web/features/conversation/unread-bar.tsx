import { useState } from 'react';
import type { DividerView } from '../../realtime/room-view.ts';
import { timeOf } from '../../ui/moment.ts';
import { useConversation } from './conversation-context.ts';

const ACTION = 'min-h-7 rounded-pill px-2 font-medium hover:bg-on-accent/15 disabled:opacity-55';

/** What is unread lies above what is shown: how much, since when, and the ways to it or past it. */
export function UnreadBar({
  divider: { count, since },
  isCountedWhole,
  goThere,
  markRead,
}: {
  divider: DividerView;
  /** Whether all that is unread is loaded. */
  isCountedWhole: boolean;
  /** Scrolls to the first one; undefined while that is not loaded. */
  goThere: (() => void) | undefined;
  markRead: () => void;
}) {
  const { client } = useConversation();
  const [isBusy, setBusy] = useState(false);

  async function jump(): Promise<void> {
    setBusy(true);
    await client.jumpToDivider();
    setBusy(false);
  }

  return (
    <div
      className="absolute top-2 left-1/2 z-10 flex min-h-9 -translate-x-1/2 animate-enter items-center gap-1 rounded-pill bg-accent py-0.5 pr-1.5 pl-4 text-secondary whitespace-nowrap text-on-accent shadow-overlay"
      role="status"
    >
      {count}
      {isCountedWhole ? '' : '+'} new{since !== undefined && ` since ${timeOf(since)}`}
      <span aria-hidden="true">·</span>
      <button
        className={ACTION}
        disabled={isBusy}
        onClick={goThere ?? (() => void jump())}
        type="button"
      >
        Jump
      </button>
      <span aria-hidden="true">·</span>
      <button className={ACTION} onClick={markRead} type="button">
        Mark read
      </button>
    </div>
  );
}
