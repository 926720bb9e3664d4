import { AtSign, Clock, MessageCircle } from 'lucide-react';
import { Link } from 'wouter';
import { navigate } from 'wouter/use-browser-location';
import type { User } from '../../../protocol/models.ts';
import { useCreateGroup } from '../../api/groups.ts';
import { useUser } from '../../api/users.ts';
import { useSignedIn } from '../../session/use-session.ts';
import { requestOfComposer } from '../../ui/composer-requests.ts';
import { Button } from '../../ui/controls/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Dialog } from '../../ui/overlays/dialog.tsx';
import { Avatar } from '../../ui/people/avatar.tsx';
import { statusNow } from '../../ui/people/user-status.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { localTimeIn } from './local-time.ts';
import { PersonPresence } from './person-presence.tsx';
import { SharedGroups } from './shared-groups.tsx';

/** The open group or, with `parentId`, its thread, in whose composer the person can be mentioned. */
export interface CardPlace {
  groupId: string;
  parentId: string | null;
}

/** The card of a person: who they are, how they are, their time, the groups that we share, and what I can do. */
export function PersonCard({
  userId,
  place,
  onClose,
}: {
  userId: string;
  place: CardPlace | undefined;
  onClose: () => void;
}) {
  const user = useUser(userId);
  const person = user.data;
  return (
    <Dialog isText={person === undefined} onClose={onClose} title={person?.name ?? 'Person'}>
      {person && <Person onClose={onClose} person={person} place={place} />}
      {user.failure && (
        <Notice>
          {user.failure.code === 'not_found'
            ? 'You cannot see this person: you share no group with them.'
            : user.failure.detail}
        </Notice>
      )}
      {user.isPending && (
        <div className="flex gap-4">
          <span className="sr-only" role="status">
            Loading
          </span>
          <Skeleton className="size-16 rounded-pill" />
          <Skeleton className="h-12 flex-1" />
        </div>
      )}
    </Dialog>
  );
}

function Person({
  person,
  place,
  onClose,
}: {
  person: User;
  place: CardPlace | undefined;
  onClose: () => void;
}) {
  const isMe = useSignedIn().userId === person.id;
  const direct = useCreateGroup();
  const status = statusNow(person);
  const time = person.timeZone === undefined ? undefined : localTimeIn(person.timeZone, Date.now());
  const isGone = person.deactivatedAt !== undefined;

  function message(): void {
    void direct.run({ kind: 'direct', memberIds: [person.id] }, ({ id }) => {
      onClose();
      navigate(`/g/${id}`);
    });
  }

  function mention(): void {
    onClose();
    if (!place) return;
    // When the closing dialog has given the focus back, the composer takes it.
    setTimeout(() => requestOfComposer({ type: 'mention', ...place, person }));
  }

  return (
    <div className="flex flex-col gap-4">
      <div className="flex items-center gap-4">
        <Avatar person={person} size="large" />
        <div className="min-w-0 flex-1">
          <p className="truncate text-muted">
            <bdi>@{person.handle}</bdi>
            {isMe && ' (you)'}
            {person.role !== 'member' && ` · ${person.role === 'admin' ? 'Admin' : 'Bot'}`}
          </p>
          {isGone ? (
            <p className="text-muted">This account is deactivated.</p>
          ) : (
            <PersonPresence userId={person.id} />
          )}
          {status && (
            <p className="wrap-anywhere text-strong">
              <bdi>{`${status.emoji} ${status.text}`.trim()}</bdi>
            </p>
          )}
          {time !== undefined && !isGone && (
            <p className="flex items-center gap-1.5 text-secondary text-muted">
              <Clock aria-hidden="true" size={14} /> {time} local time
            </p>
          )}
        </div>
      </div>
      {!isMe && !isGone && (
        <div className="flex flex-wrap gap-2">
          <Button busy={direct.isPending} look="primary" onClick={message}>
            <MessageCircle aria-hidden="true" size={16} /> Message
          </Button>
          {place && (
            <Button look="outline" onClick={mention}>
              <AtSign aria-hidden="true" size={16} /> Mention
            </Button>
          )}
        </div>
      )}
      {isMe && (
        <Link className="text-accent-text hover:underline" href="/settings" onClick={onClose}>
          Settings
        </Link>
      )}
      {direct.failure && <Notice>{direct.failure.detail}</Notice>}
      {!isMe && <SharedGroups onOpen={onClose} userId={person.id} />}
    </div>
  );
}
