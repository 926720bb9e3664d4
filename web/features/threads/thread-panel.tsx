import { Bell, BellOff, List, MessagesSquare } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ThreadView } from '../../realtime/group-view.ts';
import { IconButton } from '../../ui/controls/icon-button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Panel } from '../../ui/overlays/panel.tsx';
import { TimelineSkeleton } from '../conversation/timeline-skeleton.tsx';
import { repliesOf } from './replies-of.ts';
import { UnderRoot } from './under-root.tsx';

/** The panel of a thread. The app passes its list and its composer. */
export function ThreadPanel({
  thread,
  list,
  composer,
  onFollow,
  onAll,
  onEscape,
  onClose,
}: {
  /** Undefined until the thread is opened; only its root while it loads. */
  thread: ThreadView | undefined;
  /** The root and its replies. */
  list: ReactNode;
  composer: ReactNode;
  onFollow: (following: boolean) => void;
  /** Leads to the list of threads. */
  onAll: () => void;
  /** Returns true if Escape was handled otherwise, and must not close the panel. */
  onEscape: () => boolean;
  onClose: () => void;
}) {
  const replies = thread?.root?.message.replyCount ?? 0;
  const follows = thread?.following === true;
  return (
    <Panel
      actions={
        <>
          <IconButton label="All threads" onClick={onAll}>
            <List aria-hidden="true" size={18} />
          </IconButton>
          {thread?.root && (
            <IconButton
              aria-pressed={follows}
              className="aria-pressed:text-accent-text"
              label={follows ? 'Stop following this thread' : 'Follow this thread'}
              onClick={() => onFollow(!follows)}
            >
              {follows ? (
                <Bell aria-hidden="true" size={18} />
              ) : (
                <BellOff aria-hidden="true" size={18} />
              )}
            </IconButton>
          )}
        </>
      }
      close="Close thread"
      label="Thread"
      onClose={onClose}
      onEscape={onEscape}
      takesFocus={false}
      title={
        <>
          Thread{' '}
          {replies > 0 && (
            <span className="text-secondary font-normal text-muted">
              {thread?.root && repliesOf(thread.root.message)}
            </span>
          )}
        </>
      }
    >
      {thread?.missing ? (
        <EmptyState icon={MessagesSquare} title="This thread is gone">
          Its first message was deleted, or the link is wrong.
        </EmptyState>
      ) : thread?.root ? (
        <>
          <UnderRoot root={thread.root}>{list}</UnderRoot>
          {composer}
        </>
      ) : (
        <TimelineSkeleton />
      )}
    </Panel>
  );
}
