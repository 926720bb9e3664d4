import { fail, ok, type Result } from '../../../protocol/errors.ts';
import type { Activity, Member } from '../../../protocol/models.ts';
import type { EphemeralEvent, ServerEvent } from '../../../protocol/server-events.ts';
import type { Identity } from '../../auth/identity.ts';
import type { Clock } from '../../clock.ts';
import { POLLER_PRESENT_MS } from '../ephemeral/pollers.ts';
import type { OpenGroup } from '../open-group.ts';
import type { Poll, PolledFrames, Position } from '../room-rpc.ts';
import type { RoomStore } from '../rows/room-store.ts';
import { memberWhoMay } from '../rules/permissions.ts';
import { threadState } from '../rules/thread-state.ts';
import type { FrameReceiver } from './frame-receiver.ts';

/**
 * What changed since the client's position: at once if anything durable did, else as soon as something does, or null when
 * it has waited enough. Behind the state comes what the client missed of the moment.
 */
export async function answerPoll(
  group: OpenGroup,
  { client, position, waitMs, ...identity }: Poll,
  clock: Clock,
): Promise<Result<ServerEvent[] | null>> {
  const { store, pollers, presence } = group;
  const { userId } = identity;
  const before = reader(group, identity, clock);
  if (!before.ok) return before;
  pollers.poll(userId, client);
  presence.refresh(userId);
  presence.leaving(userId, POLLER_PRESENT_MS);
  if (isUpToDate(store, position)) await pollers.changed(waitMs);
  // Whoever was removed or signed out while they waited hears nothing more.
  const me = reader(group, identity, clock);
  if (!me.ok) return me;
  if (isUpToDate(store, position)) return ok(null);
  const state = threadState(store, me.value, position, group.moment());
  const missed = pollers.takeMissed(userId, client).filter((event) => stillHolds(group, event));
  return ok([state, ...missed]);
}

/** Takes the frames of such a client, in order. Gives the events that settle them: what they changed, and errors. */
export function takePolledFrames(
  group: OpenGroup,
  { client, frames, ...identity }: PolledFrames,
  { receiver, flush, clock }: { receiver: FrameReceiver; flush: () => void; clock: Clock },
): Result<ServerEvent[]> {
  const { userId } = identity;
  const member = reader(group, identity, clock);
  if (!member.ok) return member;
  const settled: ServerEvent[] = [];
  const caller = {
    userId,
    reply: (events: ServerEvent[]) => void settled.push(...events),
    setActivity: (activity: Activity) => group.pollers.setActivity(userId, client, activity),
    // A poll is answered with the present, however late it comes.
    keepsUp: () => undefined,
    tooSlow: () => undefined,
    flush,
  };
  for (const frame of frames) {
    settled.push(...group.changesOf(() => receiver.take(group, caller, frame)));
  }
  return ok(settled);
}

/** The member who asks, if they may read and their session was not ended. */
function reader(
  { store }: OpenGroup,
  { userId, sessionId }: Identity,
  clock: Clock,
): Result<Member> {
  if (store.isRevoked([userId, sessionId], clock())) {
    return fail('unauthenticated', 'Your session has ended. Sign in again.');
  }
  return memberWhoMay(store, userId, 'read');
}

function isUpToDate(store: RoomStore, { since, epoch }: Position): boolean {
  return since === store.counter() && epoch === store.epoch();
}

/** A person whose message came, or who fell silent, does not type any more: no event says so, because sockets need none. */
function stillHolds({ typing }: OpenGroup, event: EphemeralEvent): boolean {
  if (event.type !== 'thread_typing_update' || !event.typing) return true;
  return typing
    .list()
    .some(({ userId, parentId }) => userId === event.userId && parentId === event.parentId);
}
