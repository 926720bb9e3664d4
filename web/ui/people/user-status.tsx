import type { User } from '../../../protocol/models.ts';

/** The emoji of a person's status, with its text on hover; nothing without a status or after its end. */
export function UserStatusEmoji({ user }: { user: User | undefined }) {
  const status = user && statusNow(user);
  if (!status) return null;
  const text = [status.emoji, status.text].filter(Boolean).join(' ');
  return (
    <span className="shrink-0 text-secondary select-none" title={text}>
      <span aria-hidden="true">{status.emoji}</span>
      <bdi className="sr-only">{text}</bdi>
    </span>
  );
}

/** A person's status, if it has not ended. */
export function statusNow({ status }: User): User['status'] {
  const hasEnded = status?.until !== undefined && status.until <= Date.now();
  return hasEnded ? undefined : status;
}
