import { useEffect, useState } from 'react';
import type { GroupView } from '../realtime/group-view.ts';

/** A group opens at its first unread message if that is among this many newest ones. */
const WITHIN = 200;
/** After this time the page shows what is loaded. */
const WAITS_MS = 2_500;

/** How far a group has opened. */
export interface Opening {
  /** It can be shown without moving under its reader. Once true it stays true. */
  isShown: boolean;
  /** It is known where it opens; until then nothing above the newest loaded message changes. */
  isPlaced: boolean;
}

/**
 * Where a group opens depends on what the user read on other devices, and on the messages from the first unread one on. It is
 * shown before that is known only if all new messages will stand below what is loaded.
 */
export function useOpening({ group, divider, opening, rows, hasBefore }: GroupView): Opening {
  const [isOpen, setOpen] = useState(false);
  const [hasWaited, setWaited] = useState(false);
  const oldest = rows[0];
  const isReached =
    divider === undefined ||
    !hasBefore ||
    rows.length >= WITHIN ||
    (oldest?.state === 'sent' && oldest.message.seq <= divider.afterSeq);
  const isPlaced =
    opening === 'known' ? isReached || hasWaited : opening === 'unknown' && hasWaited;
  const isReady = group !== undefined && (isPlaced || opening === 'below');
  if (!isOpen && isReady) setOpen(true);
  useEffect(() => {
    const timer = setTimeout(() => setWaited(true), WAITS_MS);
    return () => clearTimeout(timer);
  }, []);
  return { isShown: group !== undefined && (isOpen || isReady), isPlaced };
}
