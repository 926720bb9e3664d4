import { v7 as uuidv7 } from 'uuid';
import { fileIdOf } from '../../protocol/file-id.ts';
import type { FileReference, Message } from '../../protocol/models.ts';
import type { MessagePage } from '../../protocol/rest.ts';
import type { DurableEvent, ThreadStateEvent } from '../../protocol/server-events.ts';
import { GroupReplica } from '../../web/realtime/replica/group-replica.ts';
import type { SignedIn } from '../../web/session/session.ts';
import { manualClock } from './manual-clock.ts';
import { person } from './node-room.ts';

/** The group of all these events. */
export const GROUP_ID = '01990000-0000-7000-8000-000000000000';
/** The user whose page it is, the group's owner. */
export const ADA = person('Ada');
/** Ada's session; no server knows its token. */
export const ADA_SESSION: SignedIn = {
  state: 'signed-in',
  userId: ADA.id,
  getToken: async () => 'token',
  signOut: async () => undefined,
};
const CREATED_AT = Date.UTC(2026, 0, 1);

/** An empty replica, with a clock that stands still unless one is given. */
export function replicaOf(clock = manualClock()): GroupReplica {
  return new GroupReplica({ clock, changed: () => undefined, applied: () => undefined });
}

/** A message of Grace at this `seq`, unless `change` says otherwise. */
export function messageAt(seq: number, change: Partial<Message> = {}): Message {
  return {
    id: uuidv7(),
    groupId: GROUP_ID,
    seq,
    rev: seq,
    userId: person('Grace').id,
    content: `message ${seq}`,
    createdAt: CREATED_AT + seq,
    ...change,
  };
}

/** A file of Ada's with this name: a picture or a text, sent unless `change` says otherwise. */
export function fileAt(name: string, change: Partial<FileReference> = {}): FileReference {
  const id = fileIdOf(GROUP_ID, uuidv7());
  return {
    id,
    name,
    type: name.endsWith('.jpg') ? 'image/jpeg' : 'text/plain',
    size: 3,
    url: `/api/files/${id}`,
    metadata: { uploadedBy: ADA.id, uploadedAt: CREATED_AT },
    ...change,
  };
}

/** The event of a new message. */
export function messageEvent(message: Message): DurableEvent {
  return { type: 'message', rev: message.seq, message };
}

/** The group's state at `rev` for Ada, with `reset` unless `change` says otherwise. */
export function stateAt(rev: number, change: Partial<ThreadStateEvent> = {}): ThreadStateEvent {
  const messages = change.messages ?? [];
  return {
    type: 'thread_state',
    groupId: GROUP_ID,
    parentId: null,
    epoch: 'first',
    rev,
    reset: true,
    group: {
      id: GROUP_ID,
      kind: 'group',
      name: 'Engines',
      topic: '',
      visibility: 'public',
      createdBy: ADA.id,
      createdAt: CREATED_AT,
      memberCount: 1,
      lastSeq: messages.at(-1)?.seq ?? 0,
      rev: 1,
    },
    me: {
      userId: ADA.id,
      role: 'owner',
      readSeq: 0,
      mark: 0,
      unread: 0,
      mentions: 0,
      readThreads: [],
    },
    members: [{ userId: ADA.id, role: 'owner', joinedAt: CREATED_AT, rev: 2, user: ADA }],
    users: [person('Grace')],
    receipts: [],
    presence: [],
    typing: [],
    messages,
    hasBefore: false,
    ...change,
  };
}

/** A page of older messages, as the Room had them at `rev`. */
export function pageOf(messages: Message[], rev: number): MessagePage {
  return { messages, users: [], hasBefore: false, hasAfter: true, rev, epoch: 'first' };
}
