import { useEffect, useState } from 'react';
import type { GroupView } from '../realtime/group-view.ts';

/** A group opens at its first unread message if that is within so many (behaviour: "Reading and unread"). */
const WITHIN = 200;
/** Longer than that nobody is kept from what is here already. */
const WAITS_MS = 2_500;

/**
 * Whether a group can be shown without moving under its reader at once: until the server has said what was read
 * elsewhere, and what leads up to the first unread message is loaded, nobody knows where it opens. Once it can, it can.
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
