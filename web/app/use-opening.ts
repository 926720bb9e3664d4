import { useEffect, useState } from 'react';
import type { GroupView } from '../realtime/group-view.ts';

/** A group opens at its first unread message if that is among this many newest ones (behaviour: "Reading and unread"). */
const WITHIN = 200;
/** After this time the page shows what is loaded. */
const WAITS_MS = 2_500;

/**
 * Whether a group can be shown without moving under its reader: where it opens depends on what the user read on other
 * devices and on the messages from the first unread one on. Once true it stays true.
 */
export function useOpening({ group, divider, rows, hasBefore, connection }: GroupView): boolean {
  const [isOpen, setOpen] = useState(false);
  const oldest = rows[0];
  const isReached =
    divider === undefined ||
    !hasBefore ||
    rows.length >= WITHIN ||
    (oldest?.state === 'sent' && oldest.message.seq <= divider.afterSeq);
  const isKnown = group !== undefined && connection.state !== 'connecting' && isReached;
  if (!isOpen && isKnown) setOpen(true);
  useEffect(() => {
    const timer = setTimeout(() => setOpen(true), WAITS_MS);
    return () => clearTimeout(timer);
  }, []);
  return group !== undefined && (isOpen || isKnown);
}
