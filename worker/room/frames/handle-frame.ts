import { assertNever } from '../../../protocol/assert-never.ts';
import type { ClientFrame } from '../../../protocol/client-frames.ts';
import type { Result } from '../../../protocol/errors.ts';
import type { PresentState } from '../../../protocol/models.ts';
import type { ServerEvent } from '../../../protocol/server-events.ts';
import type { OpenGroup } from '../open-group.ts';
import type { Position } from '../room-rpc.ts';
import { memberWhoMay, rootOf } from '../rules/permissions.ts';
import { threadState } from '../rules/thread-state.ts';

/** The client that sent a frame, over a socket or in a request. */
export interface Caller {
  userId: string;
  /** Sends to this client only. */
  reply(events: ServerEvent[]): void;
  /** Sets the state that the client reports for its user. */
  setActivity(activity: PresentState): void;
  /** Sets the users whose presence the client watches. */
  watch(userIds: string[]): void;
  /** The users whose presence the client watches. */
  watching(): readonly string[];
  /** The client has acknowledged what it has applied. */
  acknowledge(): void;
  /** Disconnects a client that cannot keep up. It reconnects and resumes. */
  tooSlow(): void;
  /** Sends everyone the queued events, so that a state sent next is at the Room's counter. */
  flush(): void;
}

/** The parts of a group that handling a frame needs. */
export type FrameGroup = Pick<
  OpenGroup,
  | 'store'
  | 'conversation'
  | 'receipts'
  | 'threads'
  | 'typing'
  | 'presence'
  | 'ephemeral'
  | 'publishEphemeral'
>;

/** Every frame but `auth`, which only concerns the connection. */
export type GroupFrame = Exclude<ClientFrame, { type: 'auth' }>;

/** Handles a frame. Its changes are published to everyone; a failure is returned for the caller only. */
export function handleFrame(group: FrameGroup, caller: Caller, frame: GroupFrame): Result<unknown> {
  const { conversation, receipts, threads } = group;
  const { userId } = caller;
  switch (frame.type) {
    case 'message':
      return sendMessage(group, caller, frame);
    case 'edit_message':
      return conversation.edit(userId, frame);
    case 'delete_message':
      return conversation.delete(userId, frame.id);
    case 'reaction':
      return conversation.react(userId, frame);
    case 'thread_sync':
      return sendState(group, caller, frame, frame.parentId ?? undefined, frame.holds);
    case 'thread_typing':
      return setTyping(group, userId, frame.parentId ?? null, frame.typing);
    case 'thread_read':
      return receipts.read(userId, frame);
    case 'thread_follow':
      return threads.follow(userId, frame.parentId, frame.following);
    case 'thread_delivered':
      if (receipts.isFarBehind(frame.seq)) caller.tooSlow();
      else caller.acknowledge();
      return receipts.delivered(userId, frame.seq);
    case 'presence':
      caller.setActivity(frame.dnd ? 'dnd' : frame.state);
      group.presence.refresh(userId);
      return { ok: true, value: null };
    case 'presence_watch':
      return watch(group, caller, frame);
    default:
      return assertNever(frame);
  }
}

/**
 * Sends a client the state of the group, or of one thread, after the events that were queued before it. Fails for a user
 * who is not a member, or with `not_found` for an unknown thread. `holds` is where the client is with the group as a whole.
 */
export function sendState(
  group: FrameGroup,
  caller: Caller,
  position: Position,
  parentId?: string,
  holds?: Position,
): Result<null> {
  const me = memberWhoMay(group.store, caller.userId, 'read');
  if (!me.ok) return me;
  const root = parentId === undefined ? undefined : rootOf(group.store, parentId);
  if (root && !root.ok) return root;
  caller.flush();
  const thread = root && { rootSeq: root.value.seq, holds };
  const ephemeral = group.ephemeral(caller.watching());
  caller.reply([threadState(group.store, me.value, position, ephemeral, thread)]);
  return { ok: true, value: null };
}

function sendMessage(
  group: FrameGroup,
  caller: Caller,
  frame: Extract<GroupFrame, { type: 'message' }>,
): Result<unknown> {
  const sent = group.conversation.send(caller.userId, frame);
  if (!sent.ok) return sent;
  const { message, created } = sent.value;
  if (!created) caller.reply([{ type: 'message', rev: message.rev, message, repeat: true }]);
  return sent;
}

/** Answers about everyone, also those who are offline: the client may remember something else of them. */
function watch(
  { store, presence }: FrameGroup,
  caller: Caller,
  { userIds }: Extract<GroupFrame, { type: 'presence_watch' }>,
): Result<null> {
  const member = memberWhoMay(store, caller.userId, 'read');
  if (!member.ok) return member;
  const watched = [...new Set(userIds)];
  caller.watch(watched);
  const answer = watched.map((userId): ServerEvent => {
    return { type: 'presence_update', userId, state: presence.stateOf(userId) };
  });
  if (answer.length > 0) caller.reply(answer);
  return { ok: true, value: null };
}

function setTyping(
  group: FrameGroup,
  userId: string,
  parentId: string | null,
  typing: boolean,
): Result<null> {
  const member = memberWhoMay(group.store, userId, 'send');
  if (!member.ok) return member;
  const root = parentId === null ? undefined : rootOf(group.store, parentId);
  if (root && !root.ok) return root;
  if (group.typing.set(userId, parentId, typing)) {
    group.publishEphemeral({ type: 'thread_typing_update', parentId, userId, typing });
  }
  return { ok: true, value: null };
}
