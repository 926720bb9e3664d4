import type { User } from '../../../protocol/models.ts';
import { useKnownPresence } from '../../api/presence.ts';
import { Avatar } from '../../ui/people/avatar.tsx';
import { PresenceDot } from '../../ui/people/presence-dot.tsx';
import { statusNow } from '../../ui/people/user-status.tsx';

/** One person of the directory; a click shows their card. */
export function ListedPerson({ person }: { person: User }) {
  const presence = useKnownPresence(person.id);
  const status = statusNow(person);
  return (
    <li>
      <button
        className="flex min-h-13 w-full min-w-0 items-center gap-3 rounded-small px-2 text-start hover:bg-hover"
        data-person={person.id}
        type="button"
      >
        <span className="relative">
          <Avatar person={person} />
          <PresenceDot className="absolute -end-0.5 -bottom-0.5" state={presence} />
        </span>
        <span className="min-w-0 flex-1">
          <span className="flex items-baseline gap-2">
            <bdi className="truncate font-semibold text-strong">{person.name}</bdi>
            <bdi className="truncate text-secondary text-muted">@{person.handle}</bdi>
          </span>
          {status && (
            <span className="block truncate text-secondary text-muted">
              <bdi>{`${status.emoji} ${status.text}`.trim()}</bdi>
            </span>
          )}
        </span>
        {person.role !== 'member' && (
          <span className="shrink-0 text-meta text-muted">
            {person.role === 'admin' ? 'Admin' : 'Bot'}
          </span>
        )}
      </button>
    </li>
  );
}
