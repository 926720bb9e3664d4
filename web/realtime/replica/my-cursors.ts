import { assertNever } from '../../../protocol/assert-never.ts';
import { READ_THREADS_IN_STATE } from '../../../protocol/limits.ts';
import type {
  ReadThread,
  ReceiptUpdateEvent,
  ThreadStateEvent,
} from '../../../protocol/server-events.ts';
import type { RowEvent } from './message-window.ts';

/** My role in the group, and how far I have read it and its threads. */
export type MyState = ThreadStateEvent['me'];

/** My state after one of my cursors moved, on any of my clients. */
export function moved(me: MyState, event: ReceiptUpdateEvent): MyState {
  const mark = event.mark ?? me.mark;
  const { parentId } = event;
  if (parentId === undefined) return { ...me, mark, readSeq: event.readSeq ?? me.readSeq };
  const before = threadIn(me, parentId);
  const thread = {
    parentId,
    readSeq: event.readSeq ?? before?.readSeq ?? 0,
    following: event.following ?? before?.following ?? true,
  };
  return withThread({ ...me, mark }, thread);
}

/** My state with the cursor of this thread. */
export function withThread(me: MyState, thread: ReadThread): MyState {
  const others = me.readThreads.filter((it) => it.parentId !== thread.parentId);
  return { ...me, readThreads: [...others, thread] };
}

/** My read cursor in a thread, and whether I follow it; undefined for a thread that I have no part in. */
export function threadIn(
  me: MyState,
  parentId: string,
): MyState['readThreads'][number] | undefined {
  return me.readThreads.find((thread) => thread.parentId === parentId);
}

/** Whether the change is about a reply in a thread that I follow or may follow. */
export function isReplyForMe(me: MyState, event: RowEvent): boolean {
  const parentId = replyThread(event);
  if (parentId === undefined) return false;
  const isCut = me.readThreads.length >= READ_THREADS_IN_STATE;
  return threadIn(me, parentId)?.following ?? isCut;
}

/** The thread in which a reply was created, deleted or fetched; undefined for every other change. */
function replyThread(event: RowEvent): string | undefined {
  switch (event.type) {
    case 'message':
    case 'row':
      return event.message.parentId;
    case 'message_delete':
      return event.parentId;
    case 'message_update':
    case 'reaction_update':
      return undefined;
    default:
      return assertNever(event);
  }
}
