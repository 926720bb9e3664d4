/** The server counts unread replies up to this number. */
const COUNTED_TO = 100;

/** The number of unread replies of a thread in a list; nothing for 0. */
export function NewReplies({ unread }: { unread: number }) {
  if (unread === 0) return null;
  return (
    <span className="shrink-0 rounded-pill bg-accent px-2 text-meta font-semibold text-on-accent tabular-nums">
      {unread >= COUNTED_TO ? `${COUNTED_TO}+` : unread} new
    </span>
  );
}
