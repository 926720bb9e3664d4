import { ok, type Result } from '../../../protocol/errors.ts';
import type { Member, PresentState } from '../../../protocol/models.ts';
import type { EphemeralEvent, ServerEvent } from '../../../protocol/server-events.ts';
import type { Identity } from '../../auth/identity.ts';
import { POLLER_PRESENT_MS } from '../../sockets/pollers.ts';
import type { OpenGroup } from '../open-group.ts';
import type { Poll, PolledFrames, Position } from '../room-rpc.ts';
import type { RoomStore } from '../rows/room-store.ts';
import { memberWhoMay } from '../rules/permissions.ts';
import { eventSeenBy } from '../rules/read-receipts.ts';
import { threadState } from '../rules/thread-state.ts';
import type { FrameReceiver } from './frame-receiver.ts';

/**
 * Answers a poll with the changes since the client's position, at once or as soon as there is one, followed by the ephemeral
 * events that the client missed; null if nothing changed within `waitMs`.
 */
export async function answerPoll(
  group: OpenGroup,
  { client, position, waitMs, ...identity }: Poll,
): Promise<Result<ServerEvent[] | null>> {
  const { store, pollers, missedEvents, presence } = group;
  const { userId } = identity;
  const before = reader(group, identity);
  if (!before.ok) return before;
  pollers.poll(userId, client);
  presence.refresh(userId);
  presence.leaving(userId, POLLER_PRESENT_MS);
  if (isUpToDate(store, position)) await pollers.changed(waitMs);
  // A user who was removed or signed out while waiting gets nothing more.
  const me = reader(group, identity);
  if (!me.ok) return me;
  if (isUpToDate(store, position)) return ok(null);
  const state = threadState(store, me.value, position, group.ephemeral());
  const off = store.preferences.withoutReceipts();
  const missed = missedEvents
    .take(userId, client)
    .filter((event) => stillHolds(group, event))
    .map((event) => eventSeenBy(userId, event, off));
  return ok([state, ...missed]);
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

/** Whether a missed typing event is still true. No event ends typing after a message or a timeout: sockets need none. */
function stillHolds({ typing }: OpenGroup, event: EphemeralEvent): boolean {
  if (event.type !== 'thread_typing_update' || !event.typing) return true;
  return typing
    .list()
    .some(({ userId, parentId }) => userId === event.userId && parentId === event.parentId);
}
