import { ok, type Result } from '../../../protocol/errors.ts';
import type { Member, PresentState } from '../../../protocol/models.ts';
import type { EphemeralEvent, ServerEvent } from '../../../protocol/server-events.ts';
import type { Identity } from '../../auth/identity.ts';
import { POLLER_PRESENT_MS, type Poller } from '../../sockets/pollers.ts';
import type { OpenGroup } from '../open-group.ts';
import type { Poll, PolledFrames, Position } from '../room-rpc.ts';
import type { RoomStore } from '../rows/room-store.ts';
import { memberWhoMay } from '../rules/permissions.ts';
import { eventSeenBy } from '../rules/read-receipts.ts';
import { threadState } from '../rules/thread-state.ts';
import type { FrameReceiver } from './frame-receiver.ts';

/**
 * Answers a poll with the changes since the client's position, followed by the ephemeral events that the client missed. Waits
 * for them for up to `waitMs`, and then answers null. Ephemeral events alone answer only a poll that waits: clients that
 * connect do not wait, and take such an answer for the news that nothing changed. In a large group a client that the Room does
 * not know gets the state in any case: it knows no count, and what it watched is forgotten.
 */
export async function answerPoll(
  group: OpenGroup,
  { client, position, waitMs, ...identity }: Poll,
): Promise<Result<ServerEvent[] | null>> {
  const { store, pollers, missedEvents, presence, clock } = group;
  const { userId } = identity;
  const member = reader(group, identity);
  if (!member.ok) return member;
  const isKnown = pollers.find(userId, client) !== undefined;
  const poller = pollers.poll(userId, client);
  presence.refresh(userId);
  presence.leaving(userId, POLLER_PRESENT_MS);
  const until = clock() + waitMs;
  for (;;) {
    // A user who was removed or signed out while waiting gets nothing more.
    const me = reader(group, identity);
    if (!me.ok) return me;
    if (!isUpToDate(store, position) || (store.isLarge() && !isKnown)) {
      const state = threadState(store, me.value, position, group.ephemeral(poller.watching));
      return ok([state, ...takeMissed(group, poller)]);
    }
    const now = clock();
    const dueAt = missedEvents.dueAt(poller);
    if (waitMs > 0 && dueAt !== undefined && dueAt <= now) {
      const missed = takeMissed(group, poller);
      if (missed.length > 0) return ok(missed);
      continue;
    }
    if (now >= until) return ok(null);
    await pollers.changed(Math.min(until, dueAt ?? until) - now, poller);
  }
}

/** Handles the frames of a client that polls, in order. Returns the events that settle them: changes and errors. */
export function takePolledFrames(
  group: OpenGroup,
  { client, frames, ...identity }: PolledFrames,
  { receiver, flush }: { receiver: FrameReceiver; flush: () => void },
): Result<ServerEvent[]> {
  const { userId } = identity;
  const member = reader(group, identity);
  if (!member.ok) return member;
  const settled: ServerEvent[] = [];
  const caller = {
    userId,
    reply: (events: ServerEvent[]) => void settled.push(...events),
    setActivity: (activity: PresentState) => group.pollers.setActivity(userId, client, activity),
    watch: (userIds: string[]) => group.pollers.setWatching(userId, client, userIds),
    watching: () => group.pollers.find(userId, client)?.watching ?? [],
    // A poll is always answered up to the counter, so nothing queues for this client.
    acknowledge: () => undefined,
    tooSlow: () => undefined,
    flush,
  };
  for (const frame of frames) {
    settled.push(...group.changesOf(() => receiver.handle(group, caller, frame)));
  }
  return ok(settled);
}

/** The member of an identity; `unauthenticated` if their session was ended. */
function reader({ store, revoked }: OpenGroup, identity: Identity): Result<Member> {
  const admitted = revoked.admit(identity);
  return admitted.ok ? memberWhoMay(store, identity.userId, 'read') : admitted;
}

function isUpToDate(store: RoomStore, { since, epoch }: Position): boolean {
  return since === store.counter() && epoch === store.epoch();
}

/** What a client has missed, as its user may see it. */
function takeMissed(group: OpenGroup, poller: Poller): EphemeralEvent[] {
  const off = group.store.preferences.withoutReceipts();
  return group.missedEvents
    .take(poller)
    .filter((event) => stillHolds(group, event))
    .map((event) => eventSeenBy(poller.userId, event, off));
}

/** Whether a missed typing event is still true. No event ends typing after a message or a timeout: sockets need none. */
function stillHolds({ typing }: OpenGroup, event: EphemeralEvent): boolean {
  if (event.type !== 'thread_typing_update' || !event.typing) return true;
  return typing
    .list()
    .some(({ userId, parentId }) => userId === event.userId && parentId === event.parentId);
}
