import { useEffect, useState } from 'react';
import type { RoomClient, RoomView } from '../../realtime/room-view.ts';

/** A group opens at its first unread message if that is within so many (behaviour: "Reading and unread"). */
const WITHIN = 200;

/**
 * Whether the messages that a group is opened with are there: its newest, and as many older ones as lead up to the first
 * unread, if that is near. Once they are, they are.
 */
export function useOpening(
  client: Pick<RoomClient, 'loadBefore'>,
  { group, divider, rows, hasBefore, loadingBefore, connection }: RoomView,
): boolean {
  const [isOpen, setOpen] = useState(false);
  const oldest = rows[0];
  const seeks =
    !isOpen &&
    connection.state === 'live' &&
    divider !== undefined &&
    hasBefore &&
    rows.length < WITHIN &&
    oldest?.state === 'sent' &&
    oldest.message.seq > divider.afterSeq;
  if (!isOpen && group && !seeks) setOpen(true);
  useEffect(() => {
    if (seeks && !loadingBefore) void client.loadBefore();
  }, [seeks, loadingBefore, client]);
  return isOpen || (group !== undefined && !seeks);
}
