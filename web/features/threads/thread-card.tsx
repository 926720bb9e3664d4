import { CheckCheck } from 'lucide-react';
import { type MouseEvent, useEffect, useMemo } from 'react';
import { Link } from 'wouter';
import { THREADS_IN_ENTRY } from '../../../protocol/limits.ts';
import type { User } from '../../../protocol/models.ts';
import type { InboxEntry } from '../../../protocol/rest.ts';
import type { FollowedThread } from '../../../protocol/threads.ts';
import { useChangeThread, useThread } from '../../api/thread.ts';
import { Button } from '../../ui/controls/button.tsx';
import { IconButton } from '../../ui/controls/icon-button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { conversationName } from '../../ui/words/conversation-name.ts';
import { PeopleContext } from '../conversation/people-context.ts';
import { CardMenu } from './card-menu.tsx';
import { CardMessage } from './card-message.tsx';
import { NewReplies } from './new-replies.tsx';
import { repliesOf } from './replies-of.ts';
import { useRenewal } from './use-renewal.ts';

/** What a click does itself: the rest of a card opens its thread. */
const OWN_CLICK = 'a, button, [data-person], [data-mention], [role="menu"]';

/** Reactions change a card too, and its Room may forget an edit before it is sent: a card that is shown asks this often. */
const RENEWED_EVERY_MS = 30_000;

/** A thread of all groups: its group, its root, and its last replies, which are renewed as replies arrive. */
export function ThreadCard({
  thread: listed,
  entry,
  me,
  userOf,
  isActive,
  isOld,
  onOpen,
}: {
  /** `listedAt` is when it was fetched, ms UTC. */
  thread: FollowedThread & { listedAt: number };
  /** The group in my list, which has the number of unread replies as it is now. */
  entry: InboxEntry;
  me: string;
  userOf: (userId: string) => User | undefined;
  /** Tab reaches this card. */
  isActive: boolean;
  /** The thread was listed on an earlier visit of the page. */
  isOld: boolean;
  onOpen: () => void;
}) {
  const id = { groupId: listed.groupId, id: listed.root.id };
  const { renew, ...latest } = useThread(id);
  const change = useChangeThread(id);
  const state = latest.updatedAt > listed.listedAt ? latest.data : undefined;
  const { root, replies, lastReplyAt } = state?.thread ?? listed;
  const following = state?.following ?? true;
  const live = entry.threads.find(({ parentId }) => parentId === root.id);
  // Of very many unread threads the entry lists only the latest.
  const isListed = live !== undefined || entry.threads.length < THREADS_IN_ENTRY;
  const unread = isListed ? (live?.unread ?? 0) : listed.unread;
  const changed = entry.changedThreads?.find(({ parentId }) => parentId === root.id)?.rev;
  // A number that falls may be a deleted reply.
  const news = `${Math.max(live?.lastReplyAt ?? 0, lastReplyAt)} ${unread} ${changed}`;
  useRenewal(news, renew, isOld);
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') void renew();
    }, RENEWED_EVERY_MS);
    return () => clearInterval(timer);
  }, [renew]);
  const known = useMemo(() => {
    const users = new Map(state?.users.map((user) => [user.id, user]));
    return { me, userOf: (userId: string) => users.get(userId) ?? userOf(userId) };
  }, [state, me, userOf]);
  const name = conversationName(entry.group, entry.people ?? []);
  const earlier = (root.replyCount ?? 0) - replies.length;

  const read = () => void change.run({ readSeq: replies.at(-1)?.seq ?? root.seq });

  function onClick({ target }: MouseEvent): void {
    const isOwn = target instanceof Element && target.closest(OWN_CLICK) !== null;
    // A drag across the text selects it.
    if (!isOwn && getSelection()?.isCollapsed !== false) onOpen();
  }

  return (
    <PeopleContext value={known}>
      <article
        aria-label={`Thread in ${name}, ${repliesOf(root)}${unread > 0 ? `, ${unread} new` : ''}`}
        className="flex cursor-pointer scroll-my-3 flex-col gap-2.5 rounded-card bg-raised p-3 shadow-field hover:bg-hover"
        data-card={root.id}
        tabIndex={isActive ? 0 : -1}
        {...{ onClick }}
      >
        <header className="flex min-h-8 items-center gap-2">
          <Link
            className="min-w-0 truncate rounded-small text-secondary font-medium text-muted hover:text-strong hover:underline"
            href={`/g/${entry.group.id}`}
          >
            <bdi>{name}</bdi>
          </Link>
          <NewReplies unread={unread} />
          <span className="flex-1" />
          {unread > 0 && (
            <IconButton className="size-8" label="Mark as read" onClick={read}>
              <CheckCheck aria-hidden="true" size={16} />
            </IconButton>
          )}
          <CardMenu
            following={following}
            isUnread={unread > 0}
            onFollow={(follows) => void change.run({ following: follows })}
            onRead={read}
          />
        </header>
        {change.failure && <Notice>{change.failure.detail}</Notice>}
        {!following && (
          <p className="flex flex-wrap items-center gap-x-2 text-secondary text-muted">
            You do not follow this thread any more.
            <Button onClick={() => void change.run({ following: true })}>Follow again</Button>
          </p>
        )}
        <CardMessage author={known.userOf(root.userId)} message={root} />
        <div className="ms-3 flex flex-col gap-2.5 border-s-2 border-line ps-3.5">
          {earlier > 0 && (
            <p className="text-secondary text-muted">
              {earlier} earlier {earlier === 1 ? 'reply' : 'replies'}
            </p>
          )}
          {replies.map((reply) => (
            <CardMessage author={known.userOf(reply.userId)} key={reply.id} message={reply} />
          ))}
        </div>
        <button
          className="min-h-8 self-start rounded-small px-2 -ms-2 text-secondary font-medium text-accent-text hover:bg-hover"
          onClick={onOpen}
          type="button"
        >
          Open thread
        </button>
      </article>
    </PeopleContext>
  );
}
