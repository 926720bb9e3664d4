import { BellOff } from 'lucide-react';
import { oneLine } from '../../../protocol/markdown/one-line.ts';
import { parse } from '../../../protocol/markdown/parse.ts';
import { EVERYONE } from '../../../protocol/mentions.ts';
import { useMe } from '../../api/people.ts';
import { Avatar } from '../../ui/people/avatar.tsx';
import { isolated } from '../../ui/words/isolated.ts';
import { listTimeOf } from '../../ui/words/list-time.ts';
import { GroupBadge } from './group-badge.tsx';
import { GroupIcon } from './group-icon.tsx';
import { GroupName } from './group-name.tsx';
import { badgeOf, type ListedGroup } from './listed-group.ts';

/** A group in the list of a phone, which is a page by itself: with its last message. Loads late: a desktop shows none. */
export function GroupSummary({ listed, now }: { listed: ListedGroup; now: number }) {
  const me = useMe().data;
  const { group, people, last, unread, mentions, isMuted } = listed;
  const nameOf = (userId: string) =>
    EVERYONE.has(userId) ? userId : last?.mentioned?.find(({ id }) => id === userId)?.name;
  const text = last ? oneLine(parse(last.preview), nameOf) : group.topic || 'No messages yet';
  const isMine = last !== undefined && last.userId === me?.id;
  // With one other person it is clear who wrote what I did not.
  const other = people?.length === 1 || last?.name === undefined ? undefined : isolated(last.name);
  const author = isMine ? 'You' : other;
  return (
    <>
      {people ? (
        <Avatar className="size-10" person={people[0]} />
      ) : (
        <span className="grid size-10 shrink-0 place-items-center overflow-hidden rounded-card bg-accent-tint [--picture:-10px]">
          <GroupIcon group={group} size={20} />
        </span>
      )}
      <span className="flex min-w-0 flex-1 flex-col py-2">
        <span className="flex items-baseline gap-2">
          <GroupName className="min-w-0 flex-1 truncate" listed={listed} />
          {isMuted && <BellOff aria-hidden="true" className="shrink-0 text-muted" size={14} />}
          {last && (
            <span className="shrink-0 text-meta font-normal text-muted tabular-nums">
              {listTimeOf(last.at, now)}
            </span>
          )}
        </span>
        <span className="flex min-h-5 items-center gap-2 text-secondary font-normal text-muted">
          <span className="min-w-0 flex-1 truncate" dir="auto">
            {author !== undefined && `${author}: `}
            {text}
          </span>
          {unread > mentions && (
            <span
              aria-hidden="true"
              className="min-w-5 shrink-0 rounded-pill bg-neutral-5 px-1.5 text-center text-meta leading-5 font-semibold text-strong tabular-nums"
            >
              {badgeOf(unread)}
            </span>
          )}
          <GroupBadge mentions={mentions} />
        </span>
      </span>
    </>
  );
}
