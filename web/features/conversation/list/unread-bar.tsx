import type { DividerView } from '../../../realtime/group-view.ts';
import { sinceOf } from '../../../ui/words/moment.ts';

const ACTION = 'min-h-7 rounded-pill px-2 font-medium hover:bg-on-accent/15';

/** Says how many unread messages are above the view, and offers to jump there or to mark them read. */
export function UnreadBar({
  divider,
  onJump,
  onRead,
}: {
  divider: DividerView;
  onJump: () => void;
  onRead: () => void;
}) {
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
      <button className={ACTION} onClick={onRead} type="button">
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
