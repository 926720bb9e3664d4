import type { DividerView, TimelineRow } from '../../../realtime/group-view.ts';
import { sinceOf } from '../../../ui/words/moment.ts';
import { useConversation } from '../conversation-context.ts';
import { newestSeq } from './use-arrivals.ts';

const ACTION = 'min-h-7 rounded-pill px-2 font-medium hover:bg-on-accent/15';

/** Says how many unread messages are above the view, and offers to jump there or to mark them read. */
export function UnreadBar({
  divider,
  rows,
  onJump,
}: {
  divider: DividerView;
  /** The loaded messages. */
  rows: readonly TimelineRow[];
  onJump: () => void;
}) {
  const { client, parentId } = useConversation();

  function markRead(): void {
    const newest = client.getView().group?.lastSeq ?? 0;
    client.markRead(Math.max(newestSeq(rows), newest), parentId ?? undefined);
    client.clearDivider(parentId ?? undefined);
  }

  return (
    <div
      className="absolute top-2 left-1/2 z-10 flex min-h-9 -translate-x-1/2 animate-enter items-center gap-1 rounded-pill bg-accent py-0.5 ps-4 pe-1.5 select-none text-secondary whitespace-nowrap text-on-accent shadow-overlay"
      role="status"
    >
      {unreadSentence(divider)}
      <span aria-hidden="true">·</span>
      <button className={ACTION} onClick={onJump} type="button">
        Jump
      </button>
      <span aria-hidden="true">·</span>
      <button className={ACTION} onClick={markRead} type="button">
        Mark read
      </button>
    </div>
  );
}

/** "212 new since 14:02", "1,000+ new, 2+ mention you". */
function unreadSentence({ count, mentions, isAtLeast, since }: DividerView): string {
  const more = isAtLeast ? '+' : '';
  const from = since === undefined ? '' : ` since ${sinceOf(since, Date.now())}`;
  const verb = mentions === 1 && !isAtLeast ? 'mentions' : 'mention';
  const named = mentions === 0 ? '' : `, ${mentions.toLocaleString()}${more} ${verb} you`;
  return `${count.toLocaleString()}${more} new${from}${named}`;
}
