import { v7 as uuidv7 } from 'uuid';
import type { FrameOf } from '../../protocol/client-frames.ts';
import type { Message } from '../../protocol/models.ts';
import type { DurableEvent, ServerEvent, ThreadStateEvent } from '../../protocol/server-events.ts';
import type { Person } from './person.ts';
import type { TestSocket } from './test-socket.ts';

/** Two people in a group, each with a socket that has the group's state. */
export interface Talk {
  groupId: string;
  /** Of the owner. */
  adas: TestSocket;
  /** Of a member. */
  graces: TestSocket;
  /** What the owner's socket began with. */
  state: ThreadStateEvent;
}

/** Makes a public group of these two and opens a socket of each. */
export async function talk(ada: Person, grace: Person): Promise<Talk> {
  const group = await ada.createGroup();
  await grace.join(group.id);
  const adas = await ada.connect(group.id);
  const state = await adas.next('thread_state');
  const graces = await grace.connect(group.id);
  await graces.next('thread_state');
  return { groupId: group.id, adas, graces, state };
}

/** Lets one more person in, and opens a socket of theirs. */
export async function admit(person: Person, groupId: string): Promise<TestSocket> {
  await person.join(groupId);
  const socket = await person.connect(groupId);
  await socket.next('thread_state');
  return socket;
}

/** A frame that sends a message. */
export function messageFrame(
  content: string,
  more: Partial<Pick<FrameOf<'message'>, 'id' | 'parentId' | 'alsoToGroup' | 'ref'>> = {},
): FrameOf<'message'> {
  return { type: 'message', id: uuidv7(), content, ...more };
}

/** Says something, and waits until the sender's own socket has heard it. */
export async function say(
  socket: TestSocket,
  content: string,
  more: Parameters<typeof messageFrame>[1] = {},
): Promise<Message> {
  const frame = messageFrame(content, more);
  socket.send(frame);
  return (await socket.next('message', ({ message }) => message.id === frame.id)).message;
}

/** What a socket was told after `rev`, in order: every change, and nothing that is only true for the moment. */
export function changesAfter(socket: TestSocket, rev: number): DurableEvent[] {
  return socket.events.filter(isDurable).filter((event) => event.rev > rev);
}

function isDurable(event: ServerEvent): event is DurableEvent {
  return 'rev' in event && event.type !== 'thread_state';
}
